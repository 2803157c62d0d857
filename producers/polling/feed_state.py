"""The state of a feed after each kind of answer: what is remembered of it. Pure: state and answer in, state out."""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from producers.fetch import FetchError, Response, retry_after_of
from producers.parse import ParsedFeed
from producers.politeness.cache_headers import fresh_for
from producers.politeness.conditional_get import lied
from producers.politeness.schedule import Rhythm, Sight, after_failure, learn, next_poll, soon
from producers.polling.new_entries import FeedDiff
from producers.polling.page_retries import after_poll
from schemas.address import public
from schemas.feed import EntryCounts, FeedState, Volume

# Volumes fade by a factor e in these times: "usual" spans two weeks with their weekends.
USUAL_DAYS, RECENT_DAYS = 14.0, 1.0
# The longest silence halves with every month, so that a feed's changed habit becomes its habit.
SILENCE_HALVES_H = 30 * 24.0
# Weight of one document in the share of empty bodies: the last ten or so decide.
EMPTY_WEIGHT = 0.1
UNKNOWN_LANGUAGE = "und"  # ISO 639-2
NOT_READ = "too many, cut off, or unreadable"


@dataclass(frozen=True, slots=True)
class PollContext:
    """When a poll was answered, and how waiting is decided."""

    now: datetime
    rng: random.Random
    rhythm: Rhythm


def body_hash(body: bytes) -> str:
    """Tells documents of one feed apart."""
    return blake2b(body, digest_size=8).hexdigest()


def after_nothing_new(state: FeedState, headers: Mapping[str, str], full: bool, at: PollContext) -> FeedState:
    """After a 304, or (`full`) after the very document that came last."""
    hint_s = _hint(headers, state.ttl_minutes, at.now)
    learned = learn(state, Sight(hint_s=hint_s), at.now)
    counted = {"full_at": at.now, "documents": state.documents + 1} if full else {}
    return _succeeded(learned, hint_s, at, {"not_modified": state.not_modified + (not full)} | counted)


def after_document(
    state: FeedState,
    answer: Response,
    parsed: ParsedFeed,
    diff: FeedDiff,
    at: PollContext,
) -> FeedState:
    """After a whole document that was read."""
    hint_s = _hint(answer.headers, parsed.ttl_minutes, at.now)
    sight = Sight(
        new=diff.new,
        window=len(parsed.entries),
        overlap=bool(diff.known or diff.changed or diff.left or not state.seen or not parsed.entries),
        published=[entry.published for entry in parsed.entries if entry.published],
        hint_s=hint_s,
    )
    etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    changes: dict[str, object] = {
        # entries that were left must not be hidden by a 304
        "etag": None if diff.left else etag,
        "last_modified": None if diff.left else modified,
        "etag_lied": at.now if lied(state, etag, modified, diff.new, at.now) else state.etag_lied,
        "full_at": at.now,
        "body_hash": None if diff.left else body_hash(answer.body),
        "documents": state.documents + 1,
        "ttl_minutes": parsed.ttl_minutes,
        "title": parsed.title or state.title,
        "owed": after_poll(state.owed, diff.tried, diff.gone),
    } | _hub(parsed, answer)
    changes |= _habits(state, sight, diff, at.now) | {"entries": counted_entries(state.entries, parsed, diff)}
    known = _succeeded(learn(state, sight, at.now), hint_s, at, changes)
    return known.model_copy(update={"next_poll": soon(at.now, at.rng, at.rhythm)}) if diff.left else known


def _hub(parsed: ParsedFeed, answer: Response) -> dict[str, object]:
    """The hub that a feed names, and the address by which that knows it: none where it would be told a secret."""
    topic = parsed.self_url or answer.url
    told = bool(parsed.hub) and public(topic) == topic
    return {"hub": parsed.hub if told else None, "topic": topic if told else None}


def after_push(state: FeedState, parsed: ParsedFeed, diff: FeedDiff, at: PollContext) -> FeedState:
    """After a hub pushed entries: no document, so nothing is learnt of the window or the ETag."""
    sight = Sight(new=diff.new)
    learned = learn(state, sight, at.now)
    owed = after_poll(state.owed, diff.tried, ())
    changes = {"succeeded_at": at.now, "owed": owed, "entries": counted_entries(state.entries, parsed, diff)}
    return learned.model_copy(update=changes | _habits(state, sight, diff, at.now))


