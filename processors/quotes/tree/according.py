"""Sources named by a preposition: "according to the police, it rained".

Knows the sentence around the source; not verbs.
"""

from collections.abc import Iterator

from processors.quotes.lexicon import Lexicon
from processors.quotes.order.sources import source_words
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range, Said
from processors.quotes.tree.subjects import noun_phrase
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 4
"""As for a clause, and the noun that it would otherwise be."""


def according(reading: Reading, lexicon: Lexicon) -> list[Said]:
    """What stands around each source that a paragraph names."""
    found: list[Said] = []
    for token in range(len(reading)):
        length = source_words(reading, lexicon, token, len(reading)) if reading.quotation[token] == OUTSIDE else 0
        if length:
            found.extend(_around(reading, token, token + length))
    return found


def _around(reading: Reading, cue: int, end_of_cue: int) -> Iterator[Said]:
    source = _source(reading, end_of_cue - 1)
    if source is None:
        return
    speaker, after = source
    for start, end in _stretches(reading, cue, after):
        if reading.word_count(start, end) >= FEWEST_WORDS:
            yield Said(start, end, (cue, end_of_cue), speaker)


def _source(reading: Reading, preposition: int) -> tuple[Range, int] | None:
    """The noun after the preposition, and where all that hangs on it ends."""
    for kid in reading.kids[preposition]:
        if reading.deps[kid] == "pobj":
            return noun_phrase(reading, kid), reading.right[kid] + 1
    return None


def _stretches(reading: Reading, cue: int, after: int) -> Iterator[Range]:
    """Before the source within the sentence; where nothing is, what follows it."""
    first = reading.sentence[cue]
    last = cue
    while last < len(reading) and reading.sentence[last] == first:
        last += 1
    if reading.word_count(first, cue) >= FEWEST_WORDS:
        yield trimmed(reading, first, cue)
    else:
        yield trimmed(reading, after, last)
