"""How the installation does, as documents: what ended how in each minute, what waits, feeds, dead letters.

Pure: records in, observations out. The same records give the same ids, so that what is counted again changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from schemas.feed_health import Health
from schemas.ledger import Letter, OutcomeRow
from stores.observation import Observation, observation_id

# Enough to see what it is; `wirewatch dead show` has the rest.
LONGEST_ERROR = 300


def floor(moment: datetime) -> datetime:
    """The minute in which a moment is."""
    return moment.replace(second=0, microsecond=0)


def outcomes(rows: Iterable[tuple[datetime, OutcomeRow]]) -> list[Observation]:
    """How many records ended how at each stage, by the minute; each row with the moment at which it was written."""
    counts = Counter((floor(at), row.stage, row.outcome, row.reason) for at, row in rows)
    return [
        Observation(
            id=observation_id("outcomes", minute.isoformat(), stage, outcome, reason or ""),
            kind="outcomes",
            at=minute,
            stage=stage,
            outcome=outcome,
            reason=reason,
            records=number,
        )
        for (minute, stage, outcome, reason), number in counts.items()
    ]


def lag(minute: datetime, waiting: Mapping[str, int]) -> list[Observation]:
    """Records before each stage."""
    return [
        Observation(
            id=observation_id("lag", minute.isoformat(), stage), kind="lag", at=minute, stage=stage, waiting=number
        )
        for stage, number in waiting.items()
    ]


def feed(health: Health, now: datetime) -> Observation:
    """How a feed does, by its own habit."""
    return Observation(
        id=observation_id("feed", health.url),
        kind="feed",
        at=now,
        feed=health.url,
        title=health.title,
        state=health.status,
        problem="; ".join(health.notes) or None,
        last_new=health.news_at,
        fails=health.failures,
    )


class FeedsKept:
    """Which feeds have to be written: those that changed, and all of them now and then."""

    def __init__(self, all_every: timedelta) -> None:
        self._all_every = all_every
        self._last: Mapping[str, Observation] = {}
        self._all_at: datetime | None = None

    def changed(self, healths: Iterable[Health], now: datetime) -> "FeedsChanged":
        """What to write now. All in a new month, where their documents stand in another index, or where one is gone."""
        current = {health.url: feed(health, now) for health in healths}
        all_at = self._all_at
        is_due = all_at is None or now - all_at >= self._all_every or f"{now:%Y%m}" != f"{all_at:%Y%m}"
        if is_due or self._last.keys() - current.keys():
            return FeedsChanged(current, list(current.values()), everything=True)
        changed = [one for url, one in current.items() if not _same(one, self._last.get(url))]
        return FeedsChanged(current, changed, everything=False)

    def written(self, changed: "FeedsChanged", now: datetime) -> None:
        """Remember what is kept now."""
        self._last = changed.current
        if changed.everything:
            self._all_at = now


@dataclass(frozen=True, slots=True)
class FeedsChanged:
    """The feeds as they are, and those of them that have to be written."""

    current: Mapping[str, Observation]
    observations: Sequence[Observation]
    everything: bool


def _same(one: Observation, other: Observation | None) -> bool:
    return other is not None and one == other.model_copy(update={"at": one.at})


def letter(letter: Letter) -> Observation:
    """A record that could not be handled; one that dies again is the same letter anew."""
    told_of: dict[str, Any] = letter.record.get("alert") or letter.record
    return Observation(
        id=observation_id("letter", letter.stage, letter.id, letter.revision),
        kind="letter",
        at=letter.at,
        stage=letter.stage,
        reason=letter.reason,
        error=_told(letter.error)[:LONGEST_ERROR],
        article_id=_text(told_of.get("article_id")) or letter.id,
        title=_text(told_of.get("title")),
        url=_text(told_of.get("url")),
        feed=_text(told_of.get("feed")),
    )


def _told(error: str) -> str:
    """Of a traceback the line that names the error."""
    return error.strip().splitlines()[-1] if error.startswith("Traceback") else error


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
