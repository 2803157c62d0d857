"""What somebody thinks, by an adjective: "the council is worried that the bridge is unsafe", "she is confident that …".

Any adjective with a clause behind it, of somebody: of "it is likely that …" nobody is the subject. Knows the tree; no
list of adjectives.
"""

from collections.abc import Iterator

from processors.quotes.by_parse.noun_phrases import noun_phrase, own_subject
from processors.quotes.by_parse.unsaid import is_open
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate
from processors.quotes.token_table import OUTSIDE, TokenTable
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 4
"""As for a noun of saying: shorter, it is mostly a fixed phrase."""
NOBODY = frozenset({"it", "this", "that", "these", "those", "there", "which", "what", "one", "nobody", "none"})
"""Subjects that think nothing."""
DEGREES = frozenset({"so", "too", "such"})
"""Before an adjective they make what follows a consequence: "so old that it fell"."""


def adjectives(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """What the adjectives of a paragraph tell that somebody thinks, in their order."""
    found = (token for token, tag in enumerate(table.tags) if tag == "JJ")
    return [one for token in found for one in _thought(table, lexicon, token)]


def _thought(table: TokenTable, lexicon: Lexicon, adjective: int) -> Iterator[QuoteCandidate]:
    if table.deps[adjective] != "acomp" or table.quotation[adjective] != OUTSIDE:
        return
    verb = table.heads[adjective]
    subject = own_subject(table, verb)
    if subject is None or table.lower[subject] in NOBODY or is_open(table, lexicon, verb):
        return
    if any(table.lower[kid] in DEGREES for kid in table.kids[adjective]):
        return
    for kid in table.kids[adjective]:
        if kid > adjective and table.deps[kid] == "ccomp" and _has_that(table, adjective, kid):
            start, end = trimmed(table, table.left[kid], table.right[kid] + 1)
            if table.word_count(start, end) >= FEWEST_WORDS:
                yield QuoteCandidate(start, end, (adjective, adjective + 1), noun_phrase(table, subject))


def _has_that(table: TokenTable, adjective: int, clause: int) -> bool:
    return table.left[clause] == adjective + 1 and table.lower[adjective + 1] == "that"
