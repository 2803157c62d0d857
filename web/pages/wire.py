"""The wire's lines: the newest articles, one line a story."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.article import WireArticle
from stores.archive.origins import origin_count
from stores.query.writing import phrase

# Chips of a line: who and what is named most often, as much as fits a line.
CHIPS = 4
# Kinds that are worth a chip, in the order of what a desk filters by; each is a search field, too.
KINDS = ("weapon", "person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class Chip:
    """A name that filters."""

    kind: str
    name: str

    @property
    def query(self) -> str:
        """The query that finds it."""
        return phrase(self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Line:
    """A story, by those of its articles that are on the page."""

    story_id: str
    newest: WireArticle
    articles: int
    origins: int
    first: WireArticle

    @property
    def at(self) -> datetime:
        """When its newest article came."""
        return self.newest.first_seen

    @property
    def chips(self) -> list[Chip]:
        """Who and what is named in it, the most frequent first, weapons before all."""
        named = Counter((one.kind, one.name) for one in self.first.entities if one.kind in KINDS)
        ranked = sorted(named, key=lambda one: (one[0] != "weapon", -named[one]))
        return [Chip(kind, name) for kind, name in ranked[:CHIPS]]


def lines(articles: Sequence[WireArticle]) -> list[Line]:
    """One line a story, that whose newest article came last first; `articles` are the newest first."""
    by_story: dict[str, list[WireArticle]] = {}
    for article in articles:
        by_story.setdefault(article.story_id, []).append(article)
    return [_line(story, of) for story, of in by_story.items()]


def _line(story: str, of: Sequence[WireArticle]) -> Line:
    return Line(story, of[0], len(of), origin_count(article.source for article in of), of[-1])
