"""The match stage: which subscriptions does an article meet? WireArticle in, one Alert for each subscription met.

Evaluates every article that passes, whether its story was sent before or not: the deliver stage remembers that.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from alerts.altered import Told, altered
from alerts.article_terms import ArticleTerms
from alerts.evidence import Evidence
from alerts.in_force import Subscriptions
from alerts.percolator import Percolator
from alerts.standing import StandingQueries
from schemas.article import WireArticle
from schemas.clock import Clock, utc_now
from schemas.outcome import Done, Dropped, Outcome, Output
from schemas.stage import Step
from schemas.topics import ALERTS
from stores.document import Document, document, other_spellings
from stores.query.errors import QueryError
from stores.query.parse import parse
from stores.query.tree import Query

SILENT = "silent"
"""The rule by which a replay alerts nobody, as the ledger names it."""


class MatchStep(Step[WireArticle]):
    """The stage's step."""

    def __init__(self, subscriptions: Subscriptions, clock: Clock = utc_now, told: Told = lambda _: None) -> None:
        """`told`: what was told before; asked of articles that are revised, where a subscription wants to know."""
        self._standing = StandingQueries(subscriptions, clock)
        self._clock = clock
        self._told = told

    def __call__(self, batch: Sequence[WireArticle]) -> Sequence[Outcome]:
        """One outcome per article, with its alerts."""
        self._standing.refresh()
        return [self._outcome(article) for article in batch]

    def tick(self, now: datetime) -> Sequence[Output]:
        """Nothing to publish; alerts that were added meanwhile are read before the next article comes."""
        self._standing.refresh()
        return ()

    def _outcome(self, article: WireArticle) -> Outcome:
        if article.silent:
            return Dropped(SILENT)
        now = self._clock()
        terms = ArticleTerms(document(article))
        evidence = Evidence(article, terms, now)
        met = ((one, query) for query, asking in self._standing.match(terms, now) for one in asking)
        # those that somebody is told of come first: nobody waits for what is only kept
        by_id = sorted(met, key=lambda pair: (not pair[0].channels, pair[0].id))
        found = [evidence.alert(*pair) for pair in by_id]
        found += altered(self._standing.altered, article, self._told, now)
        return Done(tuple(Output(ALERTS, alert) for alert in found))


def numbers(queries: Sequence[str]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """For a row {"id", "title", "text", …}: {"id", "matches"}, the numbers (from 0) of the queries it meets.

    A row that went through `step enrich` is matched with its entities and quotes too. An empty line meets
    nothing. Raises QueryError where a query cannot be read, with its line.
    """
    now = utc_now()
    percolator = Percolator({number: _line(number, text, now) for number, text in enumerate(queries) if text.strip()})

    def match(row: Mapping[str, Any]) -> dict[str, Any]:
        return {"id": row["id"], "matches": sorted(percolator.match(ArticleTerms(_document(row)), now))}

    return match


def _line(number: int, text: str, now: datetime) -> Query:
    try:
        return parse(text, now)
    except QueryError as error:
        raise QueryError(f"line {number + 1}: {text!r}: {error.problem}", error.position, error.expected) from None


_PLAIN = frozenset({"id", "title", "text"})
_ALWAYS = datetime.fromtimestamp(0, UTC)


def _document(row: Mapping[str, Any]) -> Document:
    title, text = str(row.get("title") or ""), str(row["text"])
    known = {name: value for name, value in row.items() if name in WireArticle.model_fields and value is not None}
    if known.keys() <= _PLAIN:
        spelt = other_spellings(title, text)
        return Document(texts={"title": title, "text": text}, names=spelt, keywords={}, times={}, quotes=())
    return document(WireArticle.model_validate({**_NO_MATTER, "story_id": row["id"], **known}))


_NO_MATTER = {"revision": "", "fetched_at": _ALWAYS, "first_seen": _ALWAYS}
"""Fields that every article has and no query of a row depends on."""
