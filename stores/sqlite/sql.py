"""From a query's tree to SQLite: one MATCH expression where it can be (expression.py), SQL conditions for the rest.

Words are terms of the full-text tables; times and exact values are that, too, and columns of `articles`, by which one
article is tested. Knows no rows and no connection.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stores.query.fields import VALUES
from stores.query.tree import And, Everything, Has, InQuote, Keyword, Node, Not, Or, Range, Words
from stores.sqlite.expression import any_of, leaf, match_of, quote_match, split
from stores.sqlite.rows import milliseconds
from stores.sqlite.schema import HELD, QUOTE_BITS, quoted

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
    columns: Condition
    """What the columns of an article can decide of the whole query; all that `rest` does is there, too."""
    worded: bool
    """The expression asks for words, not for exact values alone."""
    least: int | None = None
    """No row id is lower: a row id is `first_seen`, or the next free one."""


def plan(root: Node) -> Plan:
    """The plan for a whole query."""
    parts = root.parts if isinstance(root, And) else (root,)
    match, others = split(parts)
    starts = [part.start for part in parts if isinstance(part, Range) and part.field == "first_seen" and part.start]
    least = max(map(milliseconds, starts), default=None)
    known = [part for part in parts if part in others or _in_columns(part)]
    return Plan(
        match=match,
        rest=together([condition(part) for part in others]),
        columns=together([condition(part) for part in known]),
        worded=len(known) < len(parts),
        least=least,
    )


def _in_columns(node: Node) -> bool:
    """Whether the columns of an article say it all."""
    match node:
        case And(parts) | Or(parts):
            return all(map(_in_columns, parts))
        case Not(part):
            return _in_columns(part)
        case Has(field):
            return field in _COLUMN
        case _:
            return isinstance(node, Keyword | Range)


def condition(node: Node) -> Condition:
    """The node as a condition on a row `a` of articles: what its columns say is asked of them."""
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
            return Condition(f"{_COLUMN[field]} IS NOT NULL") if field in _COLUMN else _matching(any_of(HELD, [field]))
        case And(parts):
            known = [part for part in parts if _in_columns(part)]
            expression, others = split([part for part in parts if part not in known])
            found = [_matching(expression)] if expression else []
            return together([*found, *map(condition, (*known, *others))])
        case Or(parts):
            return _any(parts)
        case Words():
            return _matching(leaf(node, node.field))


def together(conditions: Sequence[Condition]) -> Condition:
    """All of them."""
    return _joined(conditions, "AND", "1")


def _any(parts: Sequence[Node]) -> Condition:
    matches = {part: match for part in parts if not _in_columns(part) and (match := match_of(part))}
    found = [_matching(f"({' OR '.join(matches.values())})")] if matches else []
    return _joined([*found, *(condition(part) for part in parts if part not in matches)], "OR", "0")


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
