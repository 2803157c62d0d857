"""An attribution set between commas: "many clubs, he said, have closed", "it rains, officials said".

Reads the surface, because a parse often breaks where a sentence is interrupted. Knows one sentence.
"""

from collections.abc import Iterator

from processors.quotes.lexicon import Lexicon
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range, Said
from processors.quotes.subjects import own_subject, subject_of
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 3
BREAKS = frozenset({",", "-", "–", "—"})
ADVERBIALS = frozenset({"advmod", "npadvmod", "prep", "dative", "aux", "neg", "tmod"})
"""What may follow the verb inside the commas: "he said on Monday"."""


def parentheticals(reading: Reading, lexicon: Lexicon) -> list[Said]:
    """What stands before and after each attribution that commas set off."""
    found: list[Said] = []
    for verb in reading.cues:
        if reading.lower[verb] in lexicon.clause:
            found.extend(_around(reading, verb))
    return found


def _around(reading: Reading, verb: int) -> Iterator[Said]:
    subject = own_subject(reading, verb)
    if subject is None:
        return
    speaker = subject_of(reading, verb)
    start, end = _extent(reading, verb, subject)
    first, last = sentence_of(reading, verb)
    if start <= first or not _is_break(reading, start - 1):
        return
    if end < len(reading) and reading.words[end] not in BREAKS and end < last - 1:
        return
    if end < len(reading) and reading.words[end] == ":":
        return
    before, after = (first, start), (end, last)
    if reading.lower[before[0]] in ("but", "and", "so", "as"):
        before = (before[0] + 1, before[1])
    if before[0] < before[1] and reading.lower[before[0]] == ",":
        before = (before[0] + 1, before[1])
    if end < last - 1 and _opens_quotation(reading, end):
        if not reading.text[reading.marks[reading.quotation[end + 1]].inner_start].islower():
            return
    for one in (before, after):
        run = trimmed(reading, *one)
        if reading.word_count(*run) >= FEWEST_WORDS:
            yield Said(*run, (verb, verb + 1), speaker)


def _opens_quotation(reading: Reading, comma: int) -> bool:
    return comma + 1 < len(reading) and reading.quotation[comma + 1] != OUTSIDE


def _is_break(reading: Reading, token: int) -> bool:
    return reading.words[token] in BREAKS and reading.quotation[token] == OUTSIDE


def _extent(reading: Reading, verb: int, subject: int) -> Range:
    """From the subject to the verb, or the other way round, with adverbials up to the next comma."""
    start = min(verb, reading.left[subject])
    for kid in reading.kids[verb]:
        if kid < start and reading.deps[kid] in ("advmod", "aux") and kid == start - 1:
            start = kid
    end = max(verb, reading.right[subject]) + 1
    for kid in reading.kids[verb]:
        if kid >= end and reading.left[kid] == end and reading.deps[kid] in ADVERBIALS:
            end = reading.right[kid] + 1
    return start, end


def sentence_of(reading: Reading, token: int) -> Range:
    """The tokens of the sentence that a token stands in."""
    first = last = reading.sentence[token]
    while last < len(reading) and reading.sentence[last] == first:
        last += 1
    return first, last
