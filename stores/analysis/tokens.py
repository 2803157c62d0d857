"""From text to terms with their places: signs rewritten, Unicode word breaks (UAX #29), folding, possessive, Porter.

The same, token for token, as the Elasticsearch analysers (stores/elastic/mappings). Knows nothing of queries.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import regex

from stores.analysis.cache import Cache
from stores.analysis.folding import folded
from stores.analysis.porter import stem
from stores.analysis.rewriting import rewritten, with_ends, with_places
from stores.analysis.settings import known_stems

# Lucene's StandardTokenizer cuts a longer word into pieces of this length.
LONGEST_TERM = 255

# The rules below are UAX #29's and, for emoji, UTS #51's, as Lucene 9 reads them: WB4 hangs marks (_X) on what
# goes before; runs of South-East Asian script stay whole; Han and Hiragana stand one by one.
_X = r"[[\p{WB=Format}\p{WB=Extend}\p{WB=ZWJ}]--\p{Emoji_Modifier}]*+"
_HEBREW = rf"\p{{WB=Hebrew_Letter}}{_X}"
# [A-Za-z] only hurries: they are ALetter too.
_LETTER = rf"(?:[A-Za-z]++{_X}|\p{{WB=ALetter}}{_X}|{_HEBREW}(?:\"{_X}{_HEBREW}|'{_X})?+)"
_DIGIT = rf"[\p{{WB=Numeric}}\uFF10-\uFF19]{_X}"
_KATAKANA = rf"\p{{WB=Katakana}}{_X}"
_JOINER = rf"\p{{WB=ExtendNumLet}}{_X}"
_MID_LETTER = rf"[\p{{WB=MidLetter}}\p{{WB=MidNumLet}}':]{_X}"
_MID_NUMBER = rf"[\p{{WB=MidNum}}\p{{WB=MidNumLet}}']{_X}"
_RUN = (
    rf"(?:{_DIGIT}(?:(?:(?:{_JOINER})*|{_MID_NUMBER}){_DIGIT})*"
    rf"|{_LETTER}(?:(?:(?:{_JOINER})*|{_MID_LETTER}){_LETTER})*)+"
)
_CORE = rf"(?:{_KATAKANA}(?:(?:{_JOINER})*{_KATAKANA})*|{_RUN})"
# Emoji sequences choose their look by U+FE0F, so it is no mark that merely hangs on.
_MARKS = r"[[\p{WB=Format}\p{WB=Extend}]--[\u200D\uFE0E\uFE0F]--\p{Emoji_Modifier}]*"
# Unicode takes symbols out of Extended_Pictographic with time; Lucene's tables still hold them.
_SYMBOL = r"\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712\U0001F000-\U0001F0FF"
_PICTURE = (
    rf"(?:[\p{{Extended_Pictographic}}{_SYMBOL}]"
    r"|[\p{Emoji}--[0-9#*]--\p{Regional_Indicator}--\p{Emoji_Modifier}])"
)
_EMOJI = (
    rf"(?:(?:\u200D*\p{{Emoji_Modifier_Base}}{_MARKS})?\p{{Emoji_Modifier}}{_MARKS}"
    rf"|\u200D*{_PICTURE}{_MARKS}\uFE0F?)"
)
_FLAG = rf"(?:\p{{Regional_Indicator}}{_X}){{2}}"
_KEYCAP = rf"[0-9#*]{_MARKS}\uFE0F?\u20E3{_MARKS}"
_WORD = regex.compile(
    rf"(?:{_JOINER})*{_CORE}(?:(?:{_JOINER})+{_CORE})*(?:{_JOINER})*"
    rf"|(?:\p{{LB=Complex_Context}}{_X})++"
    rf"|\p{{Script=Han}}{_X}|\p{{Script=Hiragana}}{_X}"
    rf"|{_EMOJI}(?:\u200D{_EMOJI})*\u200D*(?:[\U000E0020-\U000E007E]+\U000E007F)?|{_FLAG}|{_KEYCAP}",
    regex.V1,
)


Word = tuple[str, int, int]
"""A word as it stands in the text, and where, half-open."""


class Token(NamedTuple):
    """A term and where its word stands, in code points, half-open."""

    term: str
    start: int
    end: int


def analyse(text: str) -> list[Token]:
    """The terms of running text: folded and stemmed."""
    return [Token(_STEMS[word], start, end) for word, start, end in _placed(text, ends=True)]


def analyse_names(text: str) -> list[Token]:
    """The terms of a name: folded, not stemmed."""
    return [Token(_FOLDED[word], start, end) for word, start, end in _placed(text, ends=False)]


def terms(text: str) -> list[str]:
    """The terms of running text without their places: several times faster on words seen before."""
    return terms_of(chunks_of(text))


def chunks_of(text: str) -> list[str]:
    """Running text between blanks, with its ends of sentences: cut once for several languages."""
    return cut(text, ends=True)


def cut(text: str, ends: bool) -> list[str]:
    """A text between blanks; `ends`: with its ends of sentences."""
    if text.isalnum():  # it has neither
        return [text]
    return (with_ends(text) if ends else text).replace("\n", " ").split(" ")


def terms_of(chunks: Iterable[str]) -> list[str]:
    """What `terms` gives, of a text that is cut already."""
    return list(chain.from_iterable(map(_STEMMED_CHUNKS.__getitem__, chunks)))


def name_terms(name: str) -> list[str]:
    """The terms of a name without their places."""
    return name_terms_of(name.split(" "))


def name_terms_of(chunks: Iterable[str]) -> list[str]:
    """What `name_terms` gives, of a name that is cut already."""
    return list(chain.from_iterable(map(_FOLDED_CHUNKS.__getitem__, chunks)))


# The words of a query are read by five analysers one after the other.
@lru_cache(maxsize=1024)
def chunk_words(chunk: str) -> tuple[Word, ...]:
    """The words of a stretch of text without blanks."""
    return tuple(words(rewritten(chunk)))


def in_chunk(chunk: str, known: Cache[str]) -> tuple[str, ...]:
    """The terms of a stretch of text without blanks. One that is a word is remembered by who asks: once is enough."""
    if _is_word(chunk):
        return (known.compute(chunk),)
    return tuple([known[word] for word, _, _ in chunk_words(chunk)])


def _placed(text: str, ends: bool) -> Iterator[Word]:
    """The words of a text with their places in it."""
    known, places = with_places(text, ends)
    for word, start, end in words(known):
        yield word, places[start], places[end - 1] + 1


def words(text: str) -> Iterator[Word]:
    """The words of a text that has been rewritten, with their places in it."""
    if _is_word(text):
        yield text, 0, len(text)
        return
    for match in _WORD.finditer(text):
        start, end = match.span()
        if end - start <= LONGEST_TERM:
            yield match.group(), start, end
        else:
            yield from _pieces(text, start, end)


def _is_word(text: str) -> bool:
    """Whether it is one word by the rules and none of its signs is read otherwise, as of most; there are others."""
    return text.isascii() and text.isalnum() and len(text) <= LONGEST_TERM


def _pieces(text: str, start: int, end: int) -> Iterator[Word]:
    while start < end and (match := _WORD.search(text, start, min(start + LONGEST_TERM, end))):
        yield match.group(), *match.span()
        start = match.end()


class Reading(NamedTuple):
    """One way to read what stands between blanks: its terms, remembered, and the same with their places in it."""

    terms: Mapping[str, tuple[str, ...]]
    tokens: Callable[[str], Sequence[Token]]


def _tokens_of(known: Mapping[str, str]) -> Callable[[str], Sequence[Token]]:
    @lru_cache(maxsize=1024)  # a word that is asked for stands in a text again and again
    def tokens(chunk: str) -> Sequence[Token]:
        return [Token(known[word], start, end) for word, start, end in _placed(chunk, ends=False)]

    return tokens


def _folded(word: str) -> str:
    term = folded(word)
    return term[:-2] if term.endswith("'s") else term


def _stem(term: str) -> str:
    return _KNOWN_STEMS.get(term) or stem(term)


_KNOWN_STEMS = known_stems()
_FOLDED = Cache(_folded)
_STEMS = Cache(lambda word: _stem(_folded(word)))
# No term reaches over a blank, so what stands between blanks can be remembered whole.
_FOLDED_CHUNKS = Cache(lambda chunk: in_chunk(chunk, _FOLDED))
_STEMMED_CHUNKS = Cache(lambda chunk: in_chunk(chunk, _STEMS))

STEMMED = Reading(_STEMMED_CHUNKS, _tokens_of(_STEMS))
"""Running text: folded and stemmed."""
NAMES = Reading(_FOLDED_CHUNKS, _tokens_of(_FOLDED))
"""A name: folded, not stemmed."""
