"""The way from an article's paragraphs to its quotes: read, find, join, attribute, resolve.

Knows the order of the steps; each step is a module of its own.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from processors.paragraph import Paragraph
from processors.quotes.according import according
from processors.quotes.beside import beside
from processors.quotes.clauses import clauses
from processors.quotes.coreference import resolve
from processors.quotes.direct import is_speech
from processors.quotes.join import join
from processors.quotes.labels import label
from processors.quotes.lexicon import Lexicon, lexicon
from processors.quotes.nouns import nouns
from processors.quotes.parenthetical import parentheticals
from processors.quotes.reading import OUTSIDE, Reading, read
from processors.quotes.reported import reported
from processors.quotes.said import Attribution, Said
from processors.quotes.scanning import scan
from processors.quotes.speakers import attribute, attributions
from processors.quotes.worth import worth_parsing
from schemas.article import Entity, Quote, QuoteKind, Span, Speaker

def wants_parse(paragraph: Paragraph, language: str | None) -> bool:
    """Whether the dependency parser must run on a paragraph before `find_quotes` sees it."""
    words = lexicon(language or "")
    return words is not None and words.parsed and worth_parsing(paragraph.text, words)


def find_quotes(
    text: str, paragraphs: Sequence[Paragraph], entities: Sequence[Entity], language: str | None
) -> tuple[Quote, ...]:
    """The quotes of an article in order, with exact code point offsets into `text`; never raises for a text."""
    words = lexicon(language or "")
    if words is None:
        return ()
    quotes: list[Quote] = []
    last: Speaker | None = None
    for paragraph in paragraphs:
        reading = _reading(paragraph, words)
        for said in _labelled(reading, words) or _said_in(reading, words):
            quote = _quote(reading, said, last)
            last = quote.speaker or last
            quotes.append(quote)
    return tuple(resolve(text, quotes, entities))


def _labelled(reading: Reading, words: Lexicon) -> list[Said]:
    """The whole paragraph, where it begins with a name and a colon."""
    found = label(reading.text, words.not_speakers)
    if found is None:
        return []
    start, end, content = (bisect_left(reading.starts, place) for place in found)
    return [Said(content, len(reading), (end, end + 1), (start, end), content)]


def _reading(paragraph: Paragraph, words: Lexicon) -> Reading:
    if words.parsed and paragraph.doc.has_annotation("DEP"):
        return read(paragraph, words)
    return scan(paragraph.text, paragraph.start, words)


def _said_in(reading: Reading, words: Lexicon) -> list[Said]:
    if not reading.heads:
        return _by_word_order(reading, words)
    found = join(
        reading, [*clauses(reading, words), *parentheticals(reading, words), *according(reading), *nouns(reading, words)]
    )
    covered = {reading.quotation[token] for said in found for token in range(said.start, said.end)}
    return sorted([*found, *_bare(reading, words, covered, found)], key=lambda said: said.start)


def _by_word_order(reading: Reading, words: Lexicon) -> list[Said]:
    found = join(reading, reported(reading, words))
    covered = {reading.quotation[token] for said in found for token in range(said.start, said.end)}
    bare = [said for said in beside(reading, words) if reading.quotation[said.start] not in covered]
    return sorted([*found, *bare], key=lambda said: said.start)


def _bare(reading: Reading, words: Lexicon, covered: set[int], found: list[Said]) -> Iterator[Said]:
    """The quotations of a paragraph that no rule has explained."""
    known = attributions(reading, words)
    previous: Attribution | None = None
    for number, (start, end) in enumerate(reading.spans):
        if number not in covered and is_speech(_inner(reading, number)):
            previous = attribute(reading, (start, end), known, previous)
            cue, speaker = (previous.cue, previous.speaker) if previous else (None, None)
            yield Said(start, end, cue, speaker, start)


def _inner(reading: Reading, number: int) -> str:
    return reading.text[reading.marks[number].inner_start : reading.marks[number].inner_end]


def _quote(reading: Reading, said: Said, last: Speaker | None) -> Quote:
    start, end = reading.starts[said.start], reading.ends[said.end - 1]
    return Quote(
        start=reading.offset + start,
        end=reading.offset + end,
        kind=_kind(reading, said),
        cue=_span(reading, said.cue),
        speaker=_speaker(reading, said.speaker) or (last if said.cue is None else None),
    )


def _kind(reading: Reading, said: Said) -> QuoteKind:
    inside = [reading.quotation[token] != OUTSIDE for token in range(said.start, said.end) if reading.is_word(token)]
    if all(inside):
        return "direct"
    return "mixed" if any(inside) else "indirect"


def _span(reading: Reading, tokens: tuple[int, int] | None) -> Span | None:
    if tokens is None:
        return None
    return Span(start=reading.offset + reading.starts[tokens[0]], end=reading.offset + reading.ends[tokens[1] - 1])


def _speaker(reading: Reading, tokens: tuple[int, int] | None) -> Speaker | None:
    span = _span(reading, tokens)
    if span is None:
        return None
    words = reading.text[span.start - reading.offset : span.end - reading.offset]
    return Speaker(start=span.start, end=span.end, text=words)
