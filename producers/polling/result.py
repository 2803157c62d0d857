"""The result of one poll, in words and figures."""

from dataclasses import dataclass
from typing import Literal

from producers.polling.new_entries import FeedDiff
from schemas.feed import Feed, FeedState

Became = Literal["unchanged", "read", "failed", "gone", "moved"]


@dataclass(frozen=True, slots=True)
class PollResult:
    """What became of a poll. `line` says it in words."""

    url: str
    became: Became
    line: str
    entries: int = 0
    new: int = 0
    changed: int = 0
    memory: FeedState | None = None

    @property
    def ok(self) -> bool:
        """The feed could be asked and read."""
        return self.became in ("unchanged", "read", "moved")


def read_result(feed: Feed, diff: FeedDiff, state: FeedState, what: str, became: Became = "read") -> PollResult:
    """The result of a document that was read."""
    left = f", {diff.left} left for the next poll" if diff.left else ""
    line = f"{what}: {diff.new} new, {diff.changed} changed{left}"
    total = diff.new + diff.changed + diff.known
    return PollResult(feed.url, became, line, total, diff.new, diff.changed, state)
