"""A document's entries -> the articles that are new or changed in it, with their pages' text.

Decides what was seen before; knows neither when a feed is polled nor where articles go.
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


@dataclass(slots=True)
class Harvest:
    """What a document held: `drafts` are what is new or changed, from the feed's own text alone, oldest first."""

    drafts: list[tuple[Entry, Article]] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    known: int = 0
    empty: int = 0
    """Entries without any text of their own."""
    left: int = 0
    """New or changed entries that were left for the next poll; they do not count as seen."""
    seen: dict[str, str] = field(default_factory=dict)


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
    most: int | None = None,
    recent: Recent | None = None,
) -> Harvest:
    """Tell the new and the changed from what was seen before; take the oldest `most` of them.

    Feeds put the newest first. The oldest are nearest to leaving the document, and go first.
    """
    harvest = Harvest()
    for entry in reversed(entries):
        draft = make_article(entry, feed.origin or feed.url, None, now)
        key, shown = draft.id[:ID_CHARS], fingerprint(entry)
        if key in harvest.seen:
            continue
        harvest.empty += not draft.text
        if before.get(key) == shown or (key not in before and recent and recent.has(draft)):
            harvest.known += 1
        elif most is not None and len(harvest.drafts) >= most:
            harvest.left += 1
            continue
        else:
            harvest.drafts.append((entry, draft))
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
        if not verdict.allowed or self._pace.wait_s(host_of(url)) > LONGEST_WAIT_S:
            return None
        try:
            answer = await self._fetch(url, limits=self._settings.page_limits)
        except FetchError:
            return None
        return await self._extract(answer.body, answer.url) if isinstance(answer, Response) else None
