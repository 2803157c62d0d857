"""A document's entries -> the articles that are new or changed in it, with their pages' text.

Decides what was seen before; knows neither when a feed is polled nor where its articles go.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from producers.article import make_article
from producers.fetch import Fetch, FetchError, NotModified
from producers.fulltext import Page
from producers.owed import after_try
from producers.parse import Entry
from producers.politeness.pace import HostPace
from producers.politeness.robots import Robots
from producers.poll_settings import PollSettings
from producers.safety import host_of
from schemas.article import Article
from schemas.clock import Clock
from schemas.feed import Feed, OwedPage

Extract = Callable[[bytes, str], Awaitable[Page]]
"""HTML and its address -> its text; an empty Page where there is none. Never raises."""

# Enough of a hash to tell one feed's entries apart; ten thousand feeds' worth is kept.
ID_CHARS, PRINT_CHARS = 16, 8
# Beside the present document, so many that left it are remembered: caches behind one name show
# yesterday's document now and then.
SEEN_BEYOND = 100


# An article does not wait longer for its page; a host rests for so long only after 429 or 503.
LONGEST_WAIT_S = 300.0
# Articles that this process published lately: the sections of one newspaper share theirs.
RECENT = 100_000


@dataclass(frozen=True, slots=True)
class Draft:
    """An article from the feed's own text alone, and whether its page is to be fetched."""

    entry: Entry
    article: Article
    page: bool
    tries: int = 0
    """How often its page failed. Above zero, the article was published: only its page is news."""

    @property
    def key(self) -> str:
        """The article as a feed's memory knows it."""
        return self.article.id[:ID_CHARS]


