"""Articles and stories that meet a query, and what there is of it over time and by name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from schemas.answers import ArticleLine, ArticlePage, Bar, Counted, LinesOfStories, StoryLine, Summary
from schemas.article import WireArticle
from stores.archive.origins import origin_count
from stores.paged import filled
from stores.query import Query, snippet
from stores.query.tree import Range
from stores.store import Order, Store, StoryHit

# Up to two days in hours, up to about three months in days: as many bars as a terminal has lines.
_HOURS, _DAYS = timedelta(days=2), timedelta(days=92)
# Articles asked of the store in one go.
PAGE = 200
# Bars of a histogram: a wrong date of 1900 must not make a thousand empty months.
MOST_BARS = 400


def find(store: Store, query: Query, limit: int, after: str | None = None, order: Order = "newest") -> ArticlePage:
    """A page of articles, of any size. Raises ValueError for an `after` that no page gave."""
    lines, last = filled(
        lambda most, behind: store.search(query, most, behind, order),
        lambda hits: [article_line(article, query) for article in hits.articles],
        limit,
        after,
        PAGE,
    )
    return ArticlePage(total=last.total, total_exact=last.total_exact, articles=tuple(lines), next=last.next)


def find_stories(store: Store, query: Query, limit: int, after: str | None = None) -> LinesOfStories:
    """A page of stories, of any size. Raises ValueError for an `after` that no page gave."""
    lines, last = filled(
        lambda most, behind: store.stories(query, most, behind),
        lambda page: [story_line(hit, query) for hit in page.stories],
        limit,
        after,
        PAGE,
    )
    return LinesOfStories(stories=tuple(lines), next=last.next)


def count(store: Store, query: Query) -> Summary:
    """How many articles meet the query, exactly."""
    return Summary(total=store.count(query), total_exact=True)


def facets(store: Store, query: Query, fields: Sequence[str]) -> Summary:
    """The most frequent values of these fields among the articles."""
    hits = store.search(query, 0, facets=fields)
    found = {field: counted(values) for field, values in hits.facets.items()}
    return Summary(total=hits.total, total_exact=hits.total_exact, facets=found)


def histogram(store: Store, query: Query) -> Summary:
    """How the articles lie in time, in bars as wide as the time between the first and the last asks for."""
    days = store.histogram(query)
    bars = dict(days.bars)
    span = max(bars) - min(bars) if bars else timedelta()
    interval: Literal["hour", "day", "month"] = "hour" if span < _HOURS else "day" if span < _DAYS else "month"
    if interval == "hour":
        bars = dict(store.histogram(query, "hour").bars)
    elif interval == "month":
        bars = _by_month(bars)
    return Summary(
        total=sum(bars.values()) + days.undated,
        total_exact=True,
        interval=interval,
        histogram=tuple(_filled(bars, interval)),
        undated=days.undated,
    )


def taken_in(store: Store, now: datetime) -> Summary:
    """How many articles were first seen in each of the last 24 hours, the last of which `now` is in."""
    end = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    hours = [end - timedelta(hours=number) for number in range(24, 0, -1)]
    seen = store.histogram(Query("*", Range("first_seen", hours[0], end)), "hour", "first_seen")
    bars = dict(seen.bars)
    return Summary(
        total=sum(bars.values()),
        total_exact=True,
        interval="hour",
        histogram=tuple(Bar(start=hour, end=hour + timedelta(hours=1), count=bars.get(hour, 0)) for hour in hours),
    )


def article_line(article: WireArticle, query: Query) -> ArticleLine:
    """An article that meets a query, with the sentence that does."""
    sentence, marks = snippet(article.text, query, article.language)
    return ArticleLine(
        id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        first_seen=article.first_seen,
        story_id=article.story_id,
        language=article.language,
        snippet=sentence,
        marks=marks,
    )


def counted(values: Iterable[tuple[str | None, int]]) -> tuple[Counted, ...]:
    """Values with their numbers; those without a name are left out."""
    return tuple(Counted(value=value, count=number) for value, number in values if value is not None)


def story_line(hit: StoryHit, query: Query) -> StoryLine:
    """A story that holds an article that meets a query."""
    return StoryLine(
        story_id=hit.lead.story_id,
        lead=article_line(hit.lead, query),
        matching=hit.matching,
        copies=hit.articles - 1,
        origins=origin_count(source for source, _ in hit.sources),
        sources=counted(hit.sources),
    )


def _by_month(days: Mapping[datetime, int]) -> dict[datetime, int]:
    months: Counter[datetime] = Counter()
    for day, number in days.items():
        months[day.replace(day=1)] += number
    return dict(months)


def _filled(bars: Mapping[datetime, int], interval: str) -> Iterator[Bar]:
    """Every bar from the first to the last; where that is too many, only those that hold something."""
    ends = _ends(min(bars), max(bars), interval) if bars else []
    if len(ends) > MOST_BARS:
        ends = [(start, _end(start, interval)) for start in sorted(bars)]
    for start, end in ends:
        yield Bar(start=start, end=end, count=bars.get(start, 0))


def _ends(start: datetime, last: datetime, interval: str) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    while start <= last and len(found) <= MOST_BARS:
        found.append((start, _end(start, interval)))
        start = found[-1][1]
    return found


def _end(start: datetime, interval: str) -> datetime:
    if interval == "month":
        months = start.year * 12 + start.month  # counted from 0, the next one's
        return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    return start + timedelta(hours=1 if interval == "hour" else 24)
