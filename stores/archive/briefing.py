"""The day's stories, told with headlines and quotes: no sentence that nobody wrote or said."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from schemas.answers import BriefedQuote, BriefedStory, Briefing, Headline
from schemas.article import Quote, WireArticle
from schemas.clock import time_zone
from stores import listings
from stores.archive.origins import origin_count
from stores.archive.saying import quote_line
from stores.archive.window import WindowError, between
from stores.origins import Origin, origin, origins
from stores.outlines import StoryCount
from stores.paged import first_pages
from stores.query import Query
from stores.query.tree import And, Or
from stores.spread.spread import by_utterance
from stores.store import QuoteHit, Store
from stores.stories import of_story

# The newest of a day that are ranked. An installation of 20,000 articles a day has about so many stories.
LOOKED_AT = 10_000
# Counted at once: a day's articles are looked for anew each time. Elasticsearch counts so many with 130 sources each.
_AT_ONCE = 500
# Of so many times the stories that are shown, the articles are read and their origins counted.
_READ = 3
# What a reader takes in of one story at a glance; its page has the rest.
HEADLINES, QUOTES = 4, 5
# A story of a great event has some hundred copies a day; the newest tell it.
ARTICLES = 200
# Stories are read together up to so many articles: room is left for those that come meanwhile.
_TOGETHER = ARTICLES // 2


def day_of(day: str | None, zone: str, now: datetime) -> tuple[date, datetime, datetime]:
    """A day, today where none is given, and its start and end in UTC: 23 to 25 hours. Raises WindowError."""
    try:
        place = time_zone(zone)
    except ValueError as error:
        raise WindowError(f"--zone: {error}: give one as Europe/Berlin, or UTC") from None
    try:
        meant = date.fromisoformat(day) if day else now.astimezone(place).date()
        start, end = (datetime.combine(one, time(), place).astimezone(UTC) for one in (meant, meant + timedelta(1)))
    except (ValueError, OverflowError):
        raise WindowError(f"--day: “{day}” is not a day: give one as 2025-10-12") from None
    return meant, start, end


def briefing(store: Store, query: Query, start: datetime, end: datetime, limit: int) -> Briefing:
    """The stories of articles that meet the query, published in that time; undated ones, first seen in it."""
    stories, complete = told_stories(store, between(query, start, end), limit)
    return Briefing(start=start, end=end, stories=stories, complete=complete)


def told_stories(store: Store, wanted: Query, limit: int) -> tuple[tuple[BriefedStory, ...], bool]:
    """The stories of the articles that meet it, those of the most origins first; and whether all were looked at."""
    found, complete = first_pages(listings.story_counts(store, wanted, _AT_ONCE), LOOKED_AT)
    found.sort(key=_possible_origins, reverse=True)
    read = (articles for some in _together(found[: limit * _READ]) for articles in _articles(store, wanted, some))
    counted = [(len(origins(articles).origins), articles) for articles in read]
    counted.sort(key=lambda one: (one[0], len(one[1])), reverse=True)
    return tuple(_told(number, articles) for number, articles in counted[:limit]), complete


def _possible_origins(story: StoryCount) -> tuple[int, int]:
    """As many as it can have: the sources are those of all its days, the matches those of this one."""
    return min(story.matching, origin_count(source for source, _ in story.sources)), story.matching


def _together(stories: Sequence[StoryCount]) -> Iterator[list[StoryCount]]:
    """In their order, as many at a time as may be read at once."""
    some: list[StoryCount] = []
    for story in stories:
        if some and sum(one.matching for one in (*some, story)) > _TOGETHER:
            yield some
            some = []
        some.append(story)
    if some:
        yield some


def _articles(store: Store, wanted: Query, stories: Sequence[StoryCount]) -> Iterator[Sequence[WireArticle]]:
    """Those of each story that meet the query, the first seen first; a story that was forgotten a moment ago has
    none and is left out."""
    these = Or(tuple(of_story(one.story_id).root for one in stories))
    found = defaultdict[str, list[WireArticle]](list)
    for article in reversed(store.search(Query(wanted.text, And((these, wanted.root))), ARTICLES).articles):
        found[article.story_id.lower()].append(article)
    return (found[one.story_id] for one in stories if one.story_id in found)


def _told(origins: int, articles: Sequence[WireArticle]) -> BriefedStory:
    return BriefedStory(
        story_id=articles[0].story_id,
        articles=len(articles),
        origins=origins,
        headlines=tuple(_headlines(articles))[:HEADLINES],
        quotes=tuple(_quotes(articles))[:QUOTES],
    )


def _headlines(articles: Sequence[WireArticle]) -> Iterator[Headline]:
    """One an origin, none twice."""
    known: set[Origin | str] = set()
    for one in articles:
        marks: set[Origin | str] = {origin(one), one.title.casefold()}
        if one.title and not marks & known:
            known |= marks
            yield _headline(one)


def _headline(article: WireArticle) -> Headline:
    return Headline(
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        first_seen=article.first_seen,
    )


def _quotes(articles: Sequence[WireArticle]) -> list[BriefedQuote]:
    """What most of the articles have first, each utterance once, in the words of the article that was seen first."""
    hits = [QuoteHit(article, quote) for article in articles for quote in article.quotes if _is_spoken(quote)]
    told = []
    for group in by_utterance(hits):
        number = len({hit.article.id for hit in group})
        told.append(BriefedQuote(**quote_line(group[0]).model_dump(), articles=number))
    return sorted(told, key=lambda one: -one.articles)


def _is_spoken(quote: Quote) -> bool:
    """Direct speech of somebody with a name: told speech is the reporter's words, and "he" is nobody by himself."""
    return quote.kind == "direct" and quote.factuality == "said" and bool(quote.speaker and quote.speaker.name)
