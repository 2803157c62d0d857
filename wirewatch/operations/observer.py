"""Looks once a minute at how the installation does, and writes it down: what `record` does beside its batches.

What a minute held is read off the log by time, so that a minute counted twice gives the same documents.
"""

from collections.abc import Callable, Container, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.lag import waiting
from runtime.topology import Topology
from schemas.ledger import Letter, OutcomeRow
from schemas.outcome import Hold
from schemas.record import Record
from schemas.topics import DEAD, OUTCOMES, Topic
from stores.observation import Observation, Observations
from wirewatch.operations import documents
from wirewatch.operations.documents import FeedsKept, floor
from wirewatch.operations.feeds import WatchedFeeds

logger = structlog.get_logger()

R = TypeVar("R", bound=Record)

# A minute is counted so long after its end: what was sent in it is on the log by then.
SETTLED = timedelta(seconds=10)
# After a start at least so much is counted again, in case the last count came too early; and at most a day of what
# was missed, since nobody asks for the minutes of an outage that long.
AGAIN, MISSED = timedelta(minutes=10), timedelta(days=1)
# So much is read at one go: some seconds' work, between two batches of alerts.
AT_ONCE = timedelta(hours=1)
# A feed is written when it changed, and at least so often: it would leave a dashboard of the last day otherwise.
FEEDS_EVERY = timedelta(hours=1)


class Observer:
    """Called every few seconds; does something once a minute.

    Where something is away it says so and looks at the same minutes again later: alerts are recorded meanwhile.
    """

    def __init__(
        self,
        cluster: Cluster,
        topology: Topology,
        kept: Observations,
        forgotten: Callable[[], Container[str]],
        forget: Callable[[str], object],
    ) -> None:
        """`forgotten`: the ids of articles that were taken out, as of now; `forget` takes one out of the store."""
        self._cluster = cluster
        self._topology = topology
        self._kept = kept
        self._forgotten = forgotten
        self._forget = forget
        self._watched = WatchedFeeds(cluster)
        self._feeds = FeedsKept(FEEDS_EVERY)
        self._next: datetime | None = None
        """The first minute that is not counted yet."""
        self._why = ""
        """What is in the way."""

    def __call__(self, now: datetime) -> None:
        """Look, where a minute is over."""
        try:
            self._catch_up(now)
        except Hold as hold:
            self._put_off(hold.why)
        else:
            self._why = ""

    def _catch_up(self, now: datetime) -> None:
        end = floor(now - SETTLED)
        begin = self._next or self._begin(end)
        if begin < end:
            self._look(begin, min(end, begin + AT_ONCE), now)

    def _put_off(self, why: str) -> None:
        """Said once, however often it is tried."""
        if why != self._why:
            logger.warning("operations are not written down", why=why)
        self._why = why

    def close(self) -> None:
        """Let go of the connections."""
        self._watched.close()

    def _begin(self, end: datetime) -> datetime:
        last = self._kept.last_minute() or end
        return max(min(last, end - AGAIN), end - MISSED)

    def _look(self, begin: datetime, end: datetime, now: datetime) -> None:
        version = int(now.timestamp() * 1000)
        self._kept.write(self._counted(begin, end), version)
        self._write_letters(begin, end, version)
        self._kept.write(documents.lag(floor(now), waiting(self._cluster, self._topology)), version)
        self._write_feeds(now, version)
        self._next = end

    def _counted(self, begin: datetime, end: datetime) -> list[Observation]:
        return documents.outcomes(self._between(OUTCOMES, OutcomeRow, begin, end))

    def _write_letters(self, begin: datetime, end: datetime, version: int) -> None:
        """Of forgotten articles none, whenever they are forgotten; those that a look before wrote are taken out."""
        letters = [documents.letter(one) for _, one in self._between(DEAD, Letter, begin, end)]
        before = self._forgotten()
        self._kept.write([one for one in letters if one.article_id not in before], version)
        if letters:
            after = self._forgotten()
            for article in {one.article_id for one in letters if one.article_id in after}:
                self._forget(str(article))

    def _write_feeds(self, now: datetime, version: int) -> None:
        changed = self._feeds.changed(self._watched.healths(now), now)
        self._kept.write(changed.observations, version)
        if changed.everything:
            self._kept.drop_feeds(now)
        self._feeds.written(changed, now)

    def _between(self, topic: Topic, kind: type[R], begin: datetime, end: datetime) -> Iterator[tuple[datetime, R]]:
        for row in topic_reader.between(self._cluster, topic, begin, end):
            try:
                yield row.at, kind.model_validate_json(row.value or b"")
            except ValueError:  # another version's: `ledger` and `dead` say so aloud
                continue
