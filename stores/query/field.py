"""What a search field is: its name, how its words are compared, and what an article holds under it.

stores/query/fields.py is the table of all of them. Knows nothing of syntax or engines.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from schemas.article import EntityKind, WireArticle


class Kind(Enum):
    """How a field's words are compared."""

    TEXT = "running text: folded and stemmed"
    NAME = "names: folded, not stemmed; a phrase stays within one name"
    KEYWORD = "one exact value, case aside; a * at the end is allowed"
    TIME = "a moment in UTC: a day, a range, >= or <"
    QUOTE = "one and the same quote meets all of it"


@dataclass(frozen=True, slots=True)
class Field:
    """A field by the name that a query uses."""

    name: str
    kind: Kind
    meaning: str
    aliases: tuple[str, ...] = field(default=(), kw_only=True)
    in_any: bool = field(default=False, kw_only=True)
    """A word that names no field is looked for here."""
    beside_quotes: bool = field(default=True, kw_only=True)
    """Elasticsearch keeps it beside each quote too, so that one filter in Kibana serves articles and quotes."""

    @property
    def stored(self) -> str:
        """What it is called in Elasticsearch."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(Field):
    """Running text."""

    kind: Kind = field(default=Kind.TEXT, init=False)
    of: Callable[[WireArticle], str]
    short: bool = False
    """So short that Kibana may list and count it as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameField(Field):
    """Names, several in an article."""

    kind: Kind = field(default=Kind.NAME, init=False)
    of: Callable[[WireArticle], Iterable[str | None]]
    facet: bool = False
    """Its most frequent values can be counted."""
    counted: Callable[[WireArticle], Iterable[str | None]] | None = None
    """What is counted, if not all that is found: the canonical names."""
    plural: str = ""
    """What its counted values are called, if not by an added s."""
    entities: tuple[EntityKind, ...] = ()
    """The kinds of entities whose names it holds; `name` holds them all."""

    @property
    def counted_as(self) -> str:
        """What its counted values are called in Elasticsearch and Kibana."""
        return self.plural or f"{self.name}s"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordField(Field):
    """One exact value, or none."""

    kind: Kind = field(default=Kind.KEYWORD, init=False)
    of: Callable[[WireArticle], str | None]
    facet: bool = False
    """Its most frequent values can be counted."""
    host: bool = False
    """Its values are hosts, found by the domains that they lie under."""
    record: str = ""
    """The record's field that it is, if not of its name."""
    sql: str = ""
    """Its column in SQLite, if not its name."""

    @property
    def stored(self) -> str:
        """What it is called in Elasticsearch, which keeps the record's names."""
        return self.record or self.name

    @property
    def column(self) -> str:
        """Its column in SQLite."""
        return self.sql or self.name

    @property
    def counted_as(self) -> str:
        """Elasticsearch counts the value itself."""
        return self.stored


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeField(Field):
    """A moment, or none."""

    kind: Kind = field(default=Kind.TIME, init=False)
    of: Callable[[WireArticle], datetime | None]

    @property
    def column(self) -> str:
        """Its column in SQLite."""
        return self.name
