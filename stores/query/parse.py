"""The parser of the query language: from text to a tree, with limits and errors.

Knows the syntax; what words mean in their fields is build.py's. Safe to call from any thread.
"""

from datetime import datetime
from functools import cache
from importlib.resources import files

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from stores.query.build import Builder
from stores.query.errors import QueryError
from stores.query.tree import Query

# A standing query of a newsroom has some dozens of words; SQLite refuses expressions deeper than 256.
LONGEST = 4_000
DEEPEST = 20

_NAMES = {
    "LPAR": "“(”",
    "RPAR": "“)”",
    "FIELD": "a field",
    "WORD": "a word",
    "VALUE": "a value",
    "PHRASE": "a phrase",
    "RANGE": "a range [a TO b]",
    "NOT": "NOT",
    "_AND": "AND",
    "_OR": "OR",
    "$END": "the end",
}


def parse(query: str, now: datetime, in_quote: bool = False) -> Query:
    """Read a query. `now` is the moment that `now` means, counted in seconds. Raises QueryError.

    `in_quote`: it is read as if it stood inside quotes:(…), for Store.quotes.
    """
    _check_limits(query)
    if not query.strip():
        raise QueryError("the query is empty", 0, "a word, or * for everything")
    try:
        tree = _grammar().parse(query)
    except UnexpectedInput as error:
        raise _explained(error, query) from None
    builder = Builder(now)
    return Query(query, builder.root(tree, in_quote), builder.relative)


@cache
def _grammar() -> Lark:
    text = files(__package__).joinpath("query.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer="contextual")


def _check_limits(query: str) -> None:
    if len(query) > LONGEST:
        raise QueryError(f"the query has {len(query)} characters, {LONGEST} are allowed", LONGEST)
    if query.count("(") <= DEEPEST:
        return
    depth = 0
    for position, character in enumerate(query):
        depth += (character == "(") - (character == ")")
        if depth > DEEPEST:
            raise QueryError(f"parentheses are nested deeper than {DEEPEST}", position)


def _explained(error: UnexpectedInput, query: str) -> QueryError:
    accepted: set[str] = set()
    if isinstance(error, UnexpectedToken | UnexpectedEOF):
        accepted = set(error.accepts if isinstance(error, UnexpectedToken) else error.expected)
    elif isinstance(error, UnexpectedCharacters):
        accepted = set(error.allowed or ())
    expected = " or ".join(words for name, words in _NAMES.items() if name in accepted)
    ended = isinstance(error, UnexpectedToken) and _is_end(error.token)
    position = len(query) if ended else max(error.pos_in_stream or 0, 0)
    return QueryError(_problem(query, position), position, expected)


def _is_end(token: Token) -> bool:
    return token.type == "$END"


def _problem(query: str, position: int) -> str:
    found = query[position : position + 1]
    if not found:
        return "the query ends too early"
    if found in '"“”„«»':
        return "this quote mark has no partner"
    if found in "[{":
        return "a range needs a field before it and TO within it"
    return f"“{query[position:].split(maxsplit=1)[0]}” cannot stand here"
