"""Attribution by word order: what stands before and behind a quotation in its sentence.

For languages without a parser, and for English where none has run. Knows no tree.
"""

from collections.abc import Iterator

from processors.quotes.direct import is_speech
from processors.quotes.lexicon import Lexicon
from processors.quotes.order.phrases import phrase_after, phrase_before
from processors.quotes.order.sources import source_at
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import NOBODY, Attribution, Range, Said

FARTHEST = 12
"""Words from a quotation to the word that reports it, behind it."""


def beside(reading: Reading, lexicon: Lexicon) -> Iterator[Said]:
    """The quotations of a paragraph that are speech, with who says them where the sentence tells."""
    previous: Attribution | None = None
    for number, (start, end) in enumerate(reading.spans):
        if start == end or not is_speech(reading.inner(number)):
            continue
        first, last = _sentence(reading, start, end)
        found = _behind(reading, lexicon, end, last) or _before(reading, lexicon, first, start) or previous
        previous = found
        yield Said(start, end, *(found or NOBODY))


def _sentence(reading: Reading, start: int, end: int) -> Range:
    """The sentence around a quotation, up to the quotations on either side."""
    first = start
    while first > 0 and reading.sentence[first - 1] == reading.sentence[start]:
        if reading.quotation[first - 1] != OUTSIDE:
            break
        first -= 1
    last = end
    while last < len(reading) and reading.sentence[last] == reading.sentence[end - 1]:
        if reading.quotation[last] != OUTSIDE:
            break
        last += 1
    return first, last


def _behind(reading: Reading, lexicon: Lexicon, start: int, end: int) -> Attribution | None:
    """ "…", sagte Merkel; "…," Merkel said; "…", so Merkel."""
    while start < end and not reading.is_word(start):
        start += 1
    source = source_at(reading, lexicon, start, end)
    if source is not None:
        return source
    for cue in range(start, min(end, start + FARTHEST)):
        if cue in reading.cues:
            return attribution(reading, lexicon, cue, start, end)
        if reading.words[cue] in ";:":
            return None
    return None


def _before(reading: Reading, lexicon: Lexicon, start: int, end: int) -> Attribution | None:
    """Merkel sagte: "…"; Gestern sagte Merkel: "…"; the last word of reporting before the marks."""
    for cue in range(end - 1, start - 1, -1):
        if cue in reading.cues:
            return attribution(reading, lexicon, cue, start, end)
    return source_at(reading, lexicon, start, end)


def attribution(reading: Reading, lexicon: Lexicon, cue: int, start: int, end: int) -> Attribution | None:
    """The words of reporting at `cue` with the noun before it, else the one behind it, else the sentence's first."""
    after = cue + 1
    if lexicon.order.verb_second and after < end and reading.lower[after] in lexicon.order.pronouns:
        return Attribution((cue, after), (after, after + 1))
    speaker = (
        phrase_before(reading, lexicon, start, cue)
        or phrase_after(reading, lexicon, after, end)
        or phrase_after(reading, lexicon, start, cue)
    )
    return None if speaker is None else Attribution((cue, after), speaker)
