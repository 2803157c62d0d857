"""From candidates to quotes: exact spans, the kind, groups of pieces, and speakers carried over paragraphs.

Knows code points of the article; not which rule found a candidate, nor which person a speaker's words stand for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from processors.quotes.quote_candidate import SAID, QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable
from schemas.article import Quote, QuoteKind, Span, Speaker

_LOOSE = " \t\xa0\u202f,;"
"""What is cut from the edges of what was said: it belongs to the sentence around it."""


class Assembler:
    """Takes an article's paragraphs in order, with the candidates of each."""

    def __init__(self) -> None:
        self.quotes: list[Quote] = []
        """All so far, in order."""
        self.unsaid: list[Quote] = []
        """What was not said, in order."""
        self._first_of_paragraph = 0
        self._speaker: Speaker | None = None
        self._open: int | None = None
        """Group of the quotation that the last paragraph left unclosed."""
        self._groups = 0

    def add(self, table: TokenTable, found: Iterable[QuoteCandidate]) -> None:
        """The next paragraph's quotes, in order."""
        found = list(found)
        self.unsaid.extend(_unsaid(table, found))
        found = [one for one in found if one.factuality in SAID]
        groups = self._group(table, found)
        self._first_of_paragraph = len(self.quotes)
        for candidate, group in zip(found, groups, strict=True):
            span = content(table, candidate)
            if span is None:
                continue
            speaker = self._speaker_of(table, candidate)
            self._speaker = speaker or self._speaker
            cue = _span(table, candidate.cue)
            if group is not None and cue is not None and speaker is not None:
                self._give_back(group, speaker)
            self.quotes.append(_quote(table, candidate, span, speaker, group))

    def expect(self, speaker: Speaker | None) -> None:
        """The paragraph announces who speaks in the next one."""
        self._speaker = speaker or self._speaker

    def sign(self, speaker: Speaker) -> None:
        """A line names who said what the paragraph before it left without a speaker of its own."""
        for place in range(self._first_of_paragraph, len(self.quotes)):
            if self.quotes[place].cue is None:
                self.quotes[place] = self.quotes[place].model_copy(update={"speaker": speaker})

    def _give_back(self, group: int, speaker: Speaker) -> None:
        """The last paragraph of a quotation names its speaker: those before it had none, or one carried over."""
        for place in reversed(range(len(self.quotes))):
            one = self.quotes[place]
            if one.group != group or one.cue is not None:
                return
            self.quotes[place] = one.model_copy(update={"speaker": speaker})

    def _speaker_of(self, table: TokenTable, candidate: QuoteCandidate) -> Speaker | None:
        """Who the paragraph says it is; for a quotation alone, who spoke last."""
        speaker = speaker_at(table, candidate.speaker)
        if speaker is not None:
            return speaker
        # A phrase in marks that goes on from a sentence of the writer's is rarely by who spoke in the last paragraph.
        return None if candidate.cue or _begins_small(table, candidate) else self._speaker

    def _group(self, table: TokenTable, found: list[QuoteCandidate]) -> list[int | None]:
        """One number for pieces that share a cue, and for a quotation that goes on in the next paragraph."""
        pieces = Counter(candidate.cue for candidate in found)
        number: dict[Range, int] = {}
        groups: list[int | None] = []
        for candidate in found:
            if candidate.cue is not None and candidate.cue not in number and pieces[candidate.cue] > 1:
                number[candidate.cue] = self._next()
            groups.append(number.get(candidate.cue) if candidate.cue else None)
        if found and self._open is not None and self._goes_on(table, found[0]):
            groups[0] = self._open
        self._open = None
        if found and self._stays_open(table, found[-1]):
            groups[-1] = self._open = groups[-1] or self._next()
        return groups

    def _next(self) -> int:
        self._groups += 1
        return self._groups

    @staticmethod
    def _goes_on(table: TokenTable, first: QuoteCandidate) -> bool:
        return table.quotation[first.start] == 0 and table.marks[0].start == 0

    @staticmethod
    def _stays_open(table: TokenTable, last: QuoteCandidate) -> bool:
        number = table.quotation[last.end - 1]
        return number != OUTSIDE and not table.marks[number].closed


def _unsaid(table: TokenTable, found: Iterable[QuoteCandidate]) -> Iterator[Quote]:
    """What was not said leaves no speaker to the paragraphs behind it, and belongs to no group."""
    for one in found:
        span = content(table, one) if one.factuality not in SAID else None
        if span is not None:
            yield _quote(table, one, span, speaker_at(table, one.speaker), None)


def _quote(
    table: TokenTable, candidate: QuoteCandidate, span: Span, speaker: Speaker | None, group: int | None
) -> Quote:
    return Quote(
        start=span.start,
        end=span.end,
        kind=kind(table, candidate),
        cue=_span(table, candidate.cue),
        speaker=speaker,
        factuality=candidate.factuality,
        group=group,
    )


def kind(table: TokenTable, candidate: QuoteCandidate) -> QuoteKind:
    """Direct where all words stand in marks, indirect where none does."""
    inside = [table.quotation[token] != OUTSIDE for token in candidate.tokens if table.is_word(token)]
    if all(inside):
        return "direct"
    return "mixed" if any(inside) else "indirect"


def content(table: TokenTable, candidate: QuoteCandidate) -> Span | None:
    """What was said in code points of the article: without outer marks, commas and spaces; None if nothing is left."""
    start, end = table.starts[candidate.start], table.ends[candidate.end - 1]
    number = table.quotation[candidate.start]
    if number != OUTSIDE and table.quotation[candidate.end - 1] == number:
        mark = table.marks[number]
        start, end = max(start, mark.inner_start), min(end, mark.inner_end)
    while start < end and table.text[start] in _LOOSE:
        start += 1
    while start < end and table.text[end - 1] in _LOOSE:
        end -= 1
    return Span(start=table.offset + start, end=table.offset + end) if start < end else None


def _begins_small(table: TokenTable, candidate: QuoteCandidate) -> bool:
    number = table.quotation[candidate.start]
    return number != OUTSIDE and table.inner(number)[:1].islower()


def speaker_at(table: TokenTable, tokens: Range | None) -> Speaker | None:
    """The words of a speaker, by their tokens."""
    span = _span(table, tokens)
    if span is None:
        return None
    text = table.text[span.start - table.offset : span.end - table.offset]
    return Speaker(start=span.start, end=span.end, text=text)


def _span(table: TokenTable, tokens: Range | None) -> Span | None:
    if tokens is None:
        return None
    return Span(start=table.offset + table.starts[tokens[0]], end=table.offset + table.ends[tokens[1] - 1])
