"""One line a story: the walk over the matches that every store makes, newest first. Knows no engine.

A story stands where its newest match stands, so a page needs no memory of the pages before it: a match is shown if it
is its story's newest.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from stores.outlines import StoryCount, StoryCounts

# Matches looked at in one go, at least: of wire stories every third article is a copy.
_AT_ONCE = 100


class Match(NamedTuple):
    """An article that meets the query."""

    cursor: str
    """Where it stands: the walk goes on behind it."""
    id: str
    story: str


class Told(NamedTuple):
    """What there is of a story."""

    newest: str
    """The id of its newest match."""
    matching: int
    articles: int
    sources: tuple[tuple[str | None, int], ...]


class Walk(Protocol):
    """What a store answers for this."""

    def matches(self, after: str | None, limit: int) -> Sequence[Match]:
        """The next matches, newest first."""
        ...

    def told(self, stories: Sequence[str]) -> Mapping[str, Told]:
        """These stories, by their ids."""
        ...


class Shown(NamedTuple):
    """A story on a page."""

    match: Match
    told: Told


def story_page(walk: Walk, limit: int, after: str | None) -> tuple[list[Shown], str | None]:
    """The stories of a page, and the cursor of the next."""
    shown: list[Shown] = []
    at_once = max(limit, _AT_ONCE)
    while len(shown) <= limit:
        matches = walk.matches(after, at_once)
        told = walk.told(list(dict.fromkeys(match.story for match in matches))) if matches else {}
        for match in matches:
            known = told.get(match.story)
            if known is not None and known.newest == match.id:
                shown.append(Shown(match, known))
        if len(matches) < at_once:
            break
        after = matches[-1].cursor
    more = len(shown) > limit
    return shown[:limit], shown[limit - 1].match.cursor if more and limit else None


def counted(shown: Sequence[Shown], following: str | None) -> StoryCounts:
    """A page in numbers alone."""
    stories = (StoryCount(match.story, told.matching, told.articles, told.sources) for match, told in shown)
    return StoryCounts(tuple(stories), following)


def ranked(counts: Mapping[str | None, int]) -> tuple[tuple[str | None, int], ...]:
    """Sources, those with most first."""
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0] or "")))
