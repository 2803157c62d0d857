r"""The syntax of the query language: from text to a syntax tree. Lucene's, as Kibana's users know it.

    either = all { OR all }
    all    = one { [ AND ] one }
    one    = { NOT | - | + } bare
    bare   = "(" either ")" | FIELD value | EVERYTHING | PHRASE | WORD
    value  = "(" either ")" | RANGE | PHRASE | VALUE

A space means AND; AND binds tighter than OR; NOT, - and ! take what follows them. Read by recursive descent, a function
a rule: a hundred thousand standing queries are read in one process. Knows no fields: what a word, a phrase or a value
means depends on them (build.py).
"""

import re
from typing import NamedTuple

from stores.query.errors import QueryError

_QUOTES = '"“”„«»'
# Where one of these stands, a word that is written without a blank after it ends.
_WORD_ENDS = rf"(?![^\s()!{_QUOTES}])"
# What may begin there is tried in this order; the first that matches is taken.
_TOKENS = {
    "EVERYTHING": r"\*:\*|\*(?=[\s)]|$)",
    # In small letters they are operators too: nobody who types "a or b" wants the word; in quote marks it is one.
    "OR": rf"(?:OR|or){_WORD_ENDS}|\|\|",
    "AND": rf"(?:AND|and){_WORD_ENDS}|&&",
    "NOT": rf"(?:NOT|not){_WORD_ENDS}|!",
    "FIELD": rf"(?![-+!])[^\s()\[\]{{}}{_QUOTES}:\\*?~^]+:",
    "PHRASE": rf"[{_QUOTES}](?:\\.|[^{_QUOTES}\\])*[\"“”«»](?:~\d+)?",
    "RANGE": r"[\[{]\s*[^\s\[\]{}]+\s+TO\s+[^\s\[\]{}]+\s*[\]}]",
    # A number with blanks between its groups of three digits is one word: 12 000.
    "GROUPED": r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![^\s()])",
    "MINUS": r"-(?=\S)",
    "PLUS": r"\+(?=\S)",
    "OPEN": r"\(",
    "CLOSE": r"\)",
    # Inside a word anything goes but blanks, parentheses, brackets, quote marks, colons, && and ||.
    "WORD": rf"(?:[-+](?=\s|$)|(?:\\.|(?!&&|\|\|)[^\s()\[\]{{}}{_QUOTES}:\\!+-]))"
    rf"(?:\\.|(?!&&|\|\|)[^\s()\[\]{{}}{_QUOTES}:\\])*",
    # After a field a colon may follow as well: addresses and times have them.
    "VALUE": rf"(?:\\.|[^\s()\[\]{{}}{_QUOTES}\\])+",
    "END": r"\Z",
}


def _any_of(*kinds: str) -> re.Pattern[str]:
    return re.compile(r"\s*+(?:" + "|".join(f"(?P<{kind}>{_TOKENS[kind]})" for kind in kinds) + ")")


# Which tokens there are depends on what stands before: "or" at the beginning is a word.
_OPERAND = _any_of("EVERYTHING", "NOT", "FIELD", "PHRASE", "GROUPED", "MINUS", "PLUS", "OPEN", "WORD", "END")
_AFTER = _any_of(
    *("EVERYTHING", "OR", "AND", "NOT", "FIELD", "PHRASE", "GROUPED", "MINUS", "PLUS", "OPEN", "CLOSE", "WORD", "END")
)
_VALUE = _any_of("PHRASE", "RANGE", "OPEN", "VALUE", "END")
# A token that would be one elsewhere, not here.
_ELSEWHERE = _any_of("RANGE", "VALUE")

_EXPECTED = {
    _OPERAND: "“(” or a field or a word or a phrase or NOT",
    _VALUE: "“(” or a value or a phrase or a range [a TO b]",
    _AFTER: "“(” or “)” or a field or a word or a phrase or NOT or AND or OR",
}
_EXPECTED_WITHIN = _EXPECTED[_AFTER]
_EXPECTED_OUTSIDE = "“(” or a field or a word or a phrase or NOT or AND or OR or the end"


