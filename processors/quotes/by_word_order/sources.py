"""Sources named by a little word: "laut Polizei", "nach Angaben der Stadt", "selon M. Macron", "der Zeitung zufolge".

Knows the lexicon's words for it, and word order; no tree.
"""

from processors.quotes.by_word_order.phrases import noun_after, phrase_after, phrase_before
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import Attribution
from processors.quotes.token_table import OUTSIDE, TokenTable

FARTHEST_NOUN = 4
"""Where the noun of a source stands at most: "nach ihren ersten Angaben"."""


def source_at(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> Attribution | None:
    """The source that the words from `start` on name, where they begin with a word for it."""
    length = source_words(table, lexicon, start, end)
    if not length:
        return None
    after = start + length
    if lexicon.order.leads:
        after = _verb_behind(table, lexicon, after, end) or after
    while after < end and table.lower[after] in lexicon.reporting:  # "según informó el alcalde"
        after += 1
    if after < end and table.lower[after] in lexicon.order.leads:  # "a detta della polizia"
        speaker = phrase_after(table, lexicon, after + 1, end) or noun_after(table, lexicon, after + 1, end)
    else:
        speaker = phrase_after(table, lexicon, after, end)
    return None if speaker is None else Attribution((start, start + length), speaker)


def source_words(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> int:
    """How many tokens at `start` are one of the language's words for a source: "according to" is 2."""
    order = lexicon.order
    if start >= end or table.lower[start] not in order.source_starts:
        return 0
    if start and table.lower[start - 1] in order.determiners:  # "o segundo turno"
        return 0
    if table.lower[start] in order.sources_verbal:
        behind = _verb_behind(table, lexicon, start + 1, end)
        return 0 if behind is None else behind - start
    closing = start > 0 and (table.words[start - 1] == "," or table.quotation[start - 1] != OUTSIDE)
    for length in (3, 2, 1):
        words = " ".join(table.lower[start : start + length])
        if start + length <= end and (words in order.sources or (closing and words in order.sources_closing)):
            return length
    named = table.lower[start + 1 : min(end, start + FARTHEST_NOUN)]
    if table.lower[start] in order.source_openers and not order.source_nouns.isdisjoint(named):
        return 1
    return 0


def _verb_behind(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> int | None:
    """The end of a verb of saying with its auxiliaries that begins at `start`: "ha già detto"."""
    while start < end and table.lower[start] in lexicon.order.fillers:
        start += 1
    return start + 1 if start < end and table.lower[start] in lexicon.reporting else None


def source_ending(table: TokenTable, lexicon: Lexicon, start: int, word: int) -> Attribution | None:
    """The source before a word that follows it: "der Zeitung zufolge"."""
    if table.lower[word] not in lexicon.order.sources_behind:
        return None
    speaker = phrase_before(table, lexicon, start, word)
    return None if speaker is None else Attribution((word, word + 1), speaker)
