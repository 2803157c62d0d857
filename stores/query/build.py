"""Builds the query tree: from the syntax tree to ours, with what words mean in their fields.

Knows the fields, not the engines. What analyses to nothing ("—") is left out, here and so everywhere.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from stores.query import fields
from stores.query.errors import QueryError
from stores.query.field import Field, Kind
from stores.query.fields import ANY
from stores.query.syntax import Either, Fielded, Negated, Syntax, Token
from stores.query.terms import keyword, phrase, time_range, time_value, word
from stores.query.tree import And, Everything, Has, InQuote, Node, Not, Or, Range

# Lucene refuses 1,024 clauses; a newsroom's standing query has some dozens.
MOST_CLAUSES = 256
# Elasticsearch refuses queries nested 30 deep, and a leaf may need two levels of its own there.
DEEPEST = 25


@dataclass(frozen=True)
class _Place:
    """Where in the query we are: what a word without a field means, and which fields there are."""

    field: Field | None = None
    in_quote: bool = False

    def enter(self, name: Token) -> "_Place":
        """Inside the field of this name. Raises QueryError where there is none."""
        known = fields.IN_QUOTE if self.in_quote else fields.ARTICLE
        typed = name.text.rstrip(":")
        position = name.start
        if self.field is not None:
            raise QueryError(f"“{typed}:” stands inside “{self.field.name}:(…)”", position)
        field = known.get(typed.lower())
        if field is None:
            raise QueryError(_unknown(typed, known, self.in_quote), position, _choice(known))
        return _Place(in_quote=True) if field.kind is Kind.QUOTE else replace(self, field=field)


class Builder:
    """Builds one query; `now` is what now means. `relative` tells afterwards whether it was spoken of."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._clauses = 0
        self.relative = False

    def root(self, syntax: Syntax, in_quote: bool = False) -> Node:
        """The whole query. Raises QueryError where nothing in it can be searched for."""
        node = self._node(syntax, _Place(in_quote=in_quote))
        if node is None:
            raise QueryError("nothing here can be searched for: no letter and no digit", 0, "a word")
        if _depth(node) > DEEPEST:
            raise QueryError(f"AND, OR and NOT are nested deeper than {DEEPEST}", 0)
        return node

    def _node(self, syntax: Syntax, place: _Place) -> Node | None:
        if isinstance(syntax, Token):
            return self._leaf(syntax, place)
        if isinstance(syntax, Fielded):
            return self._fielded(syntax, place)
        if isinstance(syntax, Negated):
            node = self._node(syntax.part, place)
            return node if node is None else Not(node)
        parts = tuple([node for part in syntax.parts if (node := self._node(part, place)) is not None])
        if len(parts) > 1:
            return Or(parts) if isinstance(syntax, Either) else And(parts)
        return parts[0] if parts else None

    def _fielded(self, syntax: Fielded, place: _Place) -> Node | None:
        inside, value = place.enter(syntax.name), syntax.value
        enters_quote = inside.in_quote and not place.in_quote
        if enters_quote and isinstance(value, Token) and value.kind == "VALUE" and ":" in value.text:
            raise QueryError("fields of a quote stand in parentheses", value.start, f"{syntax.name.text}({value.text})")
        node = self._node(value, inside)
        return InQuote(node) if node and enters_quote else node

    def _leaf(self, token: Token, place: _Place) -> Node | None:
        field = place.field
        kind = Kind.TEXT if field is None else field.kind
        if token.kind == "EVERYTHING" or (token.text == "*" and token.kind != "PHRASE"):
            node: Node | None = Everything() if field is None else Has(field.name)
        elif token.kind == "RANGE":
            node = self._range(token, field)
        elif field is not None and kind is Kind.TIME:
            node = self._time(token, field)
        elif field is not None and kind is Kind.KEYWORD:
            node = keyword(field.name, token)
        else:
            node = (phrase if token.kind == "PHRASE" else word)(_words_field(place), token)
        return self._counted(node, token)

    def _range(self, token: Token, field: Field | None) -> Node:
        if field is None or field.kind is not Kind.TIME:
            where = f"“{field.name}:”" if field else "quotes:"
            raise QueryError(f"{where} has no ranges", token.start, "a word")
        self.relative = self.relative or "now" in token.text
        return time_range(field.name, token, self._now)

    def _time(self, token: Token, field: Field) -> Range:
        self.relative = self.relative or "now" in token.text
        value = token._replace(text=token.text[1:-1]) if token.kind == "PHRASE" else token
        return time_value(field.name, value, self._now)

    def _counted(self, node: Node | None, token: Token) -> Node | None:
        self._clauses += 1
        if self._clauses > MOST_CLAUSES:
            raise QueryError(f"the query has more than {MOST_CLAUSES} parts", token.start)
        return node


def _depth(node: Node) -> int:
    match node:
        case And(parts) | Or(parts):
            return 1 + max(map(_depth, parts))
        case Not(part) | InQuote(part):
            return 1 + _depth(part)
        case _:
            return 1


def _words_field(place: _Place) -> str:
    if place.field is not None:
        return place.field.name
    return "text" if place.in_quote else ANY


def _unknown(typed: str, known: dict[str, Field], in_quote: bool) -> str:
    where = " inside quotes:(…)" if in_quote else ""
    near = fields.nearest(typed, known)
    hint = f", did you mean “{near}:”?" if near else "; put text with a colon in quote marks"
    return f"there is no field “{typed}:”{where}{hint}"


def _choice(known: dict[str, Field]) -> str:
    return "one of " + ", ".join(dict.fromkeys(field.name for field in known.values()))
