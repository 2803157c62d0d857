"""A feed that somebody wants polled at once. Beside feed_state.py, since who only lists feeds needs no poller."""

from schemas.feed import Feed, FeedState


def asked_again(feed: Feed, state: FeedState) -> FeedState:
    """The memory of a feed that somebody wants polled at once: what failed before that counts no more."""
    if feed.asked is None or state.polled_at is None or state.polled_at >= feed.asked:
        return state
    return state.model_copy(update={"failures": 0, "error": None})
