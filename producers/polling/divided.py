"""A feed that an earlier version stored under an address with its secret: how it comes to the address without.

Until 0.1 the whole address was the feed's key, and named its entries that have neither link nor guid of their own: it
goes on naming them (Feed.origin), so that no article is new.
"""

from schemas.address import without_secrets
from schemas.feed import Feed, FeedState
from schemas.outcome import Output
from schemas.state import State
from schemas.topics import FEEDS, FEEDSTATE

NOTE = "kept under its address without the secret"


def is_stored_whole(feed: Feed, state: State) -> bool:
    """Whether the feed still stands under its address with the secret."""
    stored = state.get(FEEDS, feed.private, Feed) if feed.private else None
    return stored is not None and not stored.deleted


def divided(feed: Feed, state: State) -> list[Output]:
    """What brings it over, in an order of which any part may be repeated: memory, feed, the end of the old ones."""
    assert feed.private
    there, known = state.get(FEEDS, feed.url, Feed), state.get(FEEDSTATE, feed.url, FeedState)
    outputs: list[Output] = []
    if known is None and (memory := state.get(FEEDSTATE, feed.private, FeedState)):
        clean = {
            "url": feed.url,
            "error": memory.error and without_secrets(memory.error),
            # what a hub was told has the secret in it
            **dict.fromkeys(("hub", "topic", "hub_asked", "lease_until")),
        }
        outputs.append(Output(FEEDSTATE, memory.model_copy(update=clean)))
    if there is None or there.deleted or known is None:
        kept = feed if there is None or there.deleted else there
        origin = kept.origin or feed.origin or feed.private
        outputs.append(Output(FEEDS, kept.model_copy(update={"origin": origin})))
    ended = feed.model_copy(update={"url": feed.private, "private": None, "deleted": True, "note": NOTE})
    return [*outputs, Output(FEEDSTATE, FeedState(url=feed.private)), Output(FEEDS, ended)]
