"""From a query's tree to SQLite: one MATCH expression where it can be, SQL conditions for the rest.

Times and exact values are columns of `articles`; words are terms of the full-text tables. FTS5 knows no NOT
that stands alone, so such a one becomes SQL too. Knows no rows and no connection.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from schemas.article import QuoteKind
from stores.query.field import Field, Kind
from stores.query.fields import ANY, ANY_NAMES, ANY_TEXTS, ARTICLE, IN_QUOTE, VALUES
from stores.query.tree import And, Everything, Has, InQuote, Keyword, Node, Not, Or, Range, Words
from stores.sqlite.rows import milliseconds
from stores.sqlite.schema import HELD, QUOTE_BITS, quoted

_QUOTE_KINDS: tuple[str, ...] = get_args(QuoteKind)
_COLUMN = {field.name: f"a.{quoted(field.column)}" for field in VALUES}
_MATCHING = "SELECT rowid FROM article_terms WHERE article_terms MATCH ?"
_QUOTING = f"SELECT rowid >> {QUOTE_BITS} FROM quote_terms WHERE quote_terms MATCH ?"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a row `a` of articles, and its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a query is answered: walk the full-text matches if there is an expression, test each row."""

    match: str | None
    rest: Condition
    least: int | None = None
    """No row id is lower: a row id is `first_seen`, or the next free one."""


def plan(root: Node) -> Plan:
    """The plan for a whole query."""
    parts = root.parts if isinstance(root, And) else (root,)
    match, others = _split(parts)
    starts = [part.start for part in others if isinstance(part, Range) and part.field == "first_seen" and part.start]
    least = max(map(milliseconds, starts), default=None)
    return Plan(match, _joined([condition(part) for part in others], "AND", "1"), least)


def quote_match(node: Node) -> str:
    """The expression on quote_terms for what stands inside quotes:(…)."""
    match node:
        case Everything():
            return _any_of("kind", _QUOTE_KINDS)
        case Has(field):
            return _any_of(HELD, [field])
        case Keyword(_, value, prefix):
            return _any_of("kind", [k for k in _QUOTE_KINDS if k == value or (prefix and k.startswith(value))])
        case Words(field):
            return _in_field(node, IN_QUOTE[field])
        case Not(part):
            return f"({_any_of('kind', _QUOTE_KINDS)} NOT {quote_match(part)})"
        case And(parts):
            return f"({' AND '.join(map(quote_match, parts))})"
        case Or(parts):
            return f"({' OR '.join(map(quote_match, parts))})"
        case _:
            raise TypeError(f"{node} has no meaning inside a quote")


def _split(parts: Sequence[Node]) -> tuple[str | None, list[Node]]:
    """One expression for what the full-text table can decide of these parts together; and what is left."""
    wanted = {part: match for part in parts if (match := _match(part))}
    if not wanted:
        return None, list(parts)
    refused = {part: match for part in parts if isinstance(part, Not) and (match := _match(part.part))}
    expression = _all(list(wanted.values()), list(refused.values()))
    return expression, [part for part in parts if part not in wanted and part not in refused]


def _all(wanted: Sequence[str], refused: Sequence[str]) -> str:
    expression = f"({' AND '.join(wanted)})"
    return f"({expression} NOT ({' OR '.join(refused)}))" if refused else expression


def _match(node: Node) -> str | None:
    """The node as one expression on article_terms, or None where that table cannot decide it."""
    match node:
        case Words(field):
            return _leaf(node, field)
        case Has(field) if field not in _COLUMN:
            return _any_of(HELD, [field])
        case Or(parts):
            matches = [_match(part) for part in parts]
            return None if None in matches else f"({' OR '.join(m for m in matches if m)})"
        case And(parts):
            expression, others = _split(parts)
            return None if others else expression
        case _:
            return None


def _leaf(node: Words, field: str) -> str:
    if field == ANY:
        in_text = _words(node, " ".join(ANY_TEXTS))
        # ~N asks for nearness in running text; names are too short for it.
        return in_text if node.near is not None else f"({in_text} OR {_names(node, ' '.join(ANY_NAMES))})"
    return _in_field(node, ARTICLE[field])


def _in_field(node: Words, field: Field) -> str:
    return _words(node, field.name) if field.kind is Kind.TEXT else _names(node, field.name)


