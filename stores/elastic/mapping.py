"""What Elasticsearch is told about our documents: the analysers, and the mapping of each kind of index.

A mapping has the fields of the record and those of the table of search fields (stores/query/fields.py). It is strict: a
field that nobody thought of is refused, not guessed. Fields that only search needs (person, people, location …) stand
beside those of the record. A quote has its article's people, places … under the same names, so that one filter in
Kibana serves both; its `speakers` is its own speaker alone. Aliases carry the names of the query language, so that
Kibana knows them too. mappings/*.json is the same to read, written by `make docs`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from stores.analysis.languages import OWN
from stores.analysis.settings import ANALYSIS
from stores.elastic.record_fields import EXACT, NAME, RECORDS, TEXT, TIME, TITLE, VALUE, own_field, own_fields
from stores.query.field import Field, KeywordField, NameField, TextField, TimeField
from stores.query.fields import ANY_NAMES, ANY_TEXTS, FIELDS, TEXTS

__all__ = ["ANALYSIS", "DEFAULT_FIELDS", "GENERATION", "MAPPINGS", "mapping"]

# Raise it when a mapping, the terms of the analysis or the order change: indexes of an older one are rebuilt by
# `index upgrade`.
GENERATION = 7

_FIELDS = {"articles": FIELDS, "quotes": tuple(field for field in FIELDS if field.beside_quotes)}
MAPPINGS = tuple(RECORDS)
_OWN_TEXTS = {
    "articles": (*(field.stored for field in TEXTS), "quotes.text"),
    "quotes": (*(field.stored for field in TEXTS if field.beside_quotes), "text"),
}
"""The running text that is read in its own language as well."""
DEFAULT_FIELDS = {
    "articles": (*ANY_TEXTS, *(name for field in ANY_TEXTS for name in own_fields(field)), *ANY_NAMES),
    "quotes": ("text", *own_fields("text")),
    "revisions": ("article_id",),
    "alerts": ("title", "why"),
    "operations": ("title", "problem", "error"),
}
"""Where a word is looked for that names no field."""


def mapping(name: str) -> dict[str, Any]:
    """The mapping of an index: one of MAPPINGS."""
    properties = {**RECORDS[name], **_searched(_FIELDS.get(name, ()))}
    found: dict[str, Any] = {"dynamic": "strict", "properties": properties, "_meta": {"generation": GENERATION}}
    own = [own_field(field, language) for field in _OWN_TEXTS.get(name, ()) for language in OWN]
    return {**found, "_source": {"excludes": own}} if own else found


def _searched(fields: Sequence[Field]) -> dict[str, Any]:
    """What the fields are searched and counted by, and their other names."""
    return {name: known for field in fields for name, known in (*_own(field), *_aliases(field))}


def _own(field: Field) -> Iterable[tuple[str, dict[str, Any]]]:
    match field:
        case TextField():
            yield field.stored, TITLE if field.short else TEXT
            yield from own_fields(field.stored).items()
        case KeywordField():
            yield field.stored, VALUE
        case TimeField():
            yield field.stored, TIME
        case NameField():
            yield field.name, NAME
            if field.facet:
                yield field.counted_as, EXACT


def _aliases(field: Field) -> Iterable[tuple[str, dict[str, Any]]]:
    """Its names in a query that are not the field's own here. Elasticsearch has none for a whole object."""
    stored = [name for name, _ in _own(field)][:1]
    for path in stored:
        for name in (field.name, *field.aliases):
            if name != path:
                yield name, {"type": "alias", "path": path}
