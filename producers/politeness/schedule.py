"""The polling interval: often enough to miss nothing, and else no more often than the publisher wishes.

Pure: a feed's memory and what the poll saw go in, a moment comes out. Two bounds from above:
- overlap: half the feed's window at its fastest of late, so that two polls share entries;
- freshness: a quarter of the usual wait between two articles.
A page that is owed brings a poll forward. Retry-After is a bound from below, and so are caching hints and
ttl, as far as obeying them cannot cost articles. Everything lies within `Rhythm`.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.feed import FeedState

# The mean rate fades by a factor e in two days: a night does not look like a silence, a week does.
RATE_FADES_H = 48.0
# A burst is expected again for about a day: news comes in waves.
PEAK_FADES_H = 24.0
# One article within two minutes of another is no rate of thirty an hour.
BURST_H = 0.25
# Where a first document has no dates to tell: looked at again after a quarter of an hour.
UNKNOWN_RATE = 1.0
# The polls for one article, on average: it is seen after an eighth of the usual wait.
POLLS_AN_ARTICLE = 4.0
# With every gap the feed is taken to be twice as fast as it was, or as fast as it must have been.
GAP_FACTOR = 2.0
# A publisher's hint is believed for so long a part of the window at its fastest of late: when something
# happens, news comes five times as fast as ever before, and what it pushes out is lost.
HINTED_WINDOW = 1 / 8
# A server that names a time is believed so often in a row; one that names it for ever is not.
INVITATIONS = 12
# Refusals (login, forbidden, not found) rarely end within minutes; faults do.
REFUSALS = frozenset({400, 401, 402, 403, 404, 406, 451})


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The bounds of all waiting, in seconds."""

    shortest_s: float = 120.0
    """Nobody publishes so fast that two minutes lose anything, and 720 requests a day can be borne."""
    longest_s: float = 86_400.0
    """A feed is never forgotten: whatever it did, it is asked once a day."""
    fault_s: float = 300.0
    """First wait after a fault (no answer, 5xx); doubles with each."""
    refusal_s: float = 3_600.0
    """First wait after a refusal (403, 404 …); doubles with each."""
    jitter: float = 0.1
    """Up to this share later, so that feeds added together drift apart. Never earlier."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a poll saw of a feed's document. A 304 is a sight of nothing new."""

    new: int = 0
    window: int = 0
    """Entries in the document; 0 for a 304."""
    overlap: bool = True
    """Some entry, or the feed's emptiness, was known before."""
    published: Sequence[datetime] = ()
    hint_s: float = 0.0
    """How long the publisher asks to wait: the longest of its caching hints and its ttl."""


def learn(state: FeedState, sight: Sight, now: datetime) -> FeedState:
    """The memory with this sight in it. `state.succeeded_at` is still that of the sight before."""
    window = sight.window or state.window
    if state.succeeded_at is None:
        rate = _dated_rate(sight.published)
        return state.model_copy(update={"rate": rate, "peak": 2 * rate, "window": window})
    hours = max((now - state.succeeded_at).total_seconds() / 3600, 1 / 3600)
    kept = math.exp(-hours / RATE_FADES_H)
    rate = state.rate * kept + sight.new / hours * (1 - kept)
    peak = max(state.peak * math.exp(-hours / PEAK_FADES_H), sight.new / max(hours, BURST_H))
    changes: dict[str, object] = {"rate": rate, "peak": peak, "window": window}
    if not sight.overlap:
        changes["gaps"] = state.gaps + 1
    if not sight.overlap and len(set(sight.published)) != 1:  # a batch as long as the document: no haste helps
        changes["peak"] = max(GAP_FACTOR * state.peak, sight.window / max(hours, BURST_H))
    return state.model_copy(update=changes)


def next_poll(
    state: FeedState, hint_s: float, now: datetime, rng: random.Random, rhythm: Rhythm | None = None
) -> datetime:
    """When to come back after a success; `hint_s` as in Sight."""
    rhythm = rhythm or Rhythm()
    overlap_s = _seconds(state.window / 2, state.peak)
    wanted_s = overlap_s
    if state.lease_until is None or state.lease_until < now:  # else a hub pushes what is fresh
        wanted_s = min(overlap_s, _seconds(1 / POLLS_AN_ARTICLE, state.rate))
    if page_due := min((page.due for page in state.owed.values()), default=None):
        wanted_s = min(wanted_s, (page_due - now).total_seconds())
    harmless_s = _seconds(state.window * HINTED_WINDOW, state.peak)
    return _later(now, max(wanted_s, min(hint_s, harmless_s)), rng, rhythm)


def turned_over(state: FeedState) -> datetime | None:
    """By when, at its fastest, nothing of the last document is left: what of two feeds comes first. None if unknown."""
    if state.polled_at is None:
        return None
    return state.polled_at + timedelta(seconds=min(_seconds(state.window, state.peak), 86_400.0))


def soon(now: datetime, rng: random.Random, rhythm: Rhythm) -> datetime:
    """As early as ever, where a document was only taken in part."""
    return _later(now, 0.0, rng, rhythm)


def after_failure(
    failures: int,
    status: int | None,
    retry_after_s: float | None,
    now: datetime,
    rng: random.Random,
    rhythm: Rhythm | None = None,
) -> datetime:
    """When to come back after the `failures`-th failure in a row.

    Retry-After is obeyed, up to a day; for some failures it is also invitation enough to come no later.
    """
    rhythm = rhythm or Rhythm()
    first = rhythm.refusal_s if status in REFUSALS else rhythm.fault_s
    doubled = first * 2.0 ** min(failures - 1, 20)
    if retry_after_s is not None and failures <= INVITATIONS:
        return _later(now, max(first, retry_after_s), rng, rhythm)
    return _later(now, max(doubled, retry_after_s or 0.0), rng, rhythm)


def _later(now: datetime, seconds: float, rng: random.Random, rhythm: Rhythm) -> datetime:
    jittered = max(seconds, rhythm.shortest_s) * (1 + rng.random() * rhythm.jitter)
    return now + timedelta(seconds=min(jittered, rhythm.longest_s))


def _seconds(articles: float, an_hour: float) -> float:
    return articles / an_hour * 3600 if an_hour > 0 else math.inf


def _dated_rate(published: Sequence[datetime]) -> float:
    """Articles an hour by the entries' own dates; all of one moment say nothing."""
    if len(published) < 2:
        return UNKNOWN_RATE
    hours = (max(published) - min(published)).total_seconds() / 3600
    return (len(published) - 1) / hours if hours > 0 else UNKNOWN_RATE