class Token(NamedTuple):
    """A word, phrase, range, * or the name of a field, as it was typed. `start` is a code point of the query."""

    kind: str
    text: str
    start: int


class Fielded(NamedTuple):
    """What stands behind a field's name and a colon."""

    name: Token
    value: "Syntax"


class Negated(NamedTuple):
    """What stands behind an odd number of NOTs."""

    part: "Syntax"


class All(NamedTuple):
    """Parts joined by AND, or by nothing; two or more."""

    parts: tuple["Syntax", ...]


class Either(NamedTuple):
    """Parts joined by OR; two or more."""

    parts: tuple["Syntax", ...]


Syntax = Token | Fielded | Negated | All | Either


def read(query: str) -> Syntax:
    """The syntax tree of a query. Raises QueryError where it has none."""
    return _Reading(query).whole()


class _Reading:
    """One query; `_token` is the next one that is not read yet."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._depth = 0
        self._go(_OPERAND, 0)

    def whole(self) -> Syntax:
        found = self._either()
        if self._token.kind != "END":
            raise self._unexpected("the end")
        return found

    def _either(self) -> Syntax:
        parts = [self._all()]
        while self._token.kind == "OR":
            self._next(_OPERAND)
            parts.append(self._all())
        return Either(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all(self) -> Syntax:
        parts = [self._one()]
        while self._token.kind not in ("OR", "CLOSE", "END"):
            if self._token.kind == "AND":
                self._next(_OPERAND)
            parts.append(self._one())
        return All(tuple(parts)) if len(parts) > 1 else parts[0]

    def _one(self) -> Syntax:
        negated = False
        while self._token.kind in ("NOT", "MINUS", "PLUS"):
            negated ^= self._token.kind != "PLUS"
            self._next(_OPERAND)
        found = self._bare()
        return Negated(found) if negated else found

    def _bare(self) -> Syntax:
        token = self._token
        if token.kind == "OPEN":
            return self._grouped()
        if token.kind == "END":
            raise self._unexpected(_EXPECTED[_OPERAND])
        if token.kind == "FIELD":
            self._next(_VALUE)
            return Fielded(token, self._value())
        self._next(_AFTER)
        return token

    def _value(self) -> Syntax:
        token = self._token
        if token.kind == "OPEN":
            return self._grouped()
        if token.kind == "END":
            raise self._unexpected(_EXPECTED[_VALUE])
        self._next(_AFTER)
        return token

    def _grouped(self) -> Syntax:
        self._depth += 1
        self._next(_OPERAND)
        found = self._either()
        if self._token.kind != "CLOSE":
            raise self._unexpected("“)”")
        self._depth -= 1
        self._next(_AFTER)
        return found

    def _next(self, allowed: re.Pattern[str]) -> None:
        self._go(allowed, self._token.start + len(self._token.text))

    def _go(self, allowed: re.Pattern[str], at: int) -> None:
        match = allowed.match(self._query, at)
        if match is None:
            raise self._unreadable(allowed, at)
        kind = match.lastgroup or ""
        self._token = Token(kind, match[kind], match.start(kind))

    def _unreadable(self, allowed: re.Pattern[str], at: int) -> QueryError:
        """Here stands nothing that may stand here."""
        at += len(self._query[at:]) - len(self._query[at:].lstrip())
        expected = _EXPECTED[allowed]
        if allowed is _AFTER and _ELSEWHERE.match(self._query, at):
            expected = _EXPECTED_WITHIN if self._depth else _EXPECTED_OUTSIDE
        return QueryError(_problem(self._query, at), at, expected)

    def _unexpected(self, expected: str) -> QueryError:
        """Here stands what may not follow."""
        at = len(self._query) if self._token.kind == "END" else self._token.start
        return QueryError(_problem(self._query, at), at, expected)


def _problem(query: str, position: int) -> str:
    found = query[position : position + 1]
    if not found:
        return "the query ends too early"
    if found in _QUOTES:
        return "this quote mark has no partner"
    if found in "[{":
        return "a range needs a field before it and TO within it"
    return f"“{query[position:].split(maxsplit=1)[0]}” cannot stand here"