@dataclass(slots=True)
class Harvest:
    """What a document held: `drafts` are what is new or changed, or wants its page again, the oldest first."""

    drafts: list[Draft] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    known: int = 0
    empty: int = 0
    """Entries without any text of their own."""
    left: int = 0
    """New or changed entries that were left for the next poll; they do not count as seen."""
    seen: dict[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    """Of what was seen before, what is not in the document any more."""
    tried: dict[str, OwedPage | None] = field(default_factory=dict)
    """Drafts whose page was asked for, by key: what is owed of it now, or nothing. Filled by Pages."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How many pages a poll may fetch (None: all), and which drafts want theirs."""

    settings: PollSettings
    pages: int | None = None
    due: Mapping[str, int] = field(default_factory=dict)
    """Articles whose page failed, and is to be asked for again now: key -> how often it failed."""

    def wants_page(self, entry: Entry, article: Article) -> bool:
        """The feed's own text is short, and the link is the entry's alone."""
        settings = self.settings
        return bool(
            settings.full_text and entry.link and not entry.link_repeats and len(article.text) < settings.enough_text
        )

    def spent(self, pages: int) -> bool:
        """Whether so many pages are all that it may fetch."""
        return self.pages is not None and pages >= self.pages


class Recent:
    """Articles published lately by this process, whatever feed they came by. Forgetting costs a second copy."""

    def __init__(self) -> None:
        self._titles: OrderedDict[str, str] = OrderedDict()

    def has(self, article: Article) -> bool:
        """Whether the very article, under the same title, was published."""
        return self._titles.get(article.id) == article.title

    def add(self, article: Article) -> None:
        """Remember it; only after its publishing was confirmed."""
        self._titles[article.id] = article.title
        if len(self._titles) > RECENT:
            self._titles.popitem(last=False)


def sift(
    feed: Feed,
    entries: Sequence[Entry],
    before: Mapping[str, str],
    now: datetime,
    turn: Turn,
    recent: Recent | None = None,
) -> Harvest:
    """Tell the new and the changed from what was seen before. Feeds put the newest first; here the oldest go first.

    Where pages are counted: beyond the count, the newer half of the document is left for the next poll,
    and the older half, which may be gone by then, does without its pages.
    """
    harvest = Harvest()
    pages = 0
    for place, entry in enumerate(reversed(entries)):
        article = make_article(entry, feed.origin or feed.url, None, now)
        key, shown = article.id[:ID_CHARS], fingerprint(entry)
        if key in harvest.seen:
            continue
        harvest.empty += not article.text
        if before.get(key) == shown or (key not in before and recent and recent.has(article)):
            harvest.known += 1
            harvest.seen[key] = shown
            if key in turn.due and turn.wants_page(entry, article) and not turn.spent(pages):
                harvest.drafts.append(Draft(entry, article, True, turn.due[key]))
                pages += 1
            continue
        page = turn.wants_page(entry, article)
        if page and turn.spent(pages):
            if place >= len(entries) / 2:
                harvest.left += 1
                continue
            page = False
        pages += page
        harvest.drafts.append(Draft(entry, article, page))
        harvest.changed += key in before
        harvest.new += key not in before
        harvest.seen[key] = shown
    gone = [(key, value) for key, value in before.items() if key not in harvest.seen]
    harvest.gone = frozenset(key for key, _ in gone)
    harvest.seen = dict(gone[-SEEN_BEYOND:]) | harvest.seen
    return harvest


def fingerprint(entry: Entry) -> str:
    """Tells whether the feed shows an entry as it did before; what we make of it may change with the code."""
    shown = "\x00".join((entry.title, entry.summary, entry.content))
    return blake2b(shown.encode("utf-8", "replace"), digest_size=PRINT_CHARS // 2).hexdigest()


class Pages:
    """Completes drafts: the page is fetched where the feed's own text is short and robots.txt allows it."""

    def __init__(
        self, fetch: Fetch, extract: Extract, robots: Robots, pace: HostPace, settings: PollSettings, clock: Clock
    ) -> None:
        self._fetch = fetch
        self._extract = extract
        self._robots = robots
        self._pace = pace
        self._settings = settings
        self._clock = clock

    async def complete(self, feed: Feed, harvest: Harvest) -> AsyncIterator[Article]:
        """The articles in the order of the drafts; one whose page cannot be had keeps the feed's text.

        One that was published with it before comes only where its page made more of it.
        """
        for draft in harvest.drafts:
            article = await self._completed(feed, draft, harvest) if draft.page else draft.article
            if draft.tries and article.revision == draft.article.revision:
                continue
            yield article.model_copy(update={"feed": feed.url}) if feed.origin else article

    async def _completed(self, feed: Feed, draft: Draft, harvest: Harvest) -> Article:
        """The article with its page, where that can be had; what is owed of it is noted."""
        link = str(draft.entry.link)
        harvest.tried[draft.key] = None
        try:
            page = await self._page(link)
        except FetchError as error:
            if error.passing:
                rest_s = self._pace.wait_s(host_of(error.url or link))
                harvest.tried[draft.key] = after_try(draft.tries, rest_s, self._clock())
            return draft.article
        return make_article(draft.entry, feed.origin or feed.url, page, draft.article.fetched_at)

    async def _page(self, url: str) -> Page:
        """Raises FetchError where the page, or a page that it redirects to, cannot be had."""
        await self._admit(url)
        answer = await self._fetch(url, limits=self._settings.page_limits, onward=self._admit)
        assert not isinstance(answer, NotModified)
        return await self._extract(answer.body, answer.url)

    async def _admit(self, url: str) -> None:
        """Raises FetchError where robots.txt keeps us from a page, or its host rests for too long."""
        host, verdict = host_of(url), await self._robots.verdict(url)
        if verdict.delay_s:
            self._pace.slow(host, verdict.delay_s)
        if not verdict.allowed:
            raise FetchError(f"{url}: robots.txt keeps it from us", url=url, lasting=verdict.known)
        if self._pace.wait_s(host) > LONGEST_WAIT_S:
            raise FetchError(f"{url}: its host wants to be left alone", url=url)
