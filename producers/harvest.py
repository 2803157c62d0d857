"""A document's entries -> the articles that are new or changed in it, with their pages' text.

Decides what was seen before; knows neither when a feed is polled nor where articles go.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from producers.article import make_article
from producers.fetch import Fetch, FetchError, Response
from producers.fulltext import Page
from producers.parse import Entry
from producers.politeness.pace import HostPace
from producers.politeness.robots import Robots
from producers.poll_settings import PollSettings
from producers.safety import host_of
from schemas.article import Article
from schemas.feed import Feed

Extract = Callable[[bytes, str], Awaitable[Page]]
"""HTML and its address -> its text; an empty Page where there is none. Never raises."""

# Enough of a 128-bit hash to tell a feed's entries apart; ten thousand feeds' worth is kept.
ID_CHARS, REVISION_CHARS = 16, 8
# Beside the present document, so many that left it are remembered: caches behind one name show
# yesterday's document now and then.
SEEN_BEYOND = 100


@dataclass(slots=True)
class Harvest:
    """What a document held: `drafts` are what is new or changed, from the feed's own text alone."""

    drafts: list[tuple[Entry, Article]] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    known: int = 0
    empty: int = 0
    """Entries without any text of their own."""
    seen: dict[str, str] = field(default_factory=dict)


def sift(feed: Feed, entries: Sequence[Entry], before: Mapping[str, str], now: datetime) -> Harvest:
    """Tell the new and the changed from what was seen before."""
    harvest = Harvest()
    for entry in entries:
        draft = make_article(entry, feed.origin or feed.url, None, now)
        key, revision = draft.id[:ID_CHARS], draft.revision[:REVISION_CHARS]
        if key in harvest.seen:
            continue
        harvest.seen[key] = revision
        harvest.empty += not draft.text
        if before.get(key) == revision:
            harvest.known += 1
            continue
        if key in before:
            harvest.changed += 1
        else:
            harvest.new += 1
        harvest.drafts.append((entry, draft))
    left = [(key, value) for key, value in before.items() if key not in harvest.seen]
    harvest.seen = dict(left[-SEEN_BEYOND:]) | harvest.seen
    return harvest


class Pages:
    """Completes drafts: the page is fetched where the feed's own text is short and robots.txt allows it."""

    def __init__(self, fetch: Fetch, extract: Extract, robots: Robots, pace: HostPace, settings: PollSettings) -> None:
        self._fetch = fetch
        self._extract = extract
        self._robots = robots
        self._pace = pace
        self._settings = settings

    async def complete(self, feed: Feed, drafts: Sequence[tuple[Entry, Article]]) -> AsyncIterator[Article]:
        """The articles in the order of the drafts; one whose page cannot be had keeps the feed's text."""
        for entry, draft in drafts:
            article = draft
            if self._wants_page(entry, draft) and (page := await self._page(str(entry.link))):
                article = make_article(entry, feed.origin or feed.url, page, draft.fetched_at)
            yield article.model_copy(update={"feed": feed.url}) if feed.origin else article

    def _wants_page(self, entry: Entry, draft: Article) -> bool:
        return bool(
            self._settings.full_text
            and entry.link
            and not entry.link_repeats
            and len(draft.text) < self._settings.enough_text
        )

    async def _page(self, url: str) -> Page | None:
        verdict = await self._robots.verdict(url)
        if verdict.delay_s:
            self._pace.slow(host_of(url), verdict.delay_s)
        if not verdict.allowed:
            return None
        try:
            answer = await self._fetch(url, limits=self._settings.page_limits)
        except FetchError:
            return None
        return await self._extract(answer.body, answer.url) if isinstance(answer, Response) else None
