"""Attributions with "as": "As the paper reported, it rained"; "it rained, as the mayor put it".

Knows one sentence and its tree.
"""

from collections.abc import Iterator

from processors.quotes.lexicon import Lexicon
from processors.quotes.reading import Reading
from processors.quotes.said import Said
from processors.quotes.tree.subjects import subject_of
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 4
"""Shorter, what stands beside it is a time or a place."""


def as_said(reading: Reading, lexicon: Lexicon) -> list[Said]:
    """What each "as somebody said" of a paragraph vouches for."""
    found: list[Said] = []
    for verb in reading.cues:
        if reading.lower[verb] in lexicon.clause:
            found.extend(_vouched(reading, verb))
    return found


def _vouched(reading: Reading, verb: int) -> Iterator[Said]:
    opening = _opening(reading, verb)
    if opening is None:
        return
    first, last = reading.sentence_of(verb)
    comma = next((token for token in range(verb + 1, last) if reading.words[token] == ","), last)
    for stretch in ((first, opening), (comma, last)):
        start, end = trimmed(reading, *stretch)
        if reading.word_count(start, end) >= FEWEST_WORDS:
            yield Said(start, end, (verb, verb + 1), subject_of(reading, verb))
            return


def _opening(reading: Reading, verb: int) -> int | None:
    """The "as" that the verb hangs on, at the beginning of the sentence or behind a comma."""
    for kid in reading.kids[verb]:
        if kid < verb and reading.lower[kid] == "as" and reading.deps[kid] in ("mark", "advmod"):
            first = kid == reading.sentence[verb] or reading.words[kid - 1] == ","
            return kid if first else None
    return None
