"""Completion of a query that is being typed: fields, and names that the archive has."""

import re
from collections.abc import Iterator

from schemas.clock import Clock
from stores.analysis.tokens import name_terms
from stores.query import QueryError, parse
from stores.query.fields import ARTICLE
from stores.query.writing import phrase
from stores.store import FACETS, Store

MOST = 12
"""Completions given: as many as a list below a box has room for."""
# Kinds of names that are looked for where no field is typed, most wanted first.
NAMES = ("person", "organisation", "place", "product")
_LAST = re.compile(r'(?P<before>.*?)(?:(?P<field>\w+):)?(?P<part>"?[^\s()":\[\]{}]*)$', re.DOTALL)
# One letter begins every second name.
_SHORTEST = 2


def completions(store: Store, typed: str, clock: Clock) -> tuple[str, ...]:
    """Whole queries that `typed` may become, by its last word; none where nothing fits."""
    last = _LAST.fullmatch(typed)
    if last is None or last["before"].count('"') % 2:  # within quote marks any word may follow
        return ()
    before, field, part = last["before"], last["field"], last["part"].removeprefix('"')
    found = [*_fields(part)] if field is None and part else []
    if len(part) >= _SHORTEST:
        fields = NAMES if field is None else (field.lower(),)
        known = [name for name in fields if name in FACETS]
        found += _names(store, known, part, clock) if known else []
    return tuple(before + one for one in found[:MOST])


def _fields(part: str) -> Iterator[str]:
    return (f"{name}:" for name in ARTICLE if name.startswith(part.lower()))


def _names(store: Store, fields: list[str], part: str, clock: Clock) -> Iterator[str]:
    """The most frequent values of these fields with a word that begins so, in the newest articles that have one."""
    try:
        wanted = parse(" OR ".join(f"{field}:{part}*" for field in fields), clock())
    except QueryError:  # a sign that no name has
        return
    facets = store.search(wanted, 0, facets=fields).facets
    begins = name_terms(part)[-1:]
    ranked = sorted(
        ((number, field, value) for field in fields for value, number in facets.get(field, ())), key=lambda one: -one[0]
    )
    for _, field, value in ranked:
        if begins and any(term.startswith(begins[0]) for term in name_terms(value)):
            yield phrase(field, value)
