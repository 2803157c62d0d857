"""What an installation begins with that knew nothing before: the feeds and the example alerts of seeds/.

What was removed is still known, as deleted: whoever removed all of them does not get them back. Several processes that
begin at once write the same records under the same keys.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file

from alerts import alerts_file
from producers import opml
from schemas.alert import Subscription
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.state import Publish, State
from schemas.topics import FEEDS, SUBSCRIPTIONS
from seeds import FOLDER


@dataclass(frozen=True, slots=True)
class Begun:
    """How many of each were put; none where there was one before."""

    feeds: int
    alerts: int

    def lines(self) -> Iterator[str]:
        """What a person is told of it, a line each."""
        if self.feeds:
            yield f"no feed was known: begins with {self.feeds} of the seeds; `wirewatch feeds list` shows them"
        if self.alerts:
            examples = f"begins with {self.alerts} examples, sent to nobody"
            yield f"no alert was known: {examples}; `wirewatch alert list` shows them"


def begin(publish: Publish, state: State, now: datetime) -> Begun:
    """Put the feeds where no feed was ever known, and the alerts where no alert was. Raises Hold.

    The alerts have no channels: what they find is kept and shown, and nobody is told.
    """
    feeds = [] if _knows_feeds(state) else _feeds(now)
    alerts = [] if _knows_alerts(state) else _alerts()
    if feeds or alerts:
        publish([*(Output(FEEDS, feed) for feed in feeds), *(Output(SUBSCRIPTIONS, alert) for alert in alerts)])
    return Begun(len(feeds), len(alerts))


def _knows_feeds(state: State) -> bool:
    return any(True for _ in state.items(FEEDS, Feed))


def _knows_alerts(state: State) -> bool:
    return any(True for _ in state.items(SUBSCRIPTIONS, Subscription))


def _feeds(now: datetime) -> list[Feed]:
    return [feed.model_copy(update={"added": now}) for feed in opml.read((FOLDER / "feeds.opml").read_bytes())]


def _alerts() -> list[Subscription]:
    with as_file(FOLDER / "alerts.toml") as path:
        return alerts_file.load(path)
