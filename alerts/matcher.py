"""Standing queries, a hundred thousand of them, and which of them an article meets.

Each query waits under a few keys (alerts/keys.py); an article is judged only by those whose key it has.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from alerts.keys import Key, Space, keys_of
from alerts.meaning import meets
from alerts.view import Field, View
from stores.query.parse import parse
from stores.query.tree import And, InQuote, Node, Not, Or, Query, Words

Id = TypeVar("Id", bound=Hashable)


class _Standing(NamedTuple):
    """A query that waits."""

    query: Query
    keys: tuple[Key, ...] | None
    certain: bool
    """Its key is all it asks: who has it, meets it."""


class Matcher(Generic[Id]):
    """Queries by id. Not for several threads at once."""

    def __init__(self, queries: Mapping[Id, Query]) -> None:
        self._standing: dict[Id, _Standing] = {}
        self._waiting: dict[Space, dict[str, list[Id]]] = {space: {} for space in Space}
        self._unkeyed: dict[Id, None] = {}
        self._frequency = Counter(term for query in queries.values() for term in _terms(query.root))
        self.update(queries)

    def __len__(self) -> int:
        return len(self._standing)

    def update(self, changed: Mapping[Id, Query], removed: Iterable[Id] = ()) -> None:
        """Add queries, or put them in the place of those with the same id; take others out."""
        for gone in removed:
            self._remove(gone)
        for identity, query in changed.items():
            self._remove(identity)
            self._add(identity, query)

    def match(self, view: View, now: datetime) -> list[Id]:
        """The ids of the queries that the article meets, in no order. `now` is what `now` means in them."""
        met: list[Id] = []
        for identity in self._candidates(view):
            standing = self._standing[identity]
            if standing.certain or meets(_root(standing.query, now), view):
                met.append(identity)
        return met

    def _candidates(self, view: View) -> dict[Id, None]:
        found = dict(self._unkeyed)
        for space, waiting in self._waiting.items():
            if waiting:
                for value in waiting.keys() & _values(space, waiting, view):
                    found.update(dict.fromkeys(waiting[value]))
        return found

    def _add(self, identity: Id, query: Query) -> None:
        keys = keys_of(query.root, self._frequency)
        self._standing[identity] = _Standing(query, keys, _is_certain(query.root, keys))
        if keys is None:
            self._unkeyed[identity] = None
            return
        for space, value in keys:
            self._waiting[space].setdefault(value, []).append(identity)

    def _remove(self, identity: Id) -> None:
        standing = self._standing.pop(identity, None)
        if standing is None:
            return
        self._unkeyed.pop(identity, None)
        for space, value in standing.keys or ():
            waiting = self._waiting[space][value]
            waiting.remove(identity)
            if not waiting:
                del self._waiting[space][value]


def _values(space: Space, waiting: Mapping[str, object], view: View) -> set[str]:
    """All that an article has in a space."""
    if space is Space.KEYWORD:
        return {f"{field}:{value}" for field, value in view.document.keywords.items() if value is not None}
    kind, beginnings = _SPACES[space]
    fields = list(_fields(kind, view))
    if beginnings:
        lengths = {len(value) for value in waiting}
        return {term[:length] for field in fields for term in set(field.terms) for length in lengths}
    return {value for field in fields for value in field.keys}


_SPACES = {
    Space.TEXT: (Space.TEXT, False),
    Space.NAME: (Space.NAME, False),
    Space.SAID: (Space.SAID, False),
    Space.TEXT_BEGINNING: (Space.TEXT, True),
    Space.NAME_BEGINNING: (Space.NAME, True),
    Space.SAID_BEGINNING: (Space.SAID, True),
}


def _fields(space: Space, view: View) -> Iterator[Field]:
    if space is Space.TEXT:
        yield from (view.text("title"), view.text("text"))
    elif space is Space.NAME:
        # every other field of names holds some of these
        yield from (view.names("name"), view.names("speaker"))
    else:
        yield from (quote.text for quote in view.quotes)


def _is_certain(root: Node, keys: tuple[Key, ...] | None) -> bool:
    """A word, or two next to each other, in a field that a space of keys is made of."""
    if not isinstance(root, Words) or root.prefix or root.near is not None or keys is None:
        return False
    return root.field == "any" and max(len(root.stems), len(root.names)) <= 2


def _root(query: Query, now: datetime) -> Node:
    return parse(query.text, now).root if query.relative else query.root


def _terms(node: Node) -> Iterator[str]:
    match node:
        case Words():
            yield from {*node.stems, *node.names}
        case And(parts) | Or(parts):
            for part in parts:
                yield from _terms(part)
        case Not(part) | InQuote(part):
            yield from _terms(part)
