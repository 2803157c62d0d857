"""Chinese and Japanese, which have no blanks: every two characters that stand next to each other, as Lucene's
CJKBigramFilter makes them. A character alone is a term of its own; Korean and all other words are left as they are.

Knows no languages and no texts: it takes words and gives terms.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import regex

from stores.analysis.folding import folded
from stores.analysis.tokens import Token, Word

# What the tokenizer calls ideographic, Hiragana or Katakana, with what hangs on it. To it, 々 is a letter.
_ON_IT = r"[\p{WB=Format}\p{WB=Extend}\p{WB=ZWJ}]*+"
_CHARACTERS = regex.compile(
    rf"[[\p{{Script=Han}}\p{{Script=Hiragana}}]--\p{{WB=ALetter}}]{_ON_IT}"
    rf"|(?:\p{{WB=Katakana}}{_ON_IT})++",
    regex.V1,
)


def bigrams(words: Iterable[Word]) -> Iterator[Token]:
    """The terms of words, which come in the order of the text."""
    run: list[Token] = []
    for word, start, end in words:
        characters = _characters(word, start, end)
        if run and (not characters or run[-1].end != start):
            yield from _joined(run)
            run = []
        run += characters
        if not characters:
            yield Token(folded(word), start, end)
    yield from _joined(run)


def _characters(word: str, start: int, end: int) -> list[Token]:
    """The characters of a word that is made of such, or none."""
    if word.isascii() or not _CHARACTERS.fullmatch(word):
        return []
    whole = len(word) == end - start
    return [
        Token(sign, start + at, start + at + 1) if whole else Token(sign, start, end) for at, sign in enumerate(word)
    ]


def _joined(run: list[Token]) -> Iterator[Token]:
    if len(run) == 1:
        yield Token(folded(run[0].term), run[0].start, run[0].end)
    for one, other in pairwise(run):
        yield Token(folded(one.term + other.term), one.start, other.end)