def after_error(state: FeedState, error: FetchError, at: PollContext) -> FeedState:
    """After a failure: nothing of what was known is lost, and the feed is asked again."""
    failures = state.failures + 1
    wait_s = retry_after_of(error, at.now)
    changes = {
        "polled_at": at.now,
        "failures": failures,
        "error": str(error),
        "next_poll": after_failure(failures, error.status, wait_s, at.now, at.rng, at.rhythm),
    }
    return state.model_copy(update=changes)


def counted_entries(counts: EntryCounts, parsed: ParsedFeed, diff: FeedDiff) -> EntryCounts:
    """The counts with one more document in them: each side is counted where it happens, so that they can differ."""
    dropped = Counter(counts.dropped)
    dropped.update(fate.why for fate in diff.fates if fate.became == "dropped")
    dropped.update({NOT_READ: parsed.lost} if parsed.lost else {})
    return EntryCounts(
        read=counts.read + len(parsed.entries) + parsed.lost,
        published=counts.published + len(diff.sent),
        known=counts.known + diff.known,
        dropped=dict(dropped),
    )


def counted(volume: Volume, languages: Sequence[str | None], now: datetime) -> Volume:
    """The volume with articles of these languages in it, faded to now."""
    faded = fade(volume, now)
    usual, recent = dict(faded.usual), dict(faded.recent)
    for language in (language or UNKNOWN_LANGUAGE for language in languages):
        usual[language] = usual.get(language, 0.0) + 1
        recent[language] = recent.get(language, 0.0) + 1
    return Volume(usual=usual, recent=recent, at=now, since=volume.since or now)


def fade(volume: Volume, now: datetime) -> Volume:
    """The volume as it is now, where nothing more came."""
    days = (now - volume.at).total_seconds() / 86_400 if volume.at else 0.0
    return volume.model_copy(
        update={
            "usual": _faded(volume.usual, days / USUAL_DAYS),
            "recent": _faded(volume.recent, days / RECENT_DAYS),
            "at": now,
        }
    )


def _faded(counts: Mapping[str, float], times: float) -> dict[str, float]:
    # what has faded to a hundredth of an article is gone
    kept = {name: round(count * math.exp(-times), 3) for name, count in counts.items()}
    return {name: count for name, count in kept.items() if count >= 0.01}


def _habits(state: FeedState, sight: Sight, diff: FeedDiff, now: datetime) -> dict[str, object]:
    """What `feeds health` needs: silence, empty bodies, volume; and what was seen."""
    first = state.succeeded_at is None
    # what a new feed shows came before it was watched: no measure of its days
    fresh = [] if first else diff.sent
    changes: dict[str, object] = {"seen": diff.seen, "shared": diff.shared, "volume": counted(state.volume, fresh, now)}
    if shown := diff.new + diff.changed + diff.known:
        share = diff.empty / shown
        changes["empty"] = share if first else state.empty + EMPTY_WEIGHT * (share - state.empty)
    if diff.new:
        known_dates = [moment for moment in sight.published if moment <= now]
        changes["news_at"] = now if state.news_at else max(known_dates, default=now)
        if state.news_at:
            silence = (now - state.news_at).total_seconds() / 3600
            changes["longest_silence_h"] = max(silence, state.longest_silence_h * 0.5 ** (silence / SILENCE_HALVES_H))
    return changes


def _succeeded(state: FeedState, hint_s: float, at: PollContext, changes: Mapping[str, object]) -> FeedState:
    always = {"polled_at": at.now, "succeeded_at": at.now, "failures": 0, "error": None}
    known = state.model_copy(update=always | dict(changes))
    return known.model_copy(update={"next_poll": next_poll(known, hint_s, at.now, at.rng, at.rhythm)})


def _hint(headers: Mapping[str, str], ttl_minutes: int | None, now: datetime) -> float:
    return max(fresh_for(headers, now), 60.0 * (ttl_minutes or 0))
