"""The syntax of queries is that of a grammar (query.lark): a parser generator reads the same trees and errors."""

from functools import cache
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from stores.query import syntax
from stores.query.errors import QueryError
from stores.query.syntax import All, Either, Fielded, Negated, Syntax, read

EXPECTED = {
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
PARTS = st.sampled_from(
    [
        *("a", "b", "tomahawk", "or", "and", "not", "OR", "AND", "NOT", "||", "&&", "!", "-", "+", "(", ")", ":", "TO"),
        *("title:", "quotes:", "speaker:", "published:", "[2025 TO now]", "{a TO *}", "[", "]", "{", "}", "*", "*:*"),
        *('"a b"', '"a"~3', "“q”", "«q»", '"', "”", "\\", "\\(", "\\\n", "12 000", "1 000 000", "12 00", "/re/", "?"),
        *("~", "^", "&", "|", "=ICE", "it's", "https://a.example/b:c", "12:30", "東京", "größe", "…", "\n", "\u00a0"),
    ]
)
TEXTS = st.tuples(st.lists(PARTS, min_size=1, max_size=9), st.sampled_from([" ", "", "  "])).map(
    lambda made: made[1].join(made[0])
)


@cache
def grammar() -> Lark:
    return Lark(Path(__file__).with_name("query.lark").read_text("utf-8"), parser="lalr", lexer="contextual")


@given(TEXTS)
@example("(a OR b) AND NOT title:(c d)")
@example("a )")
@example("(a")
@example("a : b")
@example("(a [b TO c]")
@example("title:")
@example("or or or")
@example("a OR\n")
def test_it_is_read_as_by_the_grammar(query: str) -> None:
    if not query.strip():
        return  # told before it is read
    assert _read(query) == _by_the_grammar(query)


def test_every_token_says_where_it_stands() -> None:
    query = 'NOT (title:"a b" OR 12 000) AND published:[2025 TO *]'
    tokens = [one for one in _tokens(read(query)) if one.kind != "OPEN"]
    assert [query[one.start :].startswith(one.text) for one in tokens] == [True] * 5


def _read(query: str) -> Syntax | tuple[int, str]:
    """The tree, or where the error stands and what is expected there."""
    try:
        return read(query)
    except QueryError as error:
        return error.position, error.expected


def _by_the_grammar(query: str) -> Syntax | tuple[int, str]:
    try:
        return _ours(grammar().parse(query).children[0])
    except UnexpectedInput as error:
        return _where(error, query)


def _ours(node: object) -> Syntax:
    assert isinstance(node, Tree)
    match node.data:
        case "either" | "all":
            parts = tuple(map(_ours, node.children))
            return Either(parts) if node.data == "either" else All(parts)
        case "signed":
            *signs, bare = node.children
            negations = sum(_token(token).kind != "PLUS" for sign in signs for token in sign.children)
            return Negated(_ours(bare)) if negations % 2 else _ours(bare)
        case "fielded":
            name, value = node.children
            return Fielded(_token(name), _ours(value))
        case _:
            return _token(node.children[0])


def _token(token: object) -> syntax.Token:
    assert isinstance(token, Token)
    return syntax.Token(token.type, str(token), token.start_pos or 0)


def _where(error: UnexpectedInput, query: str) -> tuple[int, str]:
    accepted: set[str] = set()
    if isinstance(error, UnexpectedToken | UnexpectedEOF):
        accepted = set(error.accepts or () if isinstance(error, UnexpectedToken) else error.expected)
    elif isinstance(error, UnexpectedCharacters):
        accepted = set(error.allowed or ())
    ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    position = len(query) if ended else max(error.pos_in_stream or 0, 0)
    return position, " or ".join(words for name, words in EXPECTED.items() if name in accepted)


def _tokens(node: Syntax) -> list[syntax.Token]:
    if isinstance(node, syntax.Token):
        return [node]
    if isinstance(node, Fielded):
        return [node.name, *_tokens(node.value)]
    return [token for part in ([node.part] if isinstance(node, Negated) else node.parts) for token in _tokens(part)]
