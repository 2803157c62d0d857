"""What names each entry of a feed: its link, its guid, or what it says; and which article seen before it is.

The link names an entry until two articles were seen under it. From then on it names none of them, and that is
remembered with the feed, so that an entry's name does not depend on who stands beside it. Pure.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from producers.article.build import without_identity
from producers.article.canonical import canonical_url, former_url, is_front, precise_url
from producers.article.identity import article_id, id_of_form
from producers.parse import Entry
from producers.polling.prints import ID_CHARS, Print, print_of

# Addresses that name none of their entries, remembered: a site has one front page, and a few live pages at a time.
SHARED_KEPT = 300
# "…/n/1#3", "…-v2", "…?rev=4": the same name, and a number that counts its versions.
_COUNTED = re.compile(
    r"(?P<stem>.+?)[#?&/_.:;@-]+(?:(?:v|ver|version|rev|revision|upd|update)[=_.-]?)?(?P<count>\d{1,6})", re.IGNORECASE
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """Which article an entry is."""

    id: str
    """Of the article; only its first ID_CHARS where it was recognised by what it shows alone."""
    print: Print
    own_page: bool
    """Its link leads to a page of its own."""
    shadowed: bool = False
    """Another entry of the document is the same article, and is taken in its place."""

    @property
    def key(self) -> str:
        """The article as a feed's memory knows it."""
        return self.id[:ID_CHARS]


@dataclass(slots=True)
class _Seen:
    """An entry on its way to a name."""

    entry: Entry
    print: Print
    precise: str
    """Its address in the precise form; empty without one."""
    base: str | None
    """Id by its canonical address, where that may name it."""
    guid: str | None
    count: int | None
    """The version that its guid counts, where it does."""
    pages: int = 1
    """How many articles of this document lie on its page."""


@dataclass(slots=True)
class Names:
    """The names of a document's entries, in its order, and what the feed's memory has to keep for the next."""

    names: list[Name] = field(default_factory=list)
    shared: tuple[str, ...] = ()


def name_entries(
    entries: Sequence[Entry], feed_url: str, before: Mapping[str, str], shared: Sequence[str] = ()
) -> Names:
    """Name entries, the newest first. `before`: prints by id; `shared`: ids that name nothing, both as remembered."""
    known_shared = set(shared)
    all_seen = [_looked_at(entry, feed_url, known_shared) for entry in entries]
    found_shared = _shared_here(all_seen) | {
        article_id(None, feed_url, entry.guid)[:ID_CHARS] for entry in entries if entry.guid and entry.guid_repeats
    }
    memory = _Memory(before, known_shared | found_shared)
    ids = [memory.id_of(one, feed_url) for one in all_seen]
    found_shared |= memory.found
    latest = _taken(ids, all_seen)
    names = [
        Name(id, one.print, _own_page(one, id, memory.shared | memory.found), shadowed=latest[id] != place)
        for place, (id, one) in enumerate(zip(ids, all_seen, strict=True))
    ]
    kept = dict.fromkeys(key for key in shared if key not in found_shared)
    return Names(names, (*kept, *sorted(found_shared))[-SHARED_KEPT:])


class _Memory:
    """What was seen before, asked for each entry by all the names that it may have gone by."""

    def __init__(self, before: Mapping[str, str], shared: set[str]) -> None:
        self._before = before
        self.shared = shared
        self.found: set[str] = set()
        """Addresses that turned out to name nothing."""
        self._by_show: dict[str, str] | None = None

    def id_of(self, one: _Seen, feed_url: str) -> str:
        for id in _other_ids(one, feed_url) if self._before else ():
            if id[:ID_CHARS] in self._before and id[:ID_CHARS] not in self.shared:
                return id
        for id in _ids_by_link(one, bool(self._before)):
            if (shown := self._before.get(id[:ID_CHARS])) and self._fits(one, id, shown):
                return id
        if known := self._shown_before(one):
            return known
        if one.base is None:
            return next(_other_ids(one, feed_url))
        key = one.base[:ID_CHARS]
        if key in self._before:  # by another article
            self.found.add(key)
        return next(_other_ids(one, feed_url)) if key in self.shared or key in self.found else one.base

    def _fits(self, one: _Seen, id: str, shown: str) -> bool:
        """Whether what was seen under its link is this article, and no other one of that page."""
        then = Print.read(shown)
        if then.shown == one.print.shown or (then.guid and then.guid == one.print.guid):
            return True
        names_nothing = id[:ID_CHARS] in self.shared or one.base is None
        if not then.title:  # remembered by an earlier version
            return not names_nothing
        if then.title == one.print.title:
            return True
        return then.link == one.print.link and not names_nothing

    def _shown_before(self, one: _Seen) -> str | None:
        """The article that had the same guid and showed the very same, under another address."""
        if not one.print.guid:
            return None
        if self._by_show is None:
            prints = ((key, Print.read(shown)) for key, shown in self._before.items())
            self._by_show = {then.shown + then.guid: key for key, then in prints if then.guid}
        return self._by_show.get(one.print.shown + one.print.guid)


