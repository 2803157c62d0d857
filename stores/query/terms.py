"""Terms of a query: one word, phrase, value or range, as a leaf of the tree. Knows the analyser, not the engines."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from stores.analysis.languages import BIGRAMS, asked_of, own_terms
from stores.analysis.rewriting import END
from stores.analysis.spellings import in_capitals, other_spellings
from stores.analysis.tokens import chunks_of, name_terms, name_terms_of, terms, terms_of
from stores.query import moment
from stores.query.errors import QueryError
from stores.query.field import KeywordField, Kind
from stores.query.fields import ANY, ARTICLE
from stores.query.hosts import asked_host
from stores.query.syntax import Token
from stores.query.tree import And, Everything, Keyword, Node, Or, Own, Query, Range, Words

# A span over many words costs much in every engine, and no sentence asks for more.
MOST_WORDS = 32
FARTHEST = 100
# Standing queries ask for the same words again and again, and what a word is depends on nothing around it. A few dozen
# megabytes.
_REMEMBERED = 16_384

_SIGNS = re.compile(r"\\.|([*?~^])")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_STAR = re.compile(r"\\.|(\*)", re.DOTALL)
_PHRASE = re.compile(r".(?P<words>.*).(?:~(?P<near>\d+))", re.DOTALL)
# After a letter, not after a backslash: "5 * 3" asks for no beginning of a word.
_STAR_IN_PHRASE = re.compile(r"\w(\*)")
# Korean writes its particles onto a word, so a word without quote marks is the beginning of one.
_HANGUL = re.compile("[\uac00-\ud7a3]+")
# Chinese and Japanese words have no beginning and no end: what begins so holds these characters.
_WITHOUT_BLANKS = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+")
_COMPARISON = re.compile(r"(?P<sign>>=|<=|>|<)(?P<moment>.+)")
_RANGE = re.compile(r"(?P<open>[\[{])\s*(?P<start>\S+)\s+TO\s+(?P<end>\S+?)\s*(?P<close>[\]}])")


# English words of every day, so that nobody who types one in capitals means the word: US, IT, WHO are names then.
_EVERYDAY = (
    "all am an and any are as at be but by can do for had has he her him his how if in is it its may me my no nor not"
    " now of off on or our out she so the to too up us was we who why will yes yet you"
)


def word(field: str, token: Token) -> Node | None:
    """A word without quote marks, or else its other spellings; None where nothing of it can be searched for."""
    text = token.text
    prefix = text.endswith("*") and not text.endswith("\\*")
    if prefix:
        text = text[:-1]
    if not text.isalnum():  # else it has no signs
        _refuse_unsupported(text, token)
        text = _unescaped(text)
    if prefix or _HANGUL.fullmatch(text):
        return _prefix(field, text, token)
    if capitals := _capitals(field, text, token):
        return capitals
    return _spelt(field, text, token)


def phrase(field: str, token: Token) -> Node | None:
    """Words in quote marks, or else their other spellings, perhaps with ~N after them."""
    near = _PHRASE.fullmatch(token.text)
    if star := _STAR_IN_PHRASE.search(token.text):
        raise QueryError("a * has no meaning within quote marks", token.start + star.start(1))
    text = _unescaped(near["words"] if near else token.text[1:-1])
    if near is None:
        return _spelt(field, text, token)
    words = _words(field, text, token)
    return words if words is None or len(words.stems) == 1 else _near(words, int(near["near"]), token)


def keyword(field: str, token: Token) -> Keyword:
    """An exact value; a * at the end of an unquoted one means its beginning."""
    quoted = token.kind == "PHRASE"
    typed = token.text[1:-1] if quoted else token.text
    prefix = not quoted and typed.endswith("*") and not typed.endswith("\\*")
    known = typed[:-1] if prefix else typed
    for sign in _STAR.finditer(known):
        if sign[1]:
            place = token.start + quoted + sign.start()
            raise QueryError(f"a * stands at the end of a value of “{field}:” only", place, "\\* for the sign itself")
    value = _unescaped(known).lower()
    if not value:
        raise QueryError(f"“{field}:” has no value", token.start, "a value")
    asked = ARTICLE.get(field)
    if isinstance(asked, KeywordField) and asked.host:
        return Keyword(field, asked_host(value), prefix, host=True)
    return Keyword(field, value, prefix)


def quoted_by(speaker: str | None, about: Query | None) -> Node | None:
    """Which quotes: by a speaker named outside of a query, with words that meet `about`. None finds nothing."""
    wanted: list[Node] = [about.root] if about is not None else []
    if speaker is not None:
        names = tuple(name_terms(speaker))
        if not names:
            return None
        wanted.append(Words("speaker", f'"{speaker}"', tuple(terms(speaker)), names))
    return And(tuple(wanted)) if len(wanted) > 1 else wanted[0] if wanted else Everything()


def time_range(field: str, token: Token, now: datetime) -> Range:
    """[a TO b], {a TO b} and mixtures; * is no bound."""
    match = _RANGE.fullmatch(token.text)
    if match is None:
        raise QueryError(f"“{token.text}” is not a range", token.start, "[a TO b]")
    start = _stretch(match["start"], token, now)
    end = _stretch(match["end"], token, now)
    return Range(
        field,
        start and start[match["open"] == "{"],
        end and end[match["close"] == "]"],
    )


def time_value(field: str, token: Token, now: datetime) -> Range:
    """A moment or the stretch it stands for; with >=, >, <=, < what lies on that side of it."""
    match = _COMPARISON.fullmatch(token.text)
    if match is None:
        return Range(field, *_bounded(token.text, token, now))
    start, end = _bounded(match["moment"], token, now)
    return {
        ">=": Range(field, start, None),
        ">": Range(field, end, None),
        "<=": Range(field, None, end),
        "<": Range(field, None, start),
    }[match["sign"]]


def _stretch(text: str, token: Token, now: datetime) -> tuple[datetime, datetime] | None:
    return None if text == "*" else _bounded(text, token, now)


def _bounded(text: str, token: Token, now: datetime) -> tuple[datetime, datetime]:
    try:
        return moment.stretch(text.strip('"'), now)
    except (ValueError, OverflowError):
        raise QueryError(f"“{text}” is not a time", token.start, moment.EXAMPLES) from None


def _capitals(field: str, text: str, token: Token) -> Words | None:
    """=ICE stands in capitals, and so does US; anything else may stand in any letters."""
    asked = text.startswith("=")
    if text.islower() and not asked:
        return None
    term = in_capitals(text.removeprefix("=")) if field == ANY else None
    if asked and term is None:
        raise QueryError("= asks for an abbreviation in capitals, without a field", token.start, "=ICE")
    if term is None or not (asked or term[1:] in _EVERYDAY.split()):
        return None
    return Words(ANY, token.text, (term,), (term,))


def _spelt(field: str, text: str, token: Token) -> Node | None:
    """The words as they were typed, or in another spelling."""
    found = _in_spellings(field, text, token.text)
    for words in found:
        _check_length(words, token)
    return Or(found) if len(found) > 1 else found[0] if found else None


@lru_cache(maxsize=_REMEMBERED)
def _in_spellings(field: str, text: str, typed: str) -> tuple[Words, ...]:
    others = _others(field, text)
    if not others:  # most words
        words = _read(field, text, typed)
        return (words,) if words is not None else ()
    read = (_read(field, one, typed) for one in (text, *others))
    return tuple(dict.fromkeys(words for words in read if words is not None))


def _others(field: str, text: str) -> list[str]:
    """Other spellings of words in running text; names are compared as they are."""
    return [] if _is_name(field) else list(dict.fromkeys(other_spellings(text)))


def _is_name(field: str) -> bool:
    return field != ANY and ARTICLE[field].kind is Kind.NAME


def _own(field: str, text: str, chunks: Sequence[str]) -> tuple[Own, ...]:
    """The words as the analysers of other languages read them; names are compared as they are."""
    if _is_name(field):
        return ()
    found = [Own(language, own_terms(chunks, language)) for language in asked_of(text)]
    # A stemmer may leave nothing of a word (of an Arabic one that is all signs): it cannot be asked for.
    return tuple([own for own in found if all(own.stems)])


def _words(field: str, text: str, token: Token) -> Words | None:
    words = _read(field, text, token.text)
    if words is not None:
        _check_length(words, token)
    return words


def _check_length(words: Words, token: Token) -> None:
    if len(words.stems) > MOST_WORDS:
        raise QueryError(f"more than {MOST_WORDS} words in one phrase", token.start)


def _read(field: str, text: str, typed: str) -> Words | None:
    # An end of a sentence within the words is asked for in names too, so that both have the same length.
    chunks = chunks_of(text)
    stems, names = tuple(terms_of(chunks)), tuple(name_terms_of(chunks))
    return Words(field, typed, stems, names, own=_own(field, text, chunks)) if stems else None


def _prefix(field: str, text: str, token: Token) -> Words | None:
    stems, names = terms(text), name_terms(text)
    if not stems:
        raise QueryError("nothing before the *", token.start, "the beginning of a word")
    if len(stems) > 1 and _WITHOUT_BLANKS.fullmatch(text):
        return _words(field, text, token)
    if len(stems) > 1:
        raise QueryError(f"“{token.text}” is more than one word", token.start, "one word before the *")
    # The index holds stems: "missiles*" would miss "missile" unless cut to what it shares with its own.
    return Words(field, token.text, (_shared(names[0], stems[0]),), (names[0],), prefix=True)


def _shared(one: str, other: str) -> str:
    """The beginning that two words share."""
    length = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[:length] if length is not None else min(one, other, key=len)


def _near(words: Words, distance: int, token: Token) -> Words:
    if _is_name(words.field):
        raise QueryError("~N is for title and text: names have an order", token.start)
    if distance > FARTHEST:
        raise QueryError(f"~{distance} is too far, {FARTHEST} words are the most", token.start)
    by_stem = dict(zip(reversed(words.stems), reversed(words.names), strict=True))
    stems = _distinct(words.stems)
    names = tuple(by_stem[stem] for stem in stems)
    distinct = (Own(own.language, _distinct(own.stems)) for own in words.own if own.language != BIGRAMS)
    # As many words must stand near each other in every language: where two have one stem, they are not asked for there.
    own = tuple(one for one in distinct if len(one.stems) == len(stems))
    return Words(words.field, words.typed, stems, names, near=distance if len(stems) > 1 else None, own=own)


def _distinct(stems: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem for stem in stems if stem != END)) or stems[:1]


def _refuse_unsupported(text: str, token: Token) -> None:
    for match in _SIGNS.finditer(text):
        if sign := match[1]:
            raise QueryError(_UNSUPPORTED[sign], token.start + match.start())
    if text.startswith("/") and text.endswith("/") and len(text) > 1:
        raise QueryError("regular expressions are not supported", token.start)


_UNSUPPORTED = {
    "*": "a * stands at the end of a word only",
    "?": "? for any one letter is not supported",
    "~": "~N stands after a phrase in quote marks only",
    "^": "weights (^) are not supported",
}


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
