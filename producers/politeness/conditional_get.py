"""Conditional GET (ETag, Last-Modified): whether a server's "not modified" is believed. Pure.

Some servers answer 304 for ever, or keep one ETag over changing content: articles would be lost in
silence. So a feed that should have had news by its own habit is asked without conditions, and one
that is caught lying is asked so for a month.
"""

from datetime import datetime, timedelta

from schemas.feed import FeedState

FORGIVEN = timedelta(days=30)
# Whatever the habit says, a whole document at least this often.
ASKED_AGAIN = timedelta(days=3)
# Articles that should have come since the last document: a quarter of the window, so that none has
# left it yet, but not fewer than two: an honest feed is silent so long in one case of seven.
SUSPICIOUS = 2.0
# Last-Modified counts whole seconds, and caches round: news so soon after are no lie.
SAME_DATE = timedelta(minutes=1)


def conditional(state: FeedState, now: datetime) -> bool:
    """Whether to send the ETag and date that we have."""
    if state.full_at is None or (state.etag_lied and now - state.etag_lied < FORGIVEN):
        return False
    waited = now - state.full_at
    expected = state.rate * waited.total_seconds() / 3600
    return waited < ASKED_AGAIN and expected < max(SUSPICIOUS, state.window / 4)


def lied(state: FeedState, etag: str | None, modified: str | None, news: int, now: datetime) -> bool:
    """Whether a document with news came under the very mark that we hold for the one before it."""
    if not news or state.full_at is None:
        return False
    if state.etag or etag:
        return state.etag == etag
    old_enough = now - state.full_at > SAME_DATE
    return modified is not None and state.last_modified == modified and old_enough
