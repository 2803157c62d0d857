"""The standing queries: those of the subscriptions in force, each text read and indexed once, whoever asks for it.

Only what changed is read anew. Knows subscriptions; does not know what is told of a match.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import structlog

from alerts.article_terms import ArticleTerms
from alerts.by_the_clock import is_by_the_clock
from alerts.in_force import Subscriptions
from alerts.percolator import Percolator, many_read
from schemas.alert import Subscription
from schemas.clock import Clock
from stores.query.errors import QueryError
from stores.query.parse import parse
from stores.query.tree import Query

logger = structlog.get_logger()

# Where more of the queries are new, what was known of the others says too little of which words are rare.
MOSTLY = 0.8


class StandingQueries:
    """Not for several threads at once."""

    def __init__(self, subscriptions: Subscriptions, clock: Clock) -> None:
        self._source = subscriptions
        self._clock = clock
        self._read: Mapping[str, Subscription] | None = None
        self._subscriptions: Mapping[str, Subscription] = {}
        self._asking: defaultdict[str, dict[str, None]] = defaultdict(dict)
        """Text of a query -> the ids of the subscriptions that ask it, in the order in which they came."""
        self._queries: dict[str, Query] = {}
        """By their text, those that can be read."""
        self._percolator: Percolator[str] = Percolator({})
        self.altered: list[Subscription] = []
        """Those that want to know what became of a quote."""

    def refresh(self) -> None:
        """Heed what was added, changed, paused or removed since."""
        source = self._source()
        if source is self._read:
            return
        current = {id: one for id, one in source.items() if not (one.paused or is_by_the_clock(one))}
        before = self._subscriptions
        changed = [one for id, one in current.items() if one is not (known := before.get(id)) and one != known]
        removed = [one for id, one in before.items() if id not in current]
        self._ask(changed, [*removed, *(before[one.id] for one in changed if one.id in before)])
        self._subscriptions, self._read = current, source
        self.altered = [one for one in current.values() if one.altered and not one.growth]

    def match(self, terms: ArticleTerms, now: datetime) -> list[tuple[Query, list[Subscription]]]:
        """The queries that an article meets, each with who asks it. `now` is what `now` means in them."""
        return [
            (self._queries[text], [self._subscriptions[id] for id in self._asking[text]])
            for text in self._percolator.match(terms, now)
        ]

    def _ask(self, changed: Sequence[Subscription], gone: Sequence[Subscription]) -> None:
        for one in gone:
            self._asking[one.query].pop(one.id, None)
        for one in changed:
            self._asking[one.query][one.id] = None
        unasked = [text for text in dict.fromkeys(one.query for one in gone) if not self._asking[text]]
        for text in unasked:
            del self._asking[text]
            self._queries.pop(text, None)
        with many_read(len(changed)):
            self._index(self._added(changed), unasked)

    def _index(self, added: Mapping[str, Query], unasked: Sequence[str]) -> None:
        self._queries |= added
        if len(added) > MOSTLY * len(self._queries):
            # a percolator built anew knows which words are rare among its queries
            self._percolator = Percolator(self._queries)
        else:
            self._percolator.update(added, unasked)

    def _added(self, changed: Iterable[Subscription]) -> dict[str, Query]:
        """The queries that nobody asked before. One that cannot be read is passed over aloud: it was checked when it
        was added, and others go on."""
        added: dict[str, Query] = {}
        for one in changed:
            if one.query in self._queries or one.query in added:
                continue
            try:
                added[one.query] = parse(one.query, self._clock())
            except QueryError as error:
                logger.error("subscription cannot be read", name=one.name, error=str(error))
        return added
