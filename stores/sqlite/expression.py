"""From a query's tree to FTS5's expressions: as much as the full-text tables can decide.

FTS5 knows no NOT that stands alone: what is left is for SQL (sql.py). Knows no rows and no connection.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import get_args

from schemas.article import QuoteKind
from stores.query.field import Field, Kind
from stores.query.fields import ANY, ANY_NAMES, ANY_TEXTS, ARTICLE, IN_QUOTE
from stores.query.tree import And, Everything, Has, Keyword, Node, Not, Or, Range, Words
from stores.sqlite.schema import HELD
from stores.sqlite.values import time_terms, value_term

_QUOTE_KINDS: tuple[str, ...] = get_args(QuoteKind)


def quote_match(node: Node) -> str:
    """The expression on quote_terms for what stands inside quotes:(…)."""
    match node:
        case Everything():
            return any_of("kind", _QUOTE_KINDS)
        case Has(field):
            return any_of(HELD, [field])
        case Keyword(_, value, prefix):
            return any_of("kind", [k for k in _QUOTE_KINDS if k == value or (prefix and k.startswith(value))])
        case Words(field):
            return _in_field(node, IN_QUOTE[field])
        case Not(part):
            return f"({any_of('kind', _QUOTE_KINDS)} NOT {quote_match(part)})"
        case And(parts):
            return f"({' AND '.join(map(quote_match, parts))})"
        case Or(parts):
            return f"({' OR '.join(map(quote_match, parts))})"
        case _:
            raise TypeError(f"{node} has no meaning inside a quote")


def split(parts: Sequence[Node]) -> tuple[str | None, list[Node]]:
    """One expression for what the full-text table can decide of these parts together; and what is left."""
    wanted = {part: match for part in parts if (match := match_of(part))}
    near = [bounds for part in parts if part not in wanted and (bounds := _bounds(part))]
    if not wanted and not near:
        return None, list(parts)
    refused = {part: match for part in parts if isinstance(part, Not) and (match := match_of(part.part))}
    expression = _all([*wanted.values(), *near], list(refused.values()))
    return expression, [part for part in parts if part not in wanted and part not in refused]


def _bounds(node: Node) -> str | None:
    """An expression that holds wherever the node does, and on the same days elsewhere; None where there is no such."""
    match node:
        case Range(field, start, end) if start and end and (days := time_terms(field, start, end)):
            return any_of(HELD, days[0])
        case Or(parts):
            found = [match_of(part) or _bounds(part) for part in parts]
            return None if None in found else f"({' OR '.join(one for one in found if one)})"
        case And(parts):
            return split(parts)[0]
        case _:
            return None


def _all(wanted: Sequence[str], refused: Sequence[str]) -> str:
    expression = f"({' AND '.join(wanted)})"
    return f"({expression} NOT ({' OR '.join(refused)}))" if refused else expression


def match_of(node: Node) -> str | None:
    """The node as one expression on article_terms, or None where that table cannot decide it."""
    match node:
        case Words(field):
            return leaf(node, field)
        case Has(field):
            return any_of(HELD, [field])
        case Keyword(field, value, False):
            return any_of(HELD, [value_term(field, value)])
        case Range(field, start, end) if start and end and (days := time_terms(field, start, end)):
            return any_of(HELD, days[0]) if days[1] else None
        case Or(parts):
            matches = [match_of(part) for part in parts]
            return None if None in matches else f"({' OR '.join(m for m in matches if m)})"
        case And(parts):
            expression, others = split(parts)
            return None if others else expression
        case _:
            return None


def leaf(node: Words, field: str) -> str:
    if field == ANY:
        # ~N asks for nearness in running text; names are too short for it.
        return _words(node, ANY_TEXTS, ANY_NAMES if node.near is None else ())
    return _in_field(node, ARTICLE[field])


def _in_field(node: Words, field: Field) -> str:
    return _words(node, [field.name], ()) if field.kind is Kind.TEXT else _words(node, (), [field.name])


def _words(node: Words, texts: Sequence[str], names: Sequence[str]) -> str:
    """In columns of running text or of names. A form is asked for once, in all columns that may hold it: each has to be
    read from its first article on."""
    columns: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for form, where in ((node.stems, texts), (node.names, names), *((own.marked, texts) for own in node.own)):
        columns[form] += where
    found = [f"{{{' '.join(where)}}} : {_terms(form, node)}" for form, where in columns.items() if where]
    return f"({' OR '.join(found)})" if len(found) > 1 else found[0]


def _terms(terms: Sequence[str], node: Words) -> str:
    if node.near is not None:
        # FTS5 counts the words between the first and the last, so those of ours in the middle are added.
        distance = node.near + len(terms) - 2
        return f"NEAR({' '.join(map(_quoted, terms))}, {distance})"
    return _quoted(" ".join(terms)) + (" *" if node.prefix else "")


def any_of(column: str, values: Sequence[str]) -> str:
    return f"{{{column}}} : ({' OR '.join(map(_quoted, values or ['none']))})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
