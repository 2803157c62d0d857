"""The feeds that are watched and how each does, as `feeds health` judges it, kept up with by reading on.

Of what producers remember of a feed only what a judgement needs stays in memory: not the articles that it showed.
"""

from datetime import datetime
from typing import TypeVar

from producers.polling.health import judge
from runtime.kafka.codec import Cluster
from runtime.kafka.ends import Ends
from runtime.kafka.topic_follower import TopicFollower
from schemas.feed import Feed, FeedState
from schemas.feed_health import Health
from schemas.record import Record
from schemas.topics import FEEDS, FEEDSTATE

R = TypeVar("R", bound=Record)

_NOT_JUDGED: dict[str, dict[str, object]] = {"seen": {}, "owed": {}}


class WatchedFeeds:
    """Not for several threads at once."""

    def __init__(self, cluster: Cluster) -> None:
        self._feeds: dict[str, Feed] = {}
        self._states: dict[str, FeedState] = {}
        self._ends = Ends(cluster)
        self._of_feeds = TopicFollower(cluster, FEEDS, self._ends)
        self._of_states = TopicFollower(cluster, FEEDSTATE, self._ends)

    def healths(self, now: datetime) -> list[Health]:
        """Each feed that is watched now. Raises Hold."""
        for message in self._of_feeds.news():
            if feed := _read(message.value, Feed):
                self._feeds[feed.url] = feed
        for message in self._of_states.news():
            if state := _read(message.value, FeedState):
                self._states[state.url] = state.model_copy(update=_NOT_JUDGED)
        return [judge(feed, self._states.get(url), now) for url, feed in self._feeds.items() if not feed.deleted]

    def close(self) -> None:
        """Let go of the connections."""
        self._of_feeds.close()
        self._of_states.close()
        self._ends.close()


def _read(value: bytes | None, kind: type[R]) -> R | None:
    """None for what another version wrote and this one cannot read: it is not watched for here."""
    try:
        return kind.model_validate_json(value or b"")
    except ValueError:
        return None
