"""A document's entries -> the articles that are new or changed in it, with their pages' text.

Decides what was seen before; knows neither when a feed is polled nor where its articles go.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

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


@dataclass(slots=True)
class Harvest:
    """What a document held: `drafts` are what is new or changed, the oldest first."""

    drafts: list[Draft] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    known: int = 0
    empty: int = 0
    """Entries without any text of their own."""
    left: int = 0
    """New or changed entries that were left for the next poll; they do not count as seen."""
    seen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    """How many pages a poll may fetch (None: all), and which drafts want theirs."""

    settings: PollSettings
    pages: int | None = None

    def wants_page(self, entry: Entry, article: Article) -> bool:
        """The feed's own text is short, and the link is the entry's alone."""
        settings = self.settings
        return bool(
            settings.full_text and entry.link and not entry.link_repeats and len(article.text) < settings.enough_text
        )


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
            continue
        page = turn.wants_page(entry, article)
        if page and turn.pages is not None and pages >= turn.pages:
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
    harvest.seen = dict(gone[-SEEN_BEYOND:]) | harvest.seen
    return harvest


def fingerprint(entry: Entry) -> str:
    """Tells whether the feed shows an entry as it did before; what we make of it may change with the code."""
    shown = "\x00".join((entry.title, entry.summary, entry.content))
    return blake2b(shown.encode("utf-8", "replace"), digest_size=PRINT_CHARS // 2).hexdigest()


class Pages:
    """Completes drafts: the page is fetched where the feed's own text is short and robots.txt allows it."""

    def __init__(self, fetch: Fetch, extract: Extract, robots: Robots, pace: HostPace, settings: PollSettings) -> None:
        self._fetch = fetch
        self._extract = extract
        self._robots = robots
        self._pace = pace
        self._settings = settings

    async def complete(self, feed: Feed, drafts: Sequence[Draft]) -> AsyncIterator[Article]:
        """The articles in the order of the drafts; one whose page cannot be had keeps the feed's text."""
        for draft in drafts:
            article = draft.article
            if draft.page and (page := await self._page(str(draft.entry.link))):
                article = make_article(draft.entry, feed.origin or feed.url, page, article.fetched_at)
            yield article.model_copy(update={"feed": feed.url}) if feed.origin else article

    async def _page(self, url: str) -> Page | None:
        verdict = await self._robots.verdict(url)
        if verdict.delay_s:
            self._pace.slow(host_of(url), verdict.delay_s)
        if not verdict.allowed or self._pace.wait_s(host_of(url)) > LONGEST_WAIT_S:
            return None
        try:
            answer = await self._fetch(url, limits=self._settings.page_limits)
        except FetchError:
            return None
        return await self._extract(answer.body, answer.url) if isinstance(answer, Response) else None
