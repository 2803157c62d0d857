"""Indirect speech by word order: "sagte, er komme", "said that …", "laut Polizei …", and moods that only report.

For languages without a parser, and for English where none has run. Reads sentence by sentence; no tree.
"""

from collections.abc import Iterator

from processors.quotes.lexicon import Lexicon
from processors.quotes.order.beside import attribution
from processors.quotes.order.sources import source_at, source_ending, source_words
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Attribution, Range, Said
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 4
"""As the parser's rules have it; shorter, the order of words is no evidence."""
NEAR = 8
"""Tokens from a verb to the word that opens what was said: "said on Monday that"."""
CLOSING = 5
"""Tokens from a comma to the verb of an attribution that closes a sentence."""


def reported(reading: Reading, lexicon: Lexicon) -> Iterator[Said]:
    """What the sentences of a paragraph report."""
    last: Attribution | None = None
    for start, end in sentences(reading):
        found = _by_source(reading, lexicon, start, end) or _by_verb(reading, lexicon, start, end)
        if not found and last is not None and _only_reports(reading, lexicon, start, end):
            found = [_said(reading, (start, end), None, last.speaker)]
        for said in found:
            if reading.word_count(said.start, said.end) >= FEWEST_WORDS:
                yield said
                if said.cue and said.speaker:
                    last = Attribution(said.cue, said.speaker)


def sentences(reading: Reading) -> Iterator[Range]:
    """The sentences of a paragraph as ranges of tokens."""
    start = 0
    for token in range(1, len(reading) + 1):
        if token == len(reading) or reading.sentence[token] != start:
            yield start, token
            start = token


def _said(reading: Reading, content: Range, cue: Range | None, speaker: Range | None) -> Said:
    start, end = trimmed(reading, *content)
    return Said(start, end, cue, speaker)


def _by_source(reading: Reading, lexicon: Lexicon, start: int, end: int) -> list[Said]:
    """The sentence around "laut Polizei" or "der Zeitung zufolge"."""
    for token in range(start, end):
        if reading.quotation[token] != OUTSIDE:
            continue
        source = source_at(reading, lexicon, token, end) if source_words(reading, lexicon, token, end) else None
        source = source or source_ending(reading, lexicon, start, token)
        if source is not None:
            first, last = min(source.cue[0], source.speaker[0]), max(source.cue[1], source.speaker[1])
            if first == start and not lexicon.order.comma_opens:
                last = _after_comma(reading, last, end)
            return [
                _said(reading, content, source.cue, source.speaker)
                for content in ((start, first), (last, end))
                if reading.word_count(*content) >= FEWEST_WORDS
            ]
    return []


def _after_comma(reading: Reading, start: int, end: int) -> int:
    """Where the sentence goes on behind all that is said of its source, which a comma closes."""
    for token in range(start, min(start + NEAR, end)):
        if reading.words[token] == ",":
            return token + 1
    return start


def _by_verb(reading: Reading, lexicon: Lexicon, start: int, end: int) -> list[Said]:
    """What a verb of reporting opens behind itself, or closes before itself."""
    for cue in (token for token in range(start, end) if token in reading.cues):
        content = _behind(reading, lexicon, cue, end) or _before(reading, cue, start, end)
        if content is not None:
            bounds = (content[1], end) if content[1] <= cue else (start, content[0])
            found = attribution(reading, lexicon, cue, *bounds)
            if found is not None:
                return [_said(reading, content, found.cue, found.speaker)]
    return []


def _behind(reading: Reading, lexicon: Lexicon, cue: int, end: int) -> Range | None:
    order = lexicon.order
    for token in range(cue + 1, min(cue + NEAR, end)):
        if reading.lower[token] in order.that:
            return token, end
        if order.comma_opens and reading.words[token] == "," and reading.quotation[token] == OUTSIDE:
            return token + 1, end
    opens = cue + 1
    if order.bare_clause and opens < end and _begins_clause(reading, lexicon, cue, opens):
        return opens, end
    return None


def _begins_clause(reading: Reading, lexicon: Lexicon, cue: int, token: int) -> bool:
    """ "said immigrants came", "wrote he came"; not "told CNN", "said on Monday"."""
    word, order = reading.lower[token], lexicon.order
    if word in order.pronouns or word in order.articles:
        return True
    return reading.is_word(token) and word not in order.stops and reading.cues[cue] in order.bare_clause


def _before(reading: Reading, cue: int, start: int, end: int) -> Range | None:
    """ "…, sagte Rutan." and "…, officials said.": the attribution closes the sentence."""
    for token in range(cue - 1, max(start, cue - CLOSING), -1):
        if reading.words[token] == "," and reading.quotation[token] == OUTSIDE:
            closes = not any(reading.words[later] == "," for later in range(cue, end))
            return (start, token) if closes else None
    return None


def _only_reports(reading: Reading, lexicon: Lexicon, start: int, end: int) -> bool:
    return any(reading.lower[token] in lexicon.order.mood for token in range(start, end))
