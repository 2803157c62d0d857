"""Retries of pages that could not be had when their article came: when each is asked for again. Pure.

The article went on with the feed's own text; its page makes a new revision of it. Only what may pass is
owed: a fault, too many requests, silence. Knows nothing of how pages are fetched.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from schemas.feed import PageRetry

# Faults of servers end within minutes, or within hours: asked again after a quarter of an hour, one and four.
FIRST = timedelta(minutes=15)
FACTOR = 4
TRIES = 3
# A host that wants to be left alone for longer is met after a day, when the article is old.
LONGEST = timedelta(days=1)
# A document of news has 10 to 100 entries; what is owed beyond is the host's trouble, not a page's.
MOST = 100


def due(owed: Mapping[str, PageRetry], now: datetime) -> dict[str, int]:
    """Which articles' pages are to be asked for now, and how often each was before."""
    return {key: page.tries for key, page in owed.items() if page.due <= now}


def after_try(tries: int, rest_s: float, now: datetime) -> PageRetry | None:
    """What is owed once a page failed that had failed `tries` times before; None: it is given up.

    `rest_s`: for how long its host wants to be left alone.
    """
    if tries >= TRIES:
        return None
    wait = max(FIRST * FACTOR**tries, timedelta(seconds=rest_s))
    return PageRetry(tries=tries + 1, due=now + min(wait, LONGEST))


def after_poll(
    owed: Mapping[str, PageRetry], tried: Mapping[str, PageRetry | None], gone: Collection[str]
) -> dict[str, PageRetry]:
    """What is owed after a poll: of what was tried, what failed again; nothing of what left the feed's document."""
    still = {key: page for key, page in owed.items() if key not in gone and key not in tried}
    failed = {key: page for key, page in tried.items() if page}
    return dict(list((still | failed).items())[-MOST:])
