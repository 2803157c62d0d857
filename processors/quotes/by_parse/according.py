"""Sources named by a preposition: "according to the police, it rained".

Knows the sentence around the source; not verbs.
"""

from collections.abc import Iterator

from processors.quotes.by_parse.subjects import noun_phrase
from processors.quotes.by_word_order.sources import source_words
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 4
"""As for a clause, and the noun that it would otherwise be."""


def according(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """What stands around each source that a paragraph names."""
    found: list[QuoteCandidate] = []
    for token in range(len(table)):
        length = source_words(table, lexicon, token, len(table)) if table.quotation[token] == OUTSIDE else 0
        if length:
            found.extend(_around(table, token, token + length))
    return found


def _around(table: TokenTable, cue: int, end_of_cue: int) -> Iterator[QuoteCandidate]:
    source = _source(table, end_of_cue - 1)
    if source is None:
        return
    speaker, after = source
    for start, end in _stretches(table, cue, after):
        if table.word_count(start, end) >= FEWEST_WORDS:
            yield QuoteCandidate(start, end, (cue, end_of_cue), speaker)


def _source(table: TokenTable, preposition: int) -> tuple[Range, int] | None:
    """The noun after the preposition, and where all that hangs on it ends."""
    for kid in table.kids[preposition]:
        if table.deps[kid] == "pobj":
            return noun_phrase(table, kid), table.right[kid] + 1
        if table.deps[kid] == "pcomp":  # "according to whoever posted it"
            return (table.left[kid], table.right[kid] + 1), table.right[kid] + 1
    return None


def _stretches(table: TokenTable, cue: int, after: int) -> Iterator[Range]:
    """Before the source within the sentence; where nothing is, what follows it."""
    first = table.sentence[cue]
    last = cue
    while last < len(table) and table.sentence[last] == first:
        last += 1
    if table.word_count(first, cue) >= FEWEST_WORDS:
        yield trimmed(table, first, cue)
    else:
        yield trimmed(table, after, last)
