"""What is in force: the alerts that are on and the feeds that are watched, as the state has them."""

from schemas.alert import Subscription
from schemas.feed import Feed
from schemas.state import State
from schemas.topics import FEEDS, SUBSCRIPTIONS


def alerts_in_force(state: State) -> list[Subscription]:
    """The alerts that are on, by name. Raises Hold where the log is away."""
    every = (one for one in state.items(SUBSCRIPTIONS, Subscription) if not one.deleted)
    return sorted(every, key=lambda one: one.name)


def watched(state: State) -> list[Feed]:
    """The feeds that are watched, by address. Raises Hold where the log is away."""
    feeds = (feed for feed in state.items(FEEDS, Feed) if not feed.deleted)
    return sorted(feeds, key=lambda feed: feed.url)
