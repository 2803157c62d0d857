"""Who says a quotation that no clause explains: the nearest cue with a subject, or who spoke last.

Knows one paragraph and who spoke before it; not names.
"""

from dataclasses import dataclass

from processors.quotes.lexicon import Lexicon
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range, Said
from processors.quotes.subjects import subject_of

CROSSING = 8
"""What each quotation between a cue and a quotation costs, in words of distance."""
OTHER_SENTENCE = 5


@dataclass(slots=True)
class Attribution:
    """A reporting verb outside quotation marks, and its subject."""

    cue: Range
    speaker: Range


def attributions(reading: Reading, lexicon: Lexicon) -> list[Attribution]:
    """Every reporting verb of the paragraph that has a subject."""
    found = []
    for verb in range(len(reading)):
        if (
            reading.lower[verb] in lexicon.clause
            and reading.tags[verb][0] == "V"
            and reading.quotation[verb] == OUTSIDE
        ):
            speaker = subject_of(reading, verb)
            if speaker is not None:
                found.append(Attribution((verb, verb + 1), speaker))
    return found


def attribute(reading: Reading, start: int, end: int, known: list[Attribution]) -> Attribution | None:
    """The attribution nearest to a stretch of tokens."""
    return min(known, key=lambda one: _distance(reading, start, end, one), default=None)


def _distance(reading: Reading, start: int, end: int, one: Attribution) -> float:
    verb = one.cue[0]
    low, high = (verb + 1, start) if verb < start else (end, verb)
    between = range(low, high)
    crossed = {reading.quotation[token] for token in between} - {OUTSIDE}
    words = sum(reading.quotation[token] == OUTSIDE for token in between)
    first, last = reading.sentence[start], reading.sentence[max(start, end - 1)]
    same = first <= reading.sentence[verb] <= last
    return words + CROSSING * len(crossed) + (0 if same else OTHER_SENTENCE)


def unattributed(start: int, end: int, group: int) -> Said:
    """A quotation whose speaker is not in its paragraph."""
    return Said(start, end, None, None, group)
