"""A document's entries -> drafts of the articles that are new or changed in it, or want their page again.

Pure. Decides what was seen before; knows neither when a feed is polled nor how pages are fetched.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

from producers.article.build import make_article
from producers.parse import Entry
from producers.polling.settings import PollSettings
from schemas.article import Article
from schemas.feed import Feed, OwedPage

# Enough of a hash to tell one feed's entries apart; ten thousand feeds' worth is kept.
ID_CHARS, PRINT_CHARS = 16, 8
# Beside the present document, so many that left it are remembered: caches behind one name show
# yesterday's document now and then.
SEEN_BEYOND = 100
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
    """Drafts whose page was asked for, by key: what is owed of it now, or nothing. Filled by polling.pages."""

    def add(self, draft: Draft, changed: bool) -> None:
        """Take in what is new, or `changed`."""
        self.drafts.append(draft)
        self.changed += changed
        self.new += not changed

    def remember(self, before: Mapping[str, str]) -> None:
        """Keep some of what was seen before and has left the document."""
        gone = [(key, shown) for key, shown in before.items() if key not in self.seen]
        self.gone = frozenset(key for key, _ in gone)
        self.seen = dict(gone[-SEEN_BEYOND:]) | self.seen


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

    def spent(self, harvest: Harvest) -> bool:
        """Whether the harvest wants all the pages already that the poll may fetch."""
        return self.pages is not None and sum(draft.page for draft in harvest.drafts) >= self.pages


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
    for place, entry in enumerate(reversed(entries)):
        article = make_article(entry, feed.origin or feed.url, None, now)
        draft, shown = Draft(entry, article, turn.wants_page(entry, article)), fingerprint(entry)
        if draft.key in harvest.seen:
            continue
        spent = draft.page and turn.spent(harvest)
        known = before.get(draft.key) == shown or (draft.key not in before and recent and recent.has(article))
        if not known and spent and place >= len(entries) / 2:
            harvest.left += 1
            continue
        if not known:
            harvest.add(replace(draft, page=draft.page and not spent), changed=draft.key in before)
        elif draft.page and not spent and draft.key in turn.due:
            harvest.drafts.append(replace(draft, tries=turn.due[draft.key]))
        harvest.known += bool(known)
        harvest.empty += not article.text
        harvest.seen[draft.key] = shown
    harvest.remember(before)
    return harvest


def fingerprint(entry: Entry) -> str:
    """Tells whether the feed shows an entry as it did before; what we make of it may change with the code."""
    shown = "\x00".join((entry.title, entry.summary, entry.content))
    return blake2b(shown.encode("utf-8", "replace"), digest_size=PRINT_CHARS // 2).hexdigest()
