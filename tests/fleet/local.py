"""A process that works a file until stopped, with the light enrich: python -m fleet.local FILE.

It says "working" when others can reach it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fleet.signing import signing
from runtime.shutdown import Stopping
from wirewatch import pipeline
from wirewatch.compose.open import open_pipeline
from wirewatch.settings import Settings


@contextmanager
def light_stages(folder: Path) -> Iterator[None]:
    """The program's list of stages, with an enrich that signs and heeds the signs in a folder."""
    listed = pipeline.STAGES
    pipeline.STAGES = tuple(signing(folder) if stage.name == "enrich" else stage for stage in listed)
    try:
        yield
    finally:
        pipeline.STAGES = listed


def main() -> None:
    """Work until stopped."""
    stopping = Stopping()
    db = Path(sys.argv[1])
    with light_stages(db.parent), open_pipeline(Settings(db=db)) as working:
        working.start()
        print("working", flush=True)
        stopping.wait()


if __name__ == "__main__":
    main()
