"""Makes quotes of what was found: exact spans, the kind, groups of pieces, and speakers carried over paragraphs.

Knows code points of the article; not why something was found, nor whom a speaker's words stand for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range, Said
from schemas.article import Quote, QuoteKind, Span, Speaker

_LOOSE = " \t\xa0\u202f,;"
"""What is cut from the edges of what was said: it belongs to the sentence around it."""


class Assembler:
    """Takes an article's paragraphs in order, with what was said in each."""

    def __init__(self) -> None:
        self._speaker: Speaker | None = None
        self._open: int | None = None
        """Group of the quotation that the last paragraph left unclosed."""
        self._groups = 0

    def quotes(self, reading: Reading, found: Iterable[Said]) -> Iterator[Quote]:
        """The paragraph's quotes, in order."""
        found = list(found)
        groups = self._group(reading, found)
        for said, group in zip(found, groups, strict=True):
            span = content(reading, said)
            if span is None:
                continue
            speaker = self._speaker_of(reading, said)
            self._speaker = speaker or self._speaker
            yield Quote(
                start=span.start,
                end=span.end,
                kind=kind(reading, said),
                cue=_span(reading, said.cue),
                speaker=speaker,
                group=group,
            )

    def expect(self, reading: Reading, speaker: Range | None) -> None:
        """The paragraph announces who speaks in the next one."""
        span = _span(reading, speaker)
        if span is not None:
            self._speaker = _speaker(reading, span)

    def _speaker_of(self, reading: Reading, said: Said) -> Speaker | None:
        """Who the paragraph says it is; for a quotation alone, who spoke last."""
        span = _span(reading, said.speaker)
        if span is not None:
            return _speaker(reading, span)
        # A phrase in marks that goes on from a sentence of the writer's is rarely by who spoke in the last paragraph.
        return None if said.cue or _begins_small(reading, said) else self._speaker

    def _group(self, reading: Reading, found: list[Said]) -> list[int | None]:
        """One number for pieces that share a cue, and for a quotation that goes on in the next paragraph."""
        pieces = Counter(said.cue for said in found)
        number: dict[Range, int] = {}
        groups: list[int | None] = []
        for said in found:
            if said.cue is not None and said.cue not in number and pieces[said.cue] > 1:
                number[said.cue] = self._next()
            groups.append(number.get(said.cue) if said.cue else None)
        if found and self._open is not None and self._goes_on(reading, found[0]):
            groups[0] = self._open
        self._open = None
        if found and self._stays_open(reading, found[-1]):
            groups[-1] = self._open = groups[-1] or self._next()
        return groups

    def _next(self) -> int:
        self._groups += 1
        return self._groups

    @staticmethod
    def _goes_on(reading: Reading, first: Said) -> bool:
        return reading.quotation[first.start] == 0 and reading.marks[0].start == 0

    @staticmethod
    def _stays_open(reading: Reading, last: Said) -> bool:
        number = reading.quotation[last.end - 1]
        return number != OUTSIDE and not reading.marks[number].closed


def kind(reading: Reading, said: Said) -> QuoteKind:
    """Direct where all words stand in marks, indirect where none does."""
    inside = [reading.quotation[token] != OUTSIDE for token in range(said.start, said.end) if reading.is_word(token)]
    if all(inside):
        return "direct"
    return "mixed" if any(inside) else "indirect"


def content(reading: Reading, said: Said) -> Span | None:
    """What was said in code points of the article: without outer marks, commas and spaces; None if nothing is left."""
    start, end = reading.starts[said.start], reading.ends[said.end - 1]
    number = reading.quotation[said.start]
    if number != OUTSIDE and reading.quotation[said.end - 1] == number:
        mark = reading.marks[number]
        start, end = max(start, mark.inner_start), min(end, mark.inner_end)
    while start < end and reading.text[start] in _LOOSE:
        start += 1
    while start < end and reading.text[end - 1] in _LOOSE:
        end -= 1
    return Span(start=reading.offset + start, end=reading.offset + end) if start < end else None


def _begins_small(reading: Reading, said: Said) -> bool:
    number = reading.quotation[said.start]
    return number != OUTSIDE and reading.inner(number)[:1].islower()


def _speaker(reading: Reading, span: Span) -> Speaker:
    text = reading.text[span.start - reading.offset : span.end - reading.offset]
    return Speaker(start=span.start, end=span.end, text=text)


def _span(reading: Reading, tokens: Range | None) -> Span | None:
    if tokens is None:
        return None
    return Span(start=reading.offset + reading.starts[tokens[0]], end=reading.offset + reading.ends[tokens[1] - 1])
