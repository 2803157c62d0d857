"""The percolator: which of a hundred thousand standing queries does an article meet? docs/matching.md explains it.

An inverted index over queries: each lies under its rarest required terms (alerts/required_terms.py). The keys of an
article are looked up, and sets of query ids are united and intersected; only queries that this does not decide are
evaluated one by one (alerts/evaluate.py).
"""

import gc
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from alerts.article_terms import ArticleTerms, FieldTerms
from alerts.evaluate import Predicate, predicate
from alerts.required_terms import BEGINNINGS, OWN_SPACES, RequiredTerms, Space, frequency, rarest, required_terms
from stores.query.fields import KEYWORDS, NAMES, NAMES_IN_NAME, TEXTS
from stores.query.hosts import domains
from stores.query.parse import parse
from stores.query.tree import Query

Id = TypeVar("Id", bound=Hashable)
Postings = dict[str, list[Id]]
"""Key -> the ids of the queries that lie under it."""

_HOSTS = frozenset(field.name for field in KEYWORDS if field.host)
_OTHER_TEXTS = tuple(field.name for field in TEXTS if not field.in_any)
_OTHER_NAMES = tuple(field.name for field in NAMES if field not in NAMES_IN_NAME)


# From so many queries on, the collector's full rounds over their trees take as long as matching (half as much again of
# 1,000 articles' time, at 100,000). They stay, and have no circles: what is there now is taken out of the rounds.
_MANY = 1_000


class _Index(NamedTuple, Generic[Id]):
    """The inverted index of one space: four postings by what a hit means."""

    alone: Postings[Id]
    """Queries with one group only: a hit makes a candidate."""
    first: Postings[Id]
    second: Postings[Id]
    """Of other queries the two rarest groups: a hit in both makes a candidate."""
    doubts: Postings[Id]
    """Keys from behind a NOT: a candidate with such a hit must be evaluated."""


_ALONE, _FIRST, _SECOND = range(3)
"""The places of an _Index."""


class Percolator(Generic[Id]):
    """Queries by id. Not for several threads at once."""

    def __init__(self, queries: Mapping[Id, Query]) -> None:
        self._queries: dict[Id, Query] = {}
        self._predicates: dict[Id, Predicate[ArticleTerms]] = {}
        self._spaces: dict[Space, _Index[Id]] = {space: _Index({}, {}, {}, {}) for space in Space}
        self._known: dict[Space, set[str]] = {space: set() for space in Space}
        """All keys of a space, as a set: intersecting it with an article's keys is fast."""
        self._evaluated: set[Id] = set()
        """Queries that hits alone do not decide: evaluated whenever they are candidates."""
        self._without_keys: set[Id] = set()
        """Queries without a required term: evaluated on every article."""
        self._frequency = frequency(query.root for query in queries.values())
        with many_read(len(queries)):
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

    def match(self, article: ArticleTerms, now: datetime) -> set[Id]:
        """The ids of the queries that the article meets. `now` is what `now` means in them."""
        alone, first, second, doubted = (set[Id]() for _ in _Index._fields)
        found = (alone, first, second, doubted)
        for space, lookup in self._spaces.items():
            known = self._known[space]
            if not known:
                continue
            values = known & _values(space, known, article)
            for ids, posting in zip(found, lookup, strict=True):
                ids.update(*map(posting.__getitem__, filter(posting.__contains__, values)))
        candidates = alone | (first & second)
        undecided = (candidates & self._evaluated) | (candidates & doubted) | self._without_keys
        return (candidates - undecided) | {
            identity for identity in undecided if self._predicate(identity, now)(article)
        }

    def _predicate(self, identity: Id, now: datetime) -> Predicate[ArticleTerms]:
        known = self._predicates.get(identity)
        if known is not None:
            return known
        query = self._queries[identity]
        if query.relative:
            return predicate(parse(query.text, now).root)
        # Compiled when first asked for: most of a hundred thousand never are.
        made = self._predicates[identity] = predicate(query.root)
        return made

    def _add(self, identity: Id, query: Query) -> None:
        self._queries[identity] = query
        required = required_terms(query.root, self._frequency)
        if not required.groups:
            self._without_keys.add(identity)
        elif not required.complete or len(required.groups) > 2:
            self._evaluated.add(identity)
        for space, posting, value in self._slots(required):
            ids = posting.get(value)
            if ids is None:
                posting[value] = [identity]
                self._known[space].add(value)
            else:
                ids.append(identity)

    def _remove(self, identity: Id) -> None:
        query = self._queries.pop(identity, None)
        if query is None:
            return
        for space, posting, value in self._slots(required_terms(query.root, self._frequency)):
            posting[value].remove(identity)
            if not posting[value]:
                del posting[value]
            if not any(value in other for other in self._spaces[space]):
                self._known[space].discard(value)
        self._predicates.pop(identity, None)
        self._evaluated.discard(identity)
        self._without_keys.discard(identity)

    def _slots(self, required: RequiredTerms) -> list[tuple[Space, Postings[Id], str]]:
        """Where a query lies in the index; the same each time for the same terms, so that `_remove` finds it."""
        groups, spaces = rarest(required.groups)[:2], self._spaces
        if not groups:
            return []
        places = (_ALONE,) if len(groups) == 1 else (_FIRST, _SECOND)
        found = [
            (space, spaces[space][place], value)
            for place, group in zip(places, groups, strict=True)
            for space, value in group.keys
        ]
        return found + [(space, spaces[space].doubts, value) for space, value in dict.fromkeys(required.doubts)]


@contextmanager
def many_read(number: int) -> Iterator[None]:
    """While so many queries are read and indexed: the collector's rounds over what is there already would take a
    third of the time, and find nothing. What is there then is taken out of its rounds; what was garbage before would
    stay for good, so it is collected first. Within another one: nothing."""
    if number < _MANY or not gc.isenabled():
        yield
        return
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _values(space: Space, known: Iterable[str], article: ArticleTerms) -> set[str]:
    """All keys that an article has in a space."""
    if space in OWN_SPACES and article.own is None:
        return set()
    if space in (Space.TEXT, Space.OWN_TEXT):
        return article.text_keys
    if space is Space.KEYWORD:
        return {
            f"{field}:{form}"
            for field, value in article.document.keywords.items()
            if value is not None
            for form in (domains(value) if field in _HOSTS else (value,))
        }
    fields = list(_fields(space, article))
    if space in BEGINNINGS:
        lengths = {len(value) for value in known}
        return {term[:length] for field in fields for term in set(field.terms) for length in lengths}
    return {value for field in fields for value in field.keys}


def _fields(space: Space, article: ArticleTerms) -> Iterator[FieldTerms]:
    if space in (Space.TEXT, Space.TEXT_BEGINNING):
        yield from article.any_texts
    elif space in (Space.NAME, Space.NAME_BEGINNING):
        yield from article.any_names  # they hold those of person, place and the other kinds as well
    elif space in (Space.OTHER_NAME, Space.OTHER_NAME_BEGINNING):
        yield from map(article.names, _OTHER_NAMES)
    else:
        yield from (quote.text for quote in article.quotes)
        yield from map(article.text, _OTHER_TEXTS)
