"""The diff of a feed: which entries of its document are new or changed, and which articles want their page again.

Pure. Decides what was seen before; knows neither when a feed is polled nor how pages are fetched.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from producers.article.build import announced, make_article
from producers.parse import Entry
from producers.polling.naming import Name, name_entries
from producers.polling.order import ends, newest_first
from producers.polling.prints import ID_CHARS, Print
from producers.polling.settings import PollSettings
from schemas.article import Article
from schemas.feed import Feed, PageRetry

Became = Literal["new", "changed", "known", "dropped"]
SAME, LEFT, BEYOND = "same as another entry", "left for the next poll", "beyond the most entries read"
"""Why an entry is dropped."""
SHOWN, ELSEWHERE = "shown before", "published lately from another feed"
"""Why an entry is known."""

# Beside the present document, so many that left it are remembered: caches behind one name show
# yesterday's document now and then.
SEEN_BEYOND = 100
# Articles that this process published lately: the sections of one newspaper share theirs.
RECENT = 100_000


@dataclass(frozen=True, slots=True)
class PendingArticle:
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


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one entry of a document."""

    became: Became
    why: str
    entry: Entry
    id: str | None = None
    """None where it was not looked at."""
    article: Article | None = None
    """None where it is known, or was not looked at."""


@dataclass(slots=True)
class FeedDiff:
    """What a document holds that was not seen before. `pending`: what is to be published, the oldest first."""

    pending: list[PendingArticle] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    known: int = 0
    empty: int = 0
    """Entries without any text of their own."""
    left: int = 0
    """New or changed entries that were left for the next poll; they do not count as seen."""
    sent: list[str | None] = field(default_factory=list)
    """Of the new and the changed that were published, the languages. Filled by polling.pages."""
    fates: list[Fate] = field(default_factory=list)
    """What became of every entry, those that are dropped too; the oldest first."""
    shared: tuple[str, ...] = ()
    """Ids of links and guids that name none of this feed's entries (polling.naming)."""
    seen: dict[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    """Of what was seen before, what is not in the document any more."""
    tried: dict[str, PageRetry | None] = field(default_factory=dict)
    """Of those whose page was asked for, by key: what is owed of it now, or nothing. Filled by polling.pages."""

    def add(self, pending: PendingArticle, name: Name, new: bool) -> None:
        """Take in what is new, or was changed."""
        entry, article = pending.entry, pending.article
        self.pending.append(pending)
        self.new += new
        self.changed += not new
        self.empty += not article.text
        became: Became = "new" if new else "changed"
        why = "not seen before" if new else "shows something else than before"
        self.fates.append(Fate(became, why, entry, name.id, article))
        self.seen[name.key] = str(name.print)

    def keep(self, entry: Entry, name: Name, why: str) -> None:
        """Take in what is known; most of a document is, so that its article is not made again."""
        self.known += 1
        self.empty += not announced(entry).strip()
        self.fates.append(Fate("known", why, entry, name.id))
        self.seen[name.key] = str(name.print)

    def remember(self, before: Mapping[str, str]) -> None:
        """Keep some of what was seen before and has left the document."""
        gone = [(key, shown) for key, shown in before.items() if key not in self.seen]
        self.gone = frozenset(key for key, _ in gone)
        self.seen = dict(gone[-SEEN_BEYOND:]) | self.seen


@dataclass(frozen=True, slots=True)
class PageBudget:
    """How many pages a poll may fetch (None: all), and which entries want theirs."""

    settings: PollSettings
    pages: int | None = None
    due: Mapping[str, int] = field(default_factory=dict)
    """Articles whose page failed, and is to be asked for again now: key -> how often it failed."""

    def wants_page(self, name: Name, article: Article, entry: Entry) -> bool:
        """The entry has a transcript; or the feed's own text is short, and the link is the entry's alone."""
        if entry.transcript:
            return self.settings.full_text
        return self.settings.full_text and name.own_page and len(article.text) < self.settings.enough_text

    def spent(self, diff: FeedDiff) -> bool:
        """Whether the diff holds as many pages already as the poll may fetch."""
        return self.pages is not None and sum(pending.page for pending in diff.pending) >= self.pages


class RecentlyPublished:
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


def select_new(
    feed: Feed,
    entries: Sequence[Entry],
    before: Mapping[str, str],
    now: datetime,
    budget: PageBudget,
    recent: RecentlyPublished | None = None,
    shared: Sequence[str] = (),
) -> FeedDiff:
    """Tell the new and the changed from what was seen before; the oldest go first.

    Where pages are counted: beyond the count, the newer half of the document is left for the next poll,
    and the older half, which may be gone by then, does without its pages.
    """
    diff, address = FeedDiff(), feed.origin or feed.url
    in_order = newest_first(entries)
    taken = ends(in_order, budget.settings.entries)
    names = name_entries(taken, address, before, shared)
    diff.shared = names.shared
    for place, (entry, name) in enumerate(reversed(list(zip(taken, names.names, strict=True)))):
        shown = before.get(name.key)
        same = shown is not None and Print.read(shown).shown == name.print.shown
        if same and not name.shadowed and name.key not in budget.due:
            diff.keep(entry, name, SHOWN)
            continue
        article = make_article(entry, address, None, now, name.id)
        if name.shadowed:
            diff.fates.append(Fate("dropped", SAME, entry, name.id, article))
            continue
        pending = PendingArticle(entry, article, budget.wants_page(name, article, entry))
        spent = pending.page and budget.spent(diff)
        if same or (shown is None and recent and recent.has(article)):
            if pending.page and not spent and name.key in budget.due:
                diff.pending.append(replace(pending, tries=budget.due[name.key]))
            diff.keep(entry, name, SHOWN if same else ELSEWHERE)
        elif spent and place >= len(taken) / 2:
            diff.left += 1
            diff.fates.append(Fate("dropped", LEFT, entry, name.id, article))
        else:
            diff.add(replace(pending, page=pending.page and not spent), name, new=shown is None)
    looked_at = set(map(id, taken))
    diff.fates += [Fate("dropped", BEYOND, entry) for entry in in_order if id(entry) not in looked_at]
    diff.remember(before)
    return diff
