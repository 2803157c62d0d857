"""Quotations with their attribution inside the marks: « Le pont, a dit Anne Petit, est fermé »."""

from processors.quotes.by_word_order.sources import source_words
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate
from processors.quotes.token_table import TokenTable

_INSIDE = frozenset(",—–")
"""What opens an attribution inside the marks."""


def interrupted(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> list[QuoteCandidate]:
    """The pieces of a quotation that has its attribution inside the marks: « Le pont, a dit Anne Petit, est fermé »."""
    for opens in range(start + 1, end - 1):
        if table.words[opens] not in _INSIDE and not _is_dash(table, lexicon, opens):
            continue
        cue = opens + 1
        while cue < end and table.lower[cue] in lexicon.order.fillers:
            cue += 1
        # "s'indigne Anne Petit": of verbs that nobody lists the little word before them tells enough
        reflexive = not lexicon.order.reflexives.isdisjoint(table.lower[opens + 1 : cue])
        if cue >= end or not (_reports(table, lexicon, cue, end) or (reflexive and table.words[cue].islower())):
            continue
        if lexicon.order.close and not _opens_name(table, lexicon, cue + 1):  # "…, se houver maioria, …"
            continue
        close = next((token for token in range(cue + 1, end) if not table.is_word(token)), end)
        speaker = (cue + 1, close)
        if close > cue + 1 and any(table.words[token][0].isupper() for token in range(*speaker)):
            pieces = [(start, opens), (min(close + 1, end), end)]
            return [QuoteCandidate(*one, (cue, cue + 1), speaker) for one in pieces if table.word_count(*one)]
    return []


def _opens_name(table: TokenTable, lexicon: Lexicon, token: int) -> bool:
    """Whether a name, an article, a preposition or an adverb goes on behind a verb; no clause: "…, ha detto che"."""
    if token >= len(table):
        return False
    order, word = lexicon.order, table.lower[token]
    small = (order.articles | order.fillers | order.stops | order.pronouns) - order.that
    return table.words[token][0].isupper() or word in small


def _reports(table: TokenTable, lexicon: Lexicon, cue: int, end: int) -> bool:
    """Whether a word reports inside the marks; of prepositions only those of a whole source: "na opinião de"."""
    word = table.lower[cue]
    if lexicon.order.leads and word not in lexicon.reporting:
        return source_words(table, lexicon, cue, end) > 0
    return word in lexicon.strong_words


def _is_dash(table: TokenTable, lexicon: Lexicon, token: int) -> bool:
    """A dash between spaces, in languages that set off an attribution by it."""
    alone = table.text[table.starts[token] - 1].isspace() and table.text[table.ends[token]].isspace()
    return table.words[token] in lexicon.order.dashes and alone
