"""Both servers, in a folder, for as long as they are needed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from servers.elasticsearch import Elasticsearch
from servers.kafka import Kafka
from servers.line import Line


@contextmanager
def started(folder: Path, lines: Sequence[Line] = ()) -> Iterator[tuple[Kafka, Elasticsearch]]:
    """Running; `lines` lead to Kafka. Others may enter the folder from now on: Elasticsearch refuses to be root, and is
    another user then."""
    folder.chmod(0o755)
    for part in ("kafka", "elasticsearch"):
        (folder / part).mkdir()
    kafka, elasticsearch = Kafka(folder / "kafka", lines=lines), Elasticsearch(folder / "elasticsearch")
    try:
        kafka.start()
        elasticsearch.start()
        yield kafka, elasticsearch
    finally:
        elasticsearch.stop()
        kafka.stop()
