"""Attributions with "as": "As the paper reported, it rained"; "it rained, as the mayor put it".

Knows one sentence and its tree.
"""

from collections.abc import Iterator

from processors.quotes.by_parse.subjects import subject_of
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate
from processors.quotes.token_table import TokenTable
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 4
"""Shorter, what stands beside it is a time or a place."""


def as_said(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """What each "as somebody said" of a paragraph vouches for."""
    found: list[QuoteCandidate] = []
    for verb in table.cues:
        if table.lower[verb] in lexicon.clause:
            found.extend(_vouched(table, verb))
    return found


def _vouched(table: TokenTable, verb: int) -> Iterator[QuoteCandidate]:
    opening = _opening(table, verb)
    # "As rain threatens to flood the road, it is likely that …" vouches for nothing.
    if opening is None or any(table.deps[kid] == "xcomp" for kid in table.kids[verb]):
        return
    first, last = table.sentence_of(verb)
    comma = next((token for token in range(verb + 1, last) if table.words[token] == ","), last)
    for stretch in ((first, opening), (comma, last)):
        start, end = trimmed(table, *stretch)
        if table.word_count(start, end) >= FEWEST_WORDS:
            yield QuoteCandidate(start, end, (verb, verb + 1), subject_of(table, verb))
            return


def _opening(table: TokenTable, verb: int) -> int | None:
    """The "as" that the verb hangs on, at the beginning of the sentence or behind a comma."""
    for kid in table.kids[verb]:
        if kid < verb and table.lower[kid] == "as" and table.deps[kid] in ("mark", "advmod"):
            return kid if _begins(table, kid) or table.words[kid - 1] == "," else None
    return None


def _begins(table: TokenTable, token: int) -> bool:
    """Whether the token begins its sentence, or follows the conjunction that does: "But as the paper noted, …"."""
    first = table.sentence[token]
    return token == first or (token == first + 1 and table.is_conjunction(first))