def _words(node: Words, columns: str) -> str:
    forms = [_terms(stems, node) for stems in (node.stems, *(own.marked for own in node.own))]
    return f"{{{columns}}} : " + (f"({' OR '.join(forms)})" if len(forms) > 1 else forms[0])


def _names(node: Words, columns: str) -> str:
    return f"{{{columns}}} : {_terms(node.names, node)}"


def _terms(terms: Sequence[str], node: Words) -> str:
    if node.near is not None:
        # FTS5 counts the words between the first and the last, so those of ours in the middle are added.
        distance = node.near + len(terms) - 2
        return f"NEAR({' '.join(map(_quoted, terms))}, {distance})"
    return _quoted(" ".join(terms)) + (" *" if node.prefix else "")


def _any_of(column: str, values: Sequence[str]) -> str:
    return f"{{{column}}} : ({' OR '.join(map(_quoted, values or ['none']))})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def condition(node: Node) -> Condition:
    """The node as a condition on a row `a` of articles."""
    match node:
        case Everything():
            return Condition("1")
        case Not(part):
            inner = condition(part)
            return Condition(f"NOT {inner.sql}", inner.parameters)
        case InQuote(part):
            return Condition(f"a.rowid IN ({_QUOTING})", (quote_match(part),))
        case Keyword():
            return _keyword(node)
        case Range():
            return _range(node)
        case Has(field):
            return Condition(f"{_COLUMN[field]} IS NOT NULL") if field in _COLUMN else _matching(_any_of(HELD, [field]))
        case And(parts):
            expression, others = _split(parts)
            found = [_matching(expression)] if expression else []
            return _joined([*found, *map(condition, others)], "AND", "1")
        case Or(parts):
            return _any(parts)
        case Words():
            return _matching(_leaf(node, node.field))


def _any(parts: Sequence[Node]) -> Condition:
    matches = [match for part in parts if (match := _match(part))]
    found = [_matching(f"({' OR '.join(matches)})")] if matches else []
    return _joined([*found, *(condition(part) for part in parts if not _match(part))], "OR", "0")


def _matching(expression: str) -> Condition:
    return Condition(f"a.rowid IN ({_MATCHING})", (expression,))


def _joined(conditions: Sequence[Condition], word: str, empty: str) -> Condition:
    if not conditions:
        return Condition(empty)
    sql = f" {word} ".join(condition.sql for condition in conditions)
    return Condition(f"({sql})", tuple(value for condition in conditions for value in condition.parameters))


def _keyword(node: Keyword) -> Condition:
    column = _COLUMN[node.field]
    if node.host:
        return _host(node, column)
    if not node.prefix:
        # IS, not =: for a row without a value it says no, so that NOT says yes.
        return Condition(f"{column} IS ?", (node.value,))
    return Condition(f"substr(ifnull({column}, ''), 1, ?) = ?", (len(node.value), node.value))


def _host(node: Keyword, column: str) -> Condition:
    """A host or those under it: sources are few, and the index knows them all without reading an article."""
    own = column.removeprefix("a.")
    every = (
        f"WITH RECURSIVE h(v) AS (SELECT min({own}) FROM articles UNION ALL"
        f" SELECT (SELECT min({own}) FROM articles WHERE {own} > v) FROM h WHERE v IS NOT NULL)"
    )
    tests = "v GLOB ? OR v GLOB ?" if node.prefix else "v = ? OR substr(v, -length(?) - 1) = '.' || ?"
    forms = (_beginning(node.value), _beginning(f"www.{node.value}")) if node.prefix else (node.value,) * 3
    # A row without a value is said no to, so that NOT says yes.
    return Condition(f"({column} IS NOT NULL AND {column} IN ({every} SELECT v FROM h WHERE {tests}))", forms)


def _beginning(value: str) -> str:
    """A pattern of GLOB for all that begins so."""
    return re.sub(r"[*?\[]", r"[\g<0>]", value) + "*"


def _range(node: Range) -> Condition:
    column = _COLUMN[node.field]
    tests = [f"{column} IS NOT NULL"]
    parameters = []
    for sign, bound in ((">=", node.start), ("<", node.end)):
        if bound is not None:
            tests.append(f"{column} {sign} ?")
            parameters.append(milliseconds(bound))
    return Condition(f"({' AND '.join(tests)})", tuple(parameters))
