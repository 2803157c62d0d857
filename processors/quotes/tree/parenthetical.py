"""An attribution set between commas: "many clubs, he said, have closed", "it rains, officials said".

Reads the surface, because a parse often breaks where a sentence is interrupted. Knows one sentence.
"""

from collections.abc import Iterator

from processors.quotes.lexicon import Lexicon
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range, Said
from processors.quotes.tree.subjects import own_subject, subject_of
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 3
"""Shorter, what stands beside it is a time or a link: "now, he said, it rains"."""
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
    start, end = _extent(reading, verb, subject)
    first, last = reading.sentence_of(verb)
    if not _is_set_off(reading, start, end, first, last):
        return
    speaker = subject_of(reading, verb)
    for stretch in ((_beginning(reading, first, start), start), (end, last)):
        stretch = trimmed(reading, *stretch)
        if reading.word_count(*stretch) >= FEWEST_WORDS:
            yield Said(*stretch, (verb, verb + 1), speaker)


def _is_set_off(reading: Reading, start: int, end: int, first: int, last: int) -> bool:
    """Whether commas, or a comma and the end of the sentence, stand around an attribution."""
    if start <= first or not _is_break(reading, start - 1):
        return False
    if end >= last - 1:
        # "In the end, he agreed." has no verb before the comma; what is said at length has one.
        return (end == len(reading) or reading.words[end] != ":") and reading.has_finite_verb(first, start)
    if not _is_break(reading, end):
        return False
    # "In a speech, he said, "We …": what is before the attribution is its time, unless the quotation goes on from it.
    return reading.quotation[end + 1] == OUTSIDE or reading.inner(reading.quotation[end + 1])[:1].islower()


def _beginning(reading: Reading, first: int, end: int) -> int:
    """Where the words before the attribution begin: not with "but" or a comma."""
    while first < end and reading.lower[first] in ("but", "and", "so", "as", ","):
        first += 1
    return first


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
