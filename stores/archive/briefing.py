"""A briefing: the stories that most told independently, in headlines and quotes alone. No sentence is made here."""

import re
from collections.abc import Sequence
from itertools import islice

from schemas.answers import BriefedStory, QuoteLine
from schemas.article import QuoteKind, WireArticle
from stores.archive.comparing import ALIKE
from stores.archive.finding import PAGE, counted
from stores.archive.origins import origin_count
from stores.archive.saying import quote_line
from stores.origins import origins
from stores.paged import paged
from stores.query import Query
from stores.store import QuoteHit, Store, StoryHit
from stores.stories import story_articles

# A day of ten thousand feeds has some thousand stories that more than one publisher told; those come first anyway.
_LOOKED_AT = 5_000
# Of a story that hundreds copied, the first are read: they hold what was said first.
_READ = 200
QUOTES = 3
"""Quotes of a story at most: a briefing is read in minutes."""
_KINDS: dict[QuoteKind, int] = {"direct": 0, "mixed": 1, "indirect": 2}
_WORD = re.compile(r"\w+")


def briefing(store: Store, wanted: Query, limit: int) -> tuple[BriefedStory, ...]:
    """The stories with an article that meets a query: those of most origins first, then of most articles."""
    stories = islice(paged(lambda after: _page(store, wanted, after)), _LOOKED_AT)
    ranked = sorted(stories, key=lambda hit: (-_origins(hit), -hit.articles))
    told = [_told(store, hit) for hit in ranked[:limit]]
    return tuple(sorted(told, key=lambda story: (-story.origins, -story.articles)))


def _page(store: Store, wanted: Query, after: str | None) -> tuple[Sequence[StoryHit], str | None]:
    page = store.stories(wanted, PAGE, after)
    return page.stories, page.next


def _origins(hit: StoryHit) -> int:
    return origin_count(source for source, _ in hit.sources)


def _told(store: Store, hit: StoryHit) -> BriefedStory:
    articles = sorted(islice(story_articles(store, hit.lead.story_id), _READ), key=lambda one: (one.first_seen, one.id))
    first = articles[0] if articles else hit.lead  # forgotten meanwhile
    return BriefedStory(
        story_id=hit.lead.story_id,
        article_id=first.id,
        title=first.title,
        source=first.source,
        url=first.url,
        published=first.published,
        first_seen=first.first_seen,
        articles=hit.articles,
        origins=len(origins(articles or [first]).origins),
        sources=counted(hit.sources),
        quotes=tuple(_quotes(articles)),
    )


def _quotes(articles: Sequence[WireArticle]) -> list[QuoteLine]:
    """What named people said: words in marks before reported ones, what many repeat first; each once."""
    said: dict[tuple[str, ...], list[QuoteHit]] = {}
    for article in articles:
        for quote in article.quotes:
            if quote.speaker and quote.speaker.name:
                words = tuple(_WORD.findall(article.text[quote.start : quote.end].casefold()))
                said.setdefault(words, []).append(QuoteHit(article, quote))
    chosen: list[frozenset[str]] = []
    lines: list[QuoteLine] = []
    for words, hits in sorted(said.items(), key=lambda one: (_KINDS[one[1][0].quote.kind], -len(one[1]))):
        bare = frozenset(words)
        if len(lines) < QUOTES and not any(_is_alike(bare, other) for other in chosen):
            chosen.append(bare)
            lines.append(quote_line(hits[0]))
    return lines


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two are wordings of one utterance."""
    return len(one & other) >= ALIKE * min(len(one), len(other))
