"""Feed health: how a feed does by its own habit, and what comes in each language over all feeds.

Pure: memory in, judgement out. Knows no list of good or bad feeds.
"""

import math
from collections.abc import Iterable
from datetime import datetime

from producers.article.identity import article_id, revision
from producers.polling.asked import asked_again
from producers.polling.feed_state import RECENT_DAYS, USUAL_DAYS, fade
from schemas.article import Article
from schemas.feed import Feed, FeedState
from schemas.feed_health import Health, LanguageVolume
from schemas.state import State
from schemas.topics import FEEDSTATE

# What is published where that is asked for: a doubt can wait for `feeds health`.
TOLD = frozenset({"failing", "silent"})
SOURCE = "wirewatch"
# Failures in a row that are more than a server's bad hour (5, 10, 20 minutes of waiting).
FAILING = 4
# Silence is told when it is twice the longest one known, five times the usual wait (one chance in
# 150 for a feed that goes on as before), and a day at least.
SILENCE_LONGEST, SILENCE_USUAL, SILENCE_LEAST_H = 2.0, 5.0, 24.0
# More than this share of entries without text of their own: their pages have to be fetched.
MOSTLY_EMPTY = 0.5
# A language has gone quiet when a day has less than a quarter of what is usual, and that was enough
# for a day of chance not to look so.
QUIET_SHARE, QUIET_LEAST = 0.25, 12.0


def judged(feed: Feed, state: State, now: datetime) -> Health:
    """As `judge`, with what is remembered of the feed. Raises Hold where the log is away."""
    return judge(feed, state.get(FEEDSTATE, feed.url, FeedState), now)


def judge(feed: Feed, state: FeedState | None, now: datetime) -> Health:
    """The feed's health from what is remembered of it."""
    if state is None or state.polled_at is None:
        return Health(url=feed.url, title=feed.title, status="new", notes=("not polled yet",))
    state = asked_again(feed, state)
    usual, _ = daily(state, now)
    silence_h = (now - state.news_at).total_seconds() / 3600 if state.news_at else None
    asked = state.not_modified + state.documents
    failing, silent, doubts = _failing(state), _silent(state, sum(usual.values()), silence_h), _doubts(state, now)
    if failing:
        doubts = doubts[1:]
    return Health(
        url=feed.url,
        title=feed.title or state.title,
        status="failing" if failing else "silent" if silent else "doubtful" if doubts else "ok",
        notes=tuple(note for note in (failing, silent, *doubts) if note),
        succeeded_at=state.succeeded_at,
        failures=state.failures,
        news_at=state.news_at,
        silence_h=round(silence_h, 1) if silence_h is not None else None,
        articles_a_day=round(sum(usual.values()), 2),
        not_modified_share=round(state.not_modified / asked, 3) if asked else None,
        empty_share=round(state.empty, 3),
        etag_lies=state.etag_lied is not None,
        gaps=state.gaps,
        next_poll=state.next_poll,
        languages={name: round(count, 2) for name, count in usual.items()},
    )


def article_of(health: Health, before: str | None, now: datetime) -> Article | None:
    """A turn for the worse or the better as an article, so that an alert can be set on it; None where it is none."""
    told = health.status if health.status in TOLD else "ok"
    if told == (before or "ok"):
        return None
    title = f"Feed {'recovered' if told == 'ok' else told}: {health.title or health.url}"
    text = "\n".join((health.url, *(health.notes if told != "ok" else ())))
    return Article(
        id=article_id(None, SOURCE, f"{health.url} {told} {now:%Y-%m-%d}", title),
        revision=revision(title, text),
        title=title,
        text=text,
        source=SOURCE,
        feed=f"{SOURCE}:health",
        language="en",
        published=now,
        fetched_at=now,
    )


def daily(state: FeedState, now: datetime) -> tuple[dict[str, float], dict[str, float]]:
    """Articles a day by language: as usual, and of late."""
    volume = fade(state.volume, now)
    if volume.since is None:
        return {}, {}
    watched = max((now - volume.since).total_seconds() / 86_400, 1 / 24)
    return _a_day(volume.usual, USUAL_DAYS, watched), _a_day(volume.recent, RECENT_DAYS, watched)


def by_language(states: Iterable[FeedState], now: datetime) -> list[LanguageVolume]:
    """What comes in each language over all feeds, the most first: a language gone quiet is a fault of ours."""
    usual: dict[str, float] = {}
    recent: dict[str, float] = {}
    for state in states:
        for total, counts in zip((usual, recent), daily(state, now), strict=True):
            for name, count in counts.items():
                total[name] = total.get(name, 0.0) + count
    return [
        LanguageVolume(
            language=name,
            usual=round(often, 2),
            recent=round(recent.get(name, 0.0), 2),
            quiet=often >= QUIET_LEAST and recent.get(name, 0.0) < QUIET_SHARE * often,
        )
        for name, often in sorted(usual.items(), key=lambda item: -item[1])
    ]


def _a_day(counts: dict[str, float], fades_days: float, watched_days: float) -> dict[str, float]:
    """A fading sum -> a mean a day; the sum of one article a day grows to `fades_days`."""
    full = fades_days * (1 - math.exp(-watched_days / fades_days))
    return {name: count / full for name, count in counts.items()}


def _failing(state: FeedState) -> str | None:
    if state.failures < FAILING and state.succeeded_at is not None:
        return None
    if not state.error:
        return None
    since = f"since {state.succeeded_at:%Y-%m-%d %H:%M}" if state.succeeded_at else "ever since it was added"
    return f"fails {since} ({state.failures} times): {state.error}"


def _silent(state: FeedState, a_day: float, silence_h: float | None) -> str | None:
    if silence_h is None or not a_day:
        return None
    usual_h = 24 / a_day
    limit_h = max(SILENCE_LEAST_H, SILENCE_LONGEST * state.longest_silence_h, SILENCE_USUAL * usual_h)
    if silence_h < limit_h:
        return None
    return f"nothing new for {_span(silence_h)}; usually something comes every {_span(usual_h)}"


def _doubts(state: FeedState, now: datetime) -> list[str]:
    doubts = []
    if state.error:
        doubts.append(f"failed the last {state.failures} times: {state.error}" if state.failures > 1 else state.error)
    if state.etag_lied:
        doubts.append(f"said 'not modified' although it was ({state.etag_lied:%Y-%m-%d}): now asked without conditions")
    if state.gaps:
        doubts.append(f"turned over between two polls {state.gaps} times: articles may have been missed")
    if state.empty > MOSTLY_EMPTY:
        doubts.append(f"{state.empty:.0%} of its entries have no text of their own")
    if state.full_at and not state.window:
        doubts.append("has no entries at all")
    return doubts


def _span(hours: float) -> str:
    if hours < 1:
        return f"{hours * 60:.0f} minutes"
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
