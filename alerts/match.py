"""The match stage: which subscriptions does an article meet? WireArticle in, one Alert for each subscription met.

Evaluates every article that passes, whether its story was sent before or not: the deliver stage remembers that.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog

from alerts.altered import Told, altered, quotes_told
from alerts.article_terms import ArticleTerms
from alerts.by_the_clock import is_by_the_clock
from alerts.evaluate import met_part
from alerts.highlight import Highlighter
from alerts.identity import alert_id
from alerts.in_force import Subscriptions
from alerts.percolator import Percolator
from schemas.alert import Alert, Subscription
from schemas.article import WireArticle
from schemas.clock import Clock, utc_now
from schemas.outcome import Done, Dropped, Outcome, Output
from schemas.stage import Step
from schemas.topics import ALERTS
from stores.document import Document, document, other_spellings
from stores.query.errors import QueryError
from stores.query.parse import parse
from stores.query.tree import Query

logger = structlog.get_logger()

SILENT = "silent"
"""The rule by which a replay alerts nobody, as the ledger names it."""


class MatchStep(Step[WireArticle]):
    """The stage's step."""

    def __init__(self, subscriptions: Subscriptions, clock: Clock = utc_now, told: Told = lambda _: None) -> None:
        """`told`: what was told before; asked of articles that are revised, where a subscription wants to know."""
        self._source = subscriptions
        self._clock = clock
        self._told = told
        self._altered: list[Subscription] = []
        self._read: Mapping[str, Subscription] | None = None
        self._subscriptions: Mapping[str, Subscription] = {}
        self._queries: dict[str, Query] = {}
        self._percolator: Percolator[str] = Percolator({})

    def __call__(self, batch: Sequence[WireArticle]) -> Sequence[Outcome]:
        """One outcome per article, with its alerts."""
        self._refresh()
        return [self._outcome(article) for article in batch]

    def _outcome(self, article: WireArticle) -> Outcome:
        if article.silent:
            return Dropped(SILENT)
        now = self._clock()
        terms = ArticleTerms(document(article))
        highlighter = Highlighter(article, terms)
        ids = sorted(self._percolator.match(terms, now))
        found = [self._alert(id, article, terms, highlighter, now) for id in ids]
        found += altered(self._altered, article, self._told, now)
        return Done(tuple(Output(ALERTS, alert) for alert in found))

    def _alert(
        self, id: str, article: WireArticle, terms: ArticleTerms, highlighter: Highlighter, now: datetime
    ) -> Alert:
        subscription, query = self._subscriptions[id], self._queries[id]
        met = met_part(parse(query.text, now).root if query.relative else query.root, terms)
        scope = article.id if subscription.policy == "every" and not subscription.growth else article.story_id
        why = highlighter.why(met)
        return Alert(
            id=alert_id(subscription.id, scope),
            revision=article.revision,
            subscription=subscription.id,
            subscription_name=subscription.name,
            query=subscription.query,
            matched_part=str(met),
            scope=scope,
            article_id=article.id,
            story_id=article.story_id,
            title=article.title,
            url=article.url,
            source=article.source,
            feed=article.feed,
            speakers=highlighter.speakers,
            why=why,
            published=article.published,
            first_seen=article.first_seen,
            matched_at=now,
            quotes=quotes_told(article, why) if subscription.altered else (),
        )

    def _refresh(self) -> None:
        source = self._source()
        if source is self._read:
            return
        current = {id: one for id, one in source.items() if not (one.paused or is_by_the_clock(one))}
        changed = {
            id: one for id, one in current.items() if one is not (known := self._subscriptions.get(id)) and one != known
        }
        removed = [id for id in self._subscriptions if id not in current]
        queries = {id: query for id, one in changed.items() if (query := _read(one, self._clock()))}
        self._queries = {id: query for id, query in self._queries.items() if id in current and id not in changed}
        self._queries |= queries
        if len(changed) > len(self._queries) // 2:
            # a percolator built anew knows which words are rare among its queries
            self._percolator = Percolator(self._queries)
        else:
            self._percolator.update(queries, [*removed, *changed])
        self._subscriptions, self._read = current, source
        self._altered = [one for one in current.values() if one.altered and not one.growth]


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


def _read(subscription: Subscription, now: datetime) -> Query | None:
    """One that cannot be read is passed over aloud: it was checked when it was added, and others go on."""
    try:
        return parse(subscription.query, now)
    except QueryError as error:
        logger.error("subscription cannot be read", name=subscription.name, error=str(error))
        return None


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
