"""The tree that a query becomes: eight small frozen shapes. Knows nothing of syntax or engines.

`str(node)` writes a node back in the query language.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from stores.analysis.languages import marked


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article, or inside quotes:(…) every quote."""

    def __str__(self) -> str:
        return "*"


class Own(NamedTuple):
    """Words as a language's own analyser reads them: terms of the running text of its articles."""

    language: str
    stems: tuple[str, ...]

    @property
    def marked(self) -> tuple[str, ...]:
        """As they stand among the terms of a field (stores/analysis/languages.py)."""
        return tuple([marked(self.language, stem) for stem in self.stems])


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand next to each other in one field (or near, see `near`), or the beginning of one word.

    `stems` are compared with running text, `names` with names: each engine takes what its field holds.
    """

    field: str
    typed: str
    stems: tuple[str, ...]
    names: tuple[str, ...]
    prefix: bool = False
    """The one word is only a beginning; its stem is cut to what it shares with the word as typed."""
    near: int | None = None
    """In any order, with at most this many other words between: all distinct, at least two."""
    own: tuple[Own, ...] = ()
    """What else they are in running text, in languages that have an analyser of their own."""

    def __str__(self) -> str:
        return self.typed if self.field == "any" else f"{self.field}:{self.typed}"


@dataclass(frozen=True, slots=True)
class Keyword:
    """One exact value in lower case, or its beginning."""

    field: str
    value: str
    prefix: bool = False
    host: bool = False
    """It is a host: also found with www, and where it is a domain, by every host under it (stores/query/hosts.py)."""

    def __str__(self) -> str:
        return f"{self.field}:{self.value}*" if self.prefix else f'{self.field}:"{self.value}"'


@dataclass(frozen=True, slots=True)
class Has:
    """The field holds anything at all."""

    field: str

    def __str__(self) -> str:
        return f"{self.field}:*"


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of time in whole seconds, half-open: start <= moment < end. None is no bound."""

    field: str
    start: datetime | None
    end: datetime | None

    def __str__(self) -> str:
        start, end = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else "*" for moment in self._bounds())
        return f"{self.field}:[{start} TO {end}" + ("}" if self.end else "]")

    def _bounds(self) -> tuple[datetime | None, datetime | None]:
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class InQuote:
    """One and the same quote meets `part`."""

    part: "Node"

    def __str__(self) -> str:
        return f"quotes:({self.part})"


@dataclass(frozen=True, slots=True)
class Not:
    """Does not meet `part`."""

    part: "Node"

    def __str__(self) -> str:
        return f"NOT {_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class And:
    """Meets every part; two or more."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return " AND ".join(_grouped(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Meets at least one part; two or more."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return str(self.parts[0]) if _is_one_word(self) else " OR ".join(map(_grouped, self.parts))


Node = Everything | Words | Keyword | Has | Range | InQuote | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was typed, and what it means."""

    text: str
    root: Node
    relative: bool = False
    """It speaks of `now`: a standing query has to be parsed again before it is asked again."""

    def __str__(self) -> str:
        return str(self.root)


def _grouped(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or) and not _is_one_word(node) else str(node)


def _is_one_word(node: Node) -> bool:
    """Whether it holds the spellings of one word: it is written as it was typed."""
    words = node.parts if isinstance(node, Or) else ()
    return bool(words) and len({str(part) if _has_one_word(part) else id(part) for part in words}) == 1


def _has_one_word(node: Node) -> bool:
    return isinstance(node, Words) or _is_one_word(node)
