"""Standing queries, a hundred thousand of them, and which of them an article meets.

Each query waits under the rarest things it needs (alerts/keys.py). What an article has is looked up, and sets of
queries are joined and cut; only what that does not decide is judged one by one.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from alerts.keys import BEGINNINGS, Group, Needs, Space, frequency, needs, rarest
from alerts.meaning import Judge, judge
from alerts.view import Field, View
from stores.query.parse import parse
from stores.query.tree import Query

Id = TypeVar("Id", bound=Hashable)
Posting = dict[str, list[Id]]
"""Key -> the queries under it."""


class _Lookup(NamedTuple, Generic[Id]):
    """The queries by the keys of one space."""

    alone: Posting[Id]
    """One group is all they have."""
    first: Posting[Id]
    second: Posting[Id]
    """Of the others, the two rarest groups: both must be there."""
    doubts: Posting[Id]
    """Who has one of these must be judged."""


class Matcher(Generic[Id]):
    """Queries by id. Not for several threads at once."""

    def __init__(self, queries: Mapping[Id, Query]) -> None:
        self._queries: dict[Id, Query] = {}
        self._judges: dict[Id, Judge[View]] = {}
        self._spaces: dict[Space, _Lookup[Id]] = {space: _Lookup({}, {}, {}, {}) for space in Space}
        self._known: dict[Space, set[str]] = {space: set() for space in Space}
        """All keys of a space: a set, because sets meet fast."""
        self._judged: set[Id] = set()
        """Those that their keys do not decide."""
        self._unkeyed: set[Id] = set()
        """Of these, those without any."""
        self._frequency = frequency(query.root for query in queries.values())
        self.update(queries)

    def __len__(self) -> int:
        return len(self._queries)

    def update(self, changed: Mapping[Id, Query], removed: Iterable[Id] = ()) -> None:
        """Add queries, or put them in the place of those with the same id; take others out."""
        for gone in removed:
            self._remove(gone)
        for identity, query in changed.items():
            self._remove(identity)
            self._add(identity, query)

    def match(self, view: View, now: datetime) -> set[Id]:
        """The ids of the queries that the article meets. `now` is what `now` means in them."""
        alone, first, second, doubted = (set[Id]() for _ in _Lookup._fields)
        found = (alone, first, second, doubted)
        for space, lookup in self._spaces.items():
            known = self._known[space]
            if not known:
                continue
            values = known & _values(space, known, view)
            for ids, posting in zip(found, lookup, strict=True):
                ids.update(*map(posting.__getitem__, filter(posting.__contains__, values)))
        candidates = alone | (first & second)
        open_ones = (candidates & self._judged) | (candidates & doubted) | self._unkeyed
        return (candidates - open_ones) | {identity for identity in open_ones if self._judge(identity, now)(view)}

    def _judge(self, identity: Id, now: datetime) -> Judge[View]:
        known = self._judges.get(identity)
        if known is not None:
            return known
        query = self._queries[identity]
        if query.relative:
            return judge(parse(query.text, now).root)
        # Made when it is first asked: most of a hundred thousand never are.
        made = self._judges[identity] = judge(query.root)
        return made

    def _add(self, identity: Id, query: Query) -> None:
        self._queries[identity] = query
        needed = needs(query.root, self._frequency)
        if not needed.groups:
            self._unkeyed.add(identity)
        elif not needed.complete or len(needed.groups) > 2:
            self._judged.add(identity)
        for space, posting, value in self._places(needed):
            posting.setdefault(value, []).append(identity)
            self._known[space].add(value)

    def _remove(self, identity: Id) -> None:
        query = self._queries.pop(identity, None)
        if query is None:
            return
        for space, posting, value in self._places(needs(query.root, self._frequency)):
            posting[value].remove(identity)
            if not posting[value]:
                del posting[value]
            if not any(value in other for other in self._spaces[space]):
                self._known[space].discard(value)
        self._judges.pop(identity, None)
        self._judged.discard(identity)
        self._unkeyed.discard(identity)

    def _places(self, needed: Needs) -> Iterator[tuple[Space, Posting[Id], str]]:
        """Where a query with such needs waits; the same for the same needs, so that it is found again."""
        groups = rarest(needed.groups)[:2]
        if not groups:
            return
        names = ("alone",) if len(groups) == 1 else ("first", "second")
        doubts = Group(tuple(dict.fromkeys(needed.doubts)), 0)
        for name, group in zip((*names, "doubts"), (*groups, doubts), strict=True):
            for space, value in group.keys:
                yield space, getattr(self._spaces[space], name), value


def _values(space: Space, known: Iterable[str], view: View) -> set[str]:
    """All that an article has in a space."""
    if space is Space.TEXT:
        return view.text_keys
    if space is Space.KEYWORD:
        return {f"{field}:{value}" for field, value in view.document.keywords.items() if value is not None}
    fields = list(_fields(space, view))
    if space in BEGINNINGS:
        lengths = {len(value) for value in known}
        return {term[:length] for field in fields for term in set(field.terms) for length in lengths}
    return {value for field in fields for value in field.keys}


def _fields(space: Space, view: View) -> Iterator[Field]:
    if space in (Space.TEXT, Space.TEXT_BEGINNING):
        yield from (view.text("title"), view.text("text"))
    elif space in (Space.NAME, Space.NAME_BEGINNING):
        yield view.names("name")  # the fields of one kind of name hold some of these
    elif space in (Space.SPEAKER, Space.SPEAKER_BEGINNING):
        yield view.names("speaker")
    else:
        yield from (quote.text for quote in view.quotes)
