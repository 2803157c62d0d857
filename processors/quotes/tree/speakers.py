"""Who says a quotation that no clause explains: the nearest cue, a verb beside the marks, or who spoke last.

Knows one paragraph; not who spoke before it, nor names.
"""

from bisect import bisect_left
from collections.abc import Sequence

from processors.quotes.lexicon import Lexicon
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Attribution, Range
from processors.quotes.tree.subjects import subject_of

CROSSING = 8
"""What each quotation between a cue and a quotation costs, in words of distance."""
AFTER_THE_SENTENCE = 12
"""What it costs that a cue stands in a later sentence: mostly it has a quotation of its own."""
BEFORE_THE_SENTENCE = 5
"""What it costs that a cue stands in an earlier sentence."""
NEIGHBOURS = 3
"""Cues looked at on each side of a quotation."""


def attributions(reading: Reading, lexicon: Lexicon) -> list[Attribution]:
    """Every reporting verb of the paragraph that has a subject, in order."""
    found = []
    for verb in reading.cues:
        if reading.lower[verb] in lexicon.clause:
            speaker = subject_of(reading, verb)
            if speaker is not None:
                found.append(Attribution((verb, verb + 1), speaker))
    return found


def attribute(
    reading: Reading, quotation: Range, known: Sequence[Attribution], previous: Attribution | None
) -> Attribution | None:
    """Who says a quotation: a cue in its sentence, the verb beside it, who said the one before, the nearest cue."""
    near = _near(known, quotation[0])
    same = [one for one in near if _in_sentence(reading, quotation, one.cue[0])]
    if same:
        return min(same, key=lambda one: _distance(reading, quotation, one))
    beside = _beside(reading, quotation)
    if beside or previous:
        return beside or previous
    return min(near, key=lambda one: _distance(reading, quotation, one), default=None)


def introduced(reading: Reading) -> Range | None:
    """Whose words the next paragraph brings, where this one ends with a colon."""
    if not reading.heads or reading.words[-1] != ":":
        return None
    found = _first_verb(reading, range(len(reading) - 2, reading.sentence[-1] - 1, -1))
    return found.speaker if found else None


def _near(known: Sequence[Attribution], start: int) -> Sequence[Attribution]:
    place = bisect_left(known, start, key=lambda one: one.cue[0])
    return known[max(0, place - NEIGHBOURS) : place + NEIGHBOURS]


def _in_sentence(reading: Reading, quotation: Range, verb: int) -> bool:
    return reading.sentence[quotation[0]] <= reading.sentence[verb] <= reading.sentence[quotation[1] - 1]


def _distance(reading: Reading, quotation: Range, one: Attribution) -> int:
    start, end = quotation
    verb = one.cue[0]
    between = range(verb + 1, start) if verb < start else range(end, verb)
    crossed = {reading.quotation[token] for token in between} - {OUTSIDE}
    words = sum(reading.quotation[token] == OUTSIDE for token in between)
    away = BEFORE_THE_SENTENCE if verb < start else AFTER_THE_SENTENCE
    return words + CROSSING * len(crossed) + (0 if _in_sentence(reading, quotation, verb) else away)


def _beside(reading: Reading, quotation: Range) -> Attribution | None:
    """A verb that no lexicon knows, behind the marks or before them: "…," she laughed; he gloated: "…"."""
    start, end = quotation
    if start > 0 and reading.words[start - 1] in (":", ",") and reading.inner(reading.quotation[start])[:1].isupper():
        return _first_verb(reading, range(start - 2, reading.sentence[start - 1] - 1, -1))
    if end < len(reading) and reading.lower[end - 2] in (",", "?", "!") and reading.sentence[end] <= end:
        return _first_verb(reading, range(end, min(end + AFTER_THE_SENTENCE, len(reading))))
    return None


def _first_verb(reading: Reading, tokens: Sequence[int]) -> Attribution | None:
    for token in tokens:
        if reading.quotation[token] != OUTSIDE:
            return None
        if reading.tags[token][:2] == "VB":
            speaker = subject_of(reading, token)
            if speaker is not None:
                return Attribution((token, token + 1), speaker)
    return None
