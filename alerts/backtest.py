"""Backtest: which alerts a query would have made in the past days, tried on stored articles before it goes live.

The store finds the articles; then the same evaluation and the same highlights as in the stream are applied to them.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil

from alerts.article_terms import ArticleTerms
from alerts.evaluate import meets, met_part
from alerts.growth import DEFAULT, Counts, Found, over_time
from alerts.highlight import Highlighter
from schemas.alert import Policy, Why
from schemas.article import WireArticle
from stores import listings
from stores.document import document
from stores.paged import first_pages
from stores.query.parse import parse
from stores.query.tree import And, Everything, Has, Node, Not, Or, Query, Range
from stores.store import Store

PAGE = 200
MOST = 10_000
"""Articles looked through at most: beyond, no such query is wanted as an alert."""


@dataclass(frozen=True, slots=True)
class Told:
    """One alert that would have been."""

    article: WireArticle
    matched_part: str
    why: tuple[Why, ...]

    @property
    def date(self) -> datetime:
        """When it would have been."""
        return date_of(self.article)


@dataclass(frozen=True, slots=True)
class Often:
    """How many alerts a query would have made."""

    alerts: int
    days: int
    whole: bool
    """False: there were more than could be looked through."""

    def __str__(self) -> str:
        return f"{self.alerts}{'' if self.whole else ' or more'} in {self.days} days"


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a query would have told, newest first."""

    days: int
    told: tuple[Told, ...]
    articles: int
    """Articles that met it: with a policy by story, more than were told."""
    policy: Policy
    whole: bool
    """False: there were more than could be looked through."""

    @property
    def moments(self) -> tuple[datetime, ...]:
        """When each alert would have been, by its article's date."""
        return tuple(one.date for one in self.told)

    def by_day(self) -> list[tuple[date, int]]:
        """Alerts of each day in UTC, from the first that had one, the days between with none among them."""
        counted = Counter(moment.date() for moment in self.moments)
        if not counted:
            return []
        first, last = min(counted), max(counted)
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [(day, counted[day]) for day in days]

    @property
    def often(self) -> "Often":
        """How many."""
        return Often(len(self.told), self.days, self.whole)

    def __str__(self) -> str:
        return str(self.often)


def date_of(article: WireArticle) -> datetime:
    """When an article was news: by its own date, where it has one that is not ahead of when it was seen."""
    return min(article.published or article.first_seen, article.first_seen)


def backtest(
    query: str, store: Store, now: datetime, days: int = 30, policy: Policy = "story", most: int = MOST
) -> Backtest:
    """Ask the store what the query meets in the last days, by the articles' dates: an archive that was imported today
    is of its own days. At `most` so many articles are looked through, the newest. Raises QueryError where it cannot be
    read."""
    found, whole = _found(parse(query, now), store, now, days, most)
    scopes: dict[str, WireArticle] = {}
    for article in sorted(found, key=date_of):  # of a story the first article is told
        scopes.setdefault(article.id if policy == "every" else article.story_id, article)
    told = [_told(article, query, date_of(article)) for article in scopes.values()]
    return Backtest(days, tuple(reversed([one for one in told if one])), len(found), policy, whole)


def often(query: str, store: Store, now: datetime, days: int, most: int) -> Often:
    """How many alerts, once a story: as `backtest` finds, without reading texts and judging each article anew, which
    takes most of its time: the store's engine and the stream's agree. Of a query that speaks of `now` only what the
    store could not be asked is judged. Raises QueryError."""
    parsed = parse(query, now)
    if parsed.relative:
        found, whole = _found(parsed, store, now, days, most)
        firsts = {article.story_id: article for article in sorted(found, key=date_of, reverse=True)}
        return Often(sum(_meets_the_rest(article, query) for article in firsts.values()), days, whole)
    begin = now - timedelta(days=days)
    dated = Or((Range("published", begin, None), Not(Has("published"))))  # as `date_of` has it
    wanted = Query(parsed.text, And((parsed.root, Range("first_seen", begin, None), dated)))
    placed, whole = first_pages(listings.places(store, wanted, PAGE), most)
    return Often(len({one.story_id for one in placed}), days, whole)


def _found(query: Query, store: Store, now: datetime, days: int, most: int) -> tuple[list[WireArticle], bool]:
    """The articles of those days that meet it, and whether these are all."""
    seen, whole = first_pages(listings.articles(store, _within(query, now, days), PAGE), most)
    return [article for article in seen if date_of(article) >= now - timedelta(days=days)], whole


def grown(query: str, store: Store, now: datetime, days: int, times: float, most: int = MOST) -> list[Found]:
    """When it would have been told in the last days that the query was met so many times as usual. What is usual is
    known from the first article on that is found. As `backtest`."""
    rule = replace(DEFAULT, factor=times)
    moments = backtest(query, store, now, days + ceil(rule.looks_back / timedelta(days=1)), most=most).moments
    since = min(moments, default=now)
    return over_time(Counts(moments), max(since, now - timedelta(days=days)), now, since, rule)


def _within(query: Query, now: datetime, days: int) -> Query:
    begin = now - timedelta(days=days)
    recent = Or((Range("published", begin, None), Range("first_seen", begin, None)))
    root = _at_any_time(query.root) if query.relative else query.root
    return Query(query.text, And((root, recent)), query.relative)


def _at_any_time(node: Node) -> Node:
    """A query that speaks of `now` meant another time for each article: the store is asked without times."""
    match node:
        case And(parts):
            return And(tuple(map(_at_any_time, parts)))
        case Or(parts):
            return Or(tuple(map(_at_any_time, parts)))
        case Range() | Not():
            return Everything()
        case _:
            return node


def _meets_the_rest(article: WireArticle, query: str) -> bool:
    """Whether an article meets, at its own time, those parts of a query that were asked `_at_any_time`."""
    root = parse(query, date_of(article)).root
    parts = root.parts if isinstance(root, And) else (root,)
    rest = And(tuple(part for part in parts if _at_any_time(part) != part))
    return meets(rest, ArticleTerms(document(article)))


def _told(article: WireArticle, query: str, at: datetime) -> Told | None:
    """As the stream would have judged it when it passed: "now" in the query is that moment."""
    terms = ArticleTerms(document(article))
    root = parse(query, at).root
    if not meets(root, terms):
        return None
    met = met_part(root, terms)
    return Told(article, str(met), Highlighter(article, terms).why(met))
