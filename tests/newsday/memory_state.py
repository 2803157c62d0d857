"""The log and the compacted topics in memory: what was published, and the last record of each key as JSON."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from schemas.outcome import Output
from schemas.record import Record
from schemas.topics import Topic

R = TypeVar("R", bound=Record)


class MemoryLog:
    """State and Publish in one. `articles` is what was published to topics that are not compacted."""

    def __init__(self) -> None:
        self._last: dict[str, dict[str, bytes]] = defaultdict(dict)
        self.sent: list[Output] = []
        self.calls = 0
        self.keep_sent = True

    def publish(self, outputs: Sequence[Output]) -> None:
        self.calls += 1
        for output in outputs:
            if output.topic.compacted:
                key = getattr(output.record, output.topic.key)
                self._last[output.topic.name][key] = output.record.model_dump_json(exclude_defaults=True).encode()
            if self.keep_sent:
                self.sent.append(output)

    def get(self, topic: Topic, key: str, kind: type[R]) -> R | None:
        found = self._last[topic.name].get(key)
        return kind.model_validate_json(found) if found else None

    def items(self, topic: Topic, kind: type[R]) -> Iterator[R]:
        return iter([kind.model_validate_json(found) for found in self._last[topic.name].values()])
