"""The state of compacted topics as the file has it (schemas.state.State), and in memory what is asked for whole."""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import TypeVar, cast

from runtime.local.kept_records import AT_ONCE, readable, records
from runtime.local.log_schema import AGING, MOMENT
from schemas.record import Record
from schemas.state import Without
from schemas.topics import Topic
from stores.sqlite.database import Database

R = TypeVar("R", bound=Record)


class KeptState:
    """Thread-safe. Who writes says what changed (`note`)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changed: dict[str, set[str]] = defaultdict(set)
        """By topic the keys that were written since its mapping was made."""
        self._changed_lock = threading.Lock()
        self._mappings: dict[Topic, Mapping[str, Record]] = {}
        self._mapping_lock = threading.Lock()

    def note(self, keys: Iterable[tuple[str, str]]) -> None:
        """Topics and keys that were written, and are committed."""
        with self._changed_lock:
            for topic, key in keys:
                self._changed[topic].add(key)

    def get(self, topic: Topic, key: str, kind: type[R]) -> R | None:
        """The last record of a key (schemas.state.State)."""
        row = self._database.read.execute(
            "SELECT record FROM state WHERE topic=? AND key=?", (topic.name, key)
        ).fetchone()
        return readable(topic, partial(kind.model_validate_json, row["record"])) if row else None

    def items(self, topic: Topic, kind: type[R]) -> Iterator[R]:
        """The last record of every key (schemas.state.State)."""
        rows = self._database.read.execute("SELECT record FROM state WHERE topic=?", (topic.name,))
        yield from records(topic, kind, rows)

    def mapping(self, topic: Topic, kind: type[R]) -> Mapping[str, R]:
        """The last record of every key, by key (schemas.state.State). Only for the process that writes: it alone
        sees what changes."""
        with self._mapping_lock:
            with self._changed_lock:  # what is written from now on is for the next call
                changed = self._changed.pop(topic.name, set())
            known = cast(Mapping[str, R] | None, self._mappings.get(topic))
            if known is None or changed:
                try:
                    made = self._made(topic, kind) if known is None else self._remade(topic, kind, known, changed)
                except BaseException:
                    self.note((topic.name, key) for key in changed)
                    raise
                known = MappingProxyType(made)
                self._mappings[topic] = known
            return known

    def _made(self, topic: Topic, kind: type[R]) -> dict[str, R]:
        return {topic.key_of(record): record for record in self.items(topic, kind)}

    def _remade(self, topic: Topic, kind: type[R], known: Mapping[str, R], changed: Collection[str]) -> dict[str, R]:
        """With only what changed read anew: of a hundred thousand subscriptions, all would take two seconds."""
        made = dict(known.items())
        keys = list(changed)
        for first in range(0, len(keys), AT_ONCE):
            some = keys[first : first + AT_ONCE]
            rows = self._database.read.execute(
                f"SELECT record FROM state WHERE topic=? AND key IN ({','.join('?' * len(some))})", (topic.name, *some)
            )
            now = {topic.key_of(record): record for record in records(topic, kind, rows)}
            made |= now
            for gone in [key for key in some if key not in now]:
                made.pop(gone, None)
        return made

    def scan(
        self,
        topic: Topic,
        kind: type[R],
        last: timedelta | None = None,
        without: Without | None = None,
        since: datetime | None = None,
    ) -> Iterator[R]:
        """As items (schemas.state.State): nothing is kept."""
        asked, given = "SELECT record FROM state WHERE topic=?1", [topic.name]
        if last is not None and topic.moment is not None:
            asked += (
                f" AND {MOMENT} >= (SELECT max({MOMENT}) FROM state WHERE topic=?1 AND {AGING})"
                f" - {last / timedelta(days=1)} AND {AGING}"
            )
        if since is not None and topic.moment is not None:
            asked += f" AND {MOMENT} >= julianday(?) AND {AGING}"
            given.append(since.isoformat())
        if without is not None:
            asked += f" AND json_extract(record, ?) NOT IN ({','.join('?' * len(without.values))})"
            given += (f"$.{without.field}", *without.values)
        yield from records(topic, kind, self._database.read.execute(asked, given))

    def catch_up(self, *topics: Topic) -> None:
        """Nothing to wait for: what is on the log is known (schemas.state.State)."""
