"""Text in other languages: which of them have an analyser of their own, and the terms that it makes.

An article in one of these languages is found by its terms as any text has them, and also by those that its own
analyser makes. The latter carry the language before them (ru/ракет), so that both may stand in one field and no word
of one language is taken for one of another. Knows no articles.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import regex

from stores.analysis.bigrams import bigrams
from stores.analysis.cache import Cache
from stores.analysis.rewriting import with_places
from stores.analysis.stemmers import STEMS
from stores.analysis.tokens import Reading, Token, Word, chunk_words, chunks_of, in_chunk, terms_of, words

BIGRAMS = "cjk"
OWN = (*STEMS, BIGRAMS)
"""Those with an analyser of their own, which Elasticsearch calls news_ and this."""

_CODES = {**{language: language for language in STEMS}, "zh": BIGRAMS, "ja": BIGRAMS}
# Whoever types these letters asks of these languages. English is what all text is read as.
_LETTERS = (
    (regex.compile(r"\p{Cyrillic}"), ("ru", "uk")),
    (regex.compile(r"\p{Arabic}"), ("ar",)),
    (regex.compile(r"\p{Han}|\p{Hiragana}|\p{Katakana}"), (BIGRAMS,)),
)
_LATIN = ("de", "es", "fr")
_LATIN_LETTER = regex.compile(r"\p{Latin}")


def own_language(code: str | None) -> str | None:
    """Which of OWN reads a text in the language of this ISO code (uk, zh-Hans); None for English and all others."""
    return _CODES.get(code.lower().replace("_", "-").partition("-")[0]) if code else None


def asked_of(text: str) -> tuple[str, ...]:
    """Whose analysers words of a query are read by as well: those of the languages that have such letters."""
    if text.isascii():  # most queries
        return _LATIN if _LATIN_LETTER.search(text) else ()
    found = tuple(language for letters, those in _LETTERS if letters.search(text) for language in those)
    return found or (_LATIN if _LATIN_LETTER.search(text) else ())


def marked(language: str, term: str) -> str:
    """A term of a language, as it stands among others. No other term has such a sign."""
    return f"{language}/{term}"


def own_terms(chunks: Sequence[str], language: str) -> tuple[str, ...]:
    """The terms that the language's own analyser makes of a text that is cut already (`chunks_of`), not marked."""
    known = _CHUNKS[language]
    if len(chunks) == 1:  # a word that is asked for
        return known[chunks[0]]
    return tuple(chain.from_iterable(map(known.__getitem__, chunks)))


def terms_in(text: str, own: str | None) -> list[str]:
    """All terms of a text that the analyser of the language `own` reads as well: its terms, and those, marked."""
    chunks = chunks_of(text)
    found = terms_of(chunks)
    return found if own is None else [*found, *(marked(own, term) for term in own_terms(chunks, own))]


def analyse_in(text: str, language: str) -> list[Token]:
    """The same terms, marked, with their places in the text."""
    known, places = with_places(text, ends=True)
    found = _terms(language, words(known))
    return [Token(marked(language, term), places[start], places[end - 1] + 1) for term, start, end in found]


def _terms(language: str, found: Iterable[Word]) -> Iterator[Token]:
    if language == BIGRAMS:
        return bigrams(found)
    stems = STEMS[language]
    return (Token(stems[word], start, end) for word, start, end in found)


def _of_chunk(language: str, chunk: str) -> tuple[str, ...]:
    if language == BIGRAMS:
        return tuple(token.term for token in bigrams(chunk_words(chunk)))
    return in_chunk(chunk, STEMS[language])


# No term reaches over a blank, so what stands between blanks can be remembered whole.
_CHUNKS = {language: Cache(partial(_of_chunk, language)) for language in OWN}


def own_reading(language: str) -> Reading:
    """How the language's own analyser reads, its terms marked."""
    return _READINGS[language]


def _marked_terms(language: str, chunk: str) -> tuple[str, ...]:
    return tuple(marked(language, term) for term in _CHUNKS[language][chunk])


def _marked_tokens(language: str, chunk: str) -> list[Token]:
    known, places = with_places(chunk, ends=False)
    found = _terms(language, words(known))
    return [Token(marked(language, term), places[start], places[end - 1] + 1) for term, start, end in found]


_READINGS = {
    language: Reading(Cache(partial(_marked_terms, language)), partial(_marked_tokens, language)) for language in OWN
}
