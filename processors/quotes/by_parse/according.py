"""Sources named by a preposition: "according to the police, it rained".

Knows the sentence around the source; not verbs.
"""

from collections.abc import Iterator

from processors.quotes.by_parse.noun_phrases import noun_phrase
from processors.quotes.by_parse.subjects import subject_of
from processors.quotes.by_word_order.sources import source_words
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 4
"""As for a clause, and the noun that it would otherwise be."""
LONGEST_PARENTHESIS = 60
"""Tokens in a parenthesis before its source, at most."""


def according(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """What stands around each source that a paragraph names."""
    found: list[QuoteCandidate] = []
    for token, word in enumerate(table.lower):
        if word in lexicon.order.source_starts and table.quotation[token] == OUTSIDE:
            length = source_words(table, lexicon, token, len(table))
            # "The paper reported that, according to the police, it rained": the paper says so.
            if length and table.lower[_word_before(table, token)] != "that":
                found.extend(_around(table, lexicon, token, token + length))
    return found


def _around(table: TokenTable, lexicon: Lexicon, cue: int, end_of_cue: int) -> Iterator[QuoteCandidate]:
    source = _source(table, end_of_cue - 1)
    if source is None:
        return
    speaker, after = source
    verb = _word_before(table, cue)
    last = table.sentence_of(cue)[1]
    if verb in table.cues and table.lower[verb] in lexicon.clause and table.has_finite_verb(after, last):
        # "The paper reported, according to the police, it rained": so does it.
        yield QuoteCandidate(*trimmed(table, after, last), (verb, verb + 1), subject_of(table, verb))
        return
    for start, end in _stretches(table, cue, after):
        if table.word_count(start, end) >= FEWEST_WORDS:
            yield QuoteCandidate(start, end, (cue, end_of_cue), speaker)


def _word_before(table: TokenTable, token: int) -> int:
    """The last word before a token, over commas; the token before it where its sentence has none."""
    before = token - 1
    while before > table.sentence[token] and not table.is_word(before):
        before -= 1
    return before


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
    first = max(first, _behind_parenthesis(table, first, cue))
    if table.word_count(first, cue) >= FEWEST_WORDS:
        yield trimmed(table, first, cue)
    else:
        yield trimmed(table, after, last)


def _behind_parenthesis(table: TokenTable, first: int, cue: int) -> int:
    """Where the parenthesis begins that a source stands in, "(ten, according to Ek)", or the part behind a semicolon:
    it vouches for that alone."""
    for token in range(cue - 1, max(first, cue - LONGEST_PARENTHESIS) - 1, -1):
        if table.words[token] == ")":
            return first
        if table.words[token] in ("(", ";"):
            return token + 1
    return first