def _looked_at(entry: Entry, feed_url: str, shared: set[str]) -> _Seen:
    link = entry.link
    guid = None if entry.guid_repeats else entry.guid
    if guid and shared and article_id(None, feed_url, guid)[:ID_CHARS] in shared:
        guid = None
    counted = _COUNTED.fullmatch(guid) if guid and link else None
    count = int(counted["count"]) if counted and link and _names(counted["stem"], link) else None
    says = guid if count is None or counted is None else counted["stem"]
    base = article_id(link) if link and not is_front(link) else None
    precise = precise_url(link) if link else ""
    return _Seen(entry, print_of(entry, says, precise), precise, base, guid, count)


def _names(stem: str, link: str) -> bool:
    """Whether a guid without its last number says the link again, or the end of it."""
    if "://" in stem:
        return canonical_url(stem) == canonical_url(link)
    last = canonical_url(link).rstrip("/").rpartition("/")[2].partition("?")[0].partition(".")[0]
    return len(last) > 3 and stem.endswith(last)


def _shared_here(all_seen: Iterable[_Seen]) -> set[str]:
    """Addresses under which this document has more than one article; how many is noted with each of them."""
    groups: dict[str, list[_Seen]] = defaultdict(list)
    for one in all_seen:
        if one.base:
            groups[one.base].append(one)
    shared = set()
    for base, group in groups.items():
        if len(group) == 1:
            continue
        articles: list[_Seen] = []
        for one in group:
            if not any(_same(one, other) for other in articles):
                articles.append(one)
        if len(articles) > 1:
            shared.add(base[:ID_CHARS])
            for one in group:
                one.pages = sum(_page(other) == _page(one) for other in articles)
    return shared


def _page(one: _Seen) -> str:
    return (one.entry.link or "").partition("#")[0]


def _same(one: _Seen, other: _Seen) -> bool:
    """Whether two entries of one document under one address are one article."""
    if one.print.title == other.print.title:
        return True
    if not one.print.guid or one.print.guid != other.print.guid:
        return False
    return one.count == other.count or _alike(one.entry.title, other.entry.title)


def _alike(one: str, other: str) -> bool:
    """Whether a headline is another one rewritten: most words of the shorter are in both."""
    words, others = ({word.casefold() for word in _WORD.findall(title)} for title in (one, other))
    return 2 * len(words & others) > min(len(words), len(others))


def _other_ids(one: _Seen, feed_url: str) -> Iterator[str]:
    """What names an entry where its address does not, the best first: guid, precise address, what it says."""
    if one.guid:
        yield article_id(None, feed_url, one.guid)
    link = one.entry.link
    if link and one.precise != canonical_url(link) and (one.base or "#" in one.precise):
        yield id_of_form(one.precise)
    yield article_id(None, feed_url, None, without_identity(one.entry))


def _ids_by_link(one: _Seen, any_before: bool) -> Iterator[str]:
    """The ids that its link gives, today's first; earlier ones are worked out only where that one is not known."""
    if one.base:
        yield one.base
    yield from _former_ids(one, any_before)


def _former_ids(one: _Seen, any_before: bool) -> Iterable[str]:
    """Ids by the link under the canonical form of earlier versions, which its article keeps."""
    if not any_before:
        return
    for link in filter(None, (one.entry.link, one.entry.wrapper)):
        id = id_of_form(former_url(link))
        if id != one.base:
            yield id


def _taken(ids: Sequence[str], all_seen: Sequence[_Seen]) -> dict[str, int]:
    """Of entries that are one article, the place of the one to take: the last version, else the oldest entry."""
    places: dict[str, int] = {}
    for place, id in enumerate(ids):
        known = places.get(id)
        if known is None or (all_seen[place].count or 0) >= (all_seen[known].count or 0):
            places[id] = place
    return places


def _own_page(one: _Seen, id: str, shared: set[str]) -> bool:
    link = one.entry.link
    if not link or one.base is None or one.pages > 1 or len(id) == ID_CHARS:
        return False
    if one.base[:ID_CHARS] not in shared:
        return True
    return "#" not in one.precise and one.precise != canonical_url(link)
