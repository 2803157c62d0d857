"""Builds the query tree: from the grammar's syntax tree to ours, with what words mean in their fields.

Knows the fields, not the engines. What analyses to nothing ("—") is left out, here and so everywhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from lark import Token, Tree

from stores.query import fields
from stores.query.errors import QueryError
from stores.query.field import Field, Kind
from stores.query.fields import ANY
from stores.query.terms import keyword, phrase, time_range, time_value, word
from stores.query.tree import And, Everything, Has, InQuote, Node, Not, Or, Range

# Lucene refuses 1,024 clauses; a newsroom's standing query has some dozens.
MOST_CLAUSES = 256
# Elasticsearch refuses queries nested 30 deep, and a leaf may need two levels of its own there.
DEEPEST = 25

Syntax = Tree[Token] | Token
N = TypeVar("N")


@dataclass(frozen=True)
class _Place:
    """Where in the query we are: what a word without a field means, and which fields there are."""

    field: Field | None = None
    in_quote: bool = False

    def enter(self, name: Token) -> "_Place":
        """Inside the field of this name. Raises QueryError where there is none."""
        known = fields.IN_QUOTE if self.in_quote else fields.ARTICLE
        typed = name.rstrip(":")
        position = name.start_pos or 0
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

    def root(self, tree: Tree[Token], in_quote: bool = False) -> Node:
        """The whole query. Raises QueryError where nothing in it can be searched for."""
        node = self._node(tree.children[0], _Place(in_quote=in_quote))
        if node is None:
            raise QueryError("nothing here can be searched for: no letter and no digit", 0, "a word")
        if _depth(node) > DEEPEST:
            raise QueryError(f"AND, OR and NOT are nested deeper than {DEEPEST}", 0)
        return node

    def _node(self, syntax: Syntax, place: _Place) -> Node | None:
        assert isinstance(syntax, Tree)
        build: Callable[[Tree[Token], _Place], Node | None] = getattr(self, f"_{syntax.data}")
        return build(syntax, place)

    def _parts(self, syntax: Tree[Token], place: _Place) -> tuple[Node, ...]:
        built = (self._node(child, place) for child in syntax.children)
        return tuple(node for node in built if node is not None)

    def _either(self, syntax: Tree[Token], place: _Place) -> Node | None:
        parts = self._parts(syntax, place)
        return Or(parts) if len(parts) > 1 else parts[0] if parts else None

    def _all(self, syntax: Tree[Token], place: _Place) -> Node | None:
        parts = self._parts(syntax, place)
        return And(parts) if len(parts) > 1 else parts[0] if parts else None

    def _signed(self, syntax: Tree[Token], place: _Place) -> Node | None:
        *signs, bare = syntax.children
        node = self._node(bare, place)
        negations = sum(1 for sign in signs for token in _tokens(sign) if token.type != "PLUS")
        return node if node is None or negations % 2 == 0 else Not(node)

    def _fielded(self, syntax: Tree[Token], place: _Place) -> Node | None:
        name, value = syntax.children
        assert isinstance(name, Token)
        inside = place.enter(name)
        if inside.in_quote and not place.in_quote and ":" in _bare_word(value):
            raise QueryError("fields of a quote stand in parentheses", _start(value), f"{name}({_bare_word(value)})")
        node = self._node(value, inside)
        return InQuote(node) if node and inside.in_quote and not place.in_quote else node

    def _everything(self, syntax: Tree[Token], place: _Place) -> Node:
        return self._counted(Everything() if place.field is None else Has(place.field.name), syntax)

    def _word(self, syntax: Tree[Token], place: _Place) -> Node | None:
        token, field = _token(syntax), place.field
        if token == "*":
            return self._everything(syntax, place)
        if field is not None and field.kind is Kind.TIME:
            return self._time(token, field)
        if field is not None and field.kind is Kind.KEYWORD:
            return self._counted(keyword(field.name, token), syntax)
        return self._counted(word(_words_field(place), token), syntax)

    def _phrase(self, syntax: Tree[Token], place: _Place) -> Node | None:
        token, field = _token(syntax), place.field
        if field is not None and field.kind is Kind.TIME:
            return self._time(Token.new_borrow_pos("VALUE", token[1:-1], token), field)
        if field is not None and field.kind is Kind.KEYWORD:
            return self._counted(keyword(field.name, token, quoted=True), syntax)
        return self._counted(phrase(_words_field(place), token), syntax)

    def _range(self, syntax: Tree[Token], place: _Place) -> Node:
        token, field = _token(syntax), place.field
        if field is None or field.kind is not Kind.TIME:
            where = f"“{field.name}:”" if field else "quotes:"
            raise QueryError(f"{where} has no ranges", token.start_pos or 0, "a word")
        self.relative = self.relative or "now" in token
        return self._counted(time_range(field.name, token, self._now), syntax)

    def _time(self, token: Token, field: Field) -> Range:
        self.relative = self.relative or "now" in token
        return self._counted(time_value(field.name, token, self._now), token)

    def _counted(self, node: N, syntax: Syntax) -> N:
        self._clauses += 1
        if self._clauses > MOST_CLAUSES:
            raise QueryError(f"the query has more than {MOST_CLAUSES} parts", _start(syntax))
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


def _token(syntax: Tree[Token]) -> Token:
    token = syntax.children[0]
    assert isinstance(token, Token)
    return token


def _tokens(syntax: Syntax) -> Iterator[Token]:
    if isinstance(syntax, Token):
        yield syntax
    else:
        yield from (child for child in syntax.children if isinstance(child, Token))


def _start(syntax: Syntax) -> int:
    return next(_tokens(syntax)).start_pos or 0


def _bare_word(syntax: Syntax) -> str:
    """The word, if that is all: without parentheses and quote marks."""
    return str(_token(syntax)) if isinstance(syntax, Tree) and syntax.data == "word" else ""


def _unknown(typed: str, known: dict[str, Field], in_quote: bool) -> str:
    where = " inside quotes:(…)" if in_quote else ""
    near = fields.nearest(typed, known)
    hint = f", did you mean “{near}:”?" if near else "; put text with a colon in quote marks"
    return f"there is no field “{typed}:”{where}{hint}"


def _choice(known: dict[str, Field]) -> str:
    return "one of " + ", ".join(dict.fromkeys(field.name for field in known.values()))
