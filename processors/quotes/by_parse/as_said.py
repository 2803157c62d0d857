"""Attributions with "as": "As the paper reported, it rained"; "it rained, as the mayor put it".

Knows one sentence and its tree.
"""

from collections.abc import Iterator

from processors.quotes.by_parse.noun_phrases import own_subject
from processors.quotes.by_parse.subjects import subject_of
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate
from processors.quotes.token_table import FINITE, OUTSIDE, TokenTable
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 4
"""Shorter, what stands beside it is a time or a place."""
PUTTING = ("put", "puts")
"""With "it" they report, once in a paragraph at most: "as the mayor put it"."""
NEAR_END = 3
"""Tokens from the end of what stands there within which another cue has it already."""


def as_said(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """What each "as somebody said" of a paragraph vouches for."""
    found: list[QuoteCandidate] = []
    for verb in table.cues:
        if table.lower[verb] in lexicon.clause:
            found.extend(_vouched(table, verb, verb + 1))
    for word in PUTTING:
        verb = table.lower.index(word) if word in table.lower else len(table)
        if table.lower[verb + 1 : verb + 2] == ["it"]:
            found.extend(_vouched(table, verb, verb + 2))
    return found


def _vouched(table: TokenTable, verb: int, end_of_cue: int) -> Iterator[QuoteCandidate]:
    opening = _opening(table, verb)
    # "As rain threatens to flood the road, it is likely that …" vouches for nothing.
    if opening is None or any(table.deps[kid] == "xcomp" for kid in table.kids[verb]):
        return
    first, last = table.sentence_of(verb)
    comma = next((token for token in range(verb + 1, last) if table.words[token] == ","), last)
    before, behind = (first, opening), (comma, last)
    # "The bridge is, as she put it, a relic of the war", "one reason, as Lind notes, is that it is old": what is said
    # comes behind, where anything does.
    last_first = end_of_cue > verb + 1 or not table.has_finite_verb(first, opening)
    for stretch in (behind, before) if last_first else (before, behind):
        start, end = trimmed(table, *stretch)
        if end <= opening and _is_said_there(table, start, end):
            return  # "“It is late,” Holm said in Dorn, as reported by the paper"
        ending = range(max(start, end - NEAR_END), end) if end <= opening else ()
        if any(token in table.cues and table.tags[token] in FINITE for token in ending):
            return  # "“It is late,” Holm said, as the crowd cheered"
        if table.word_count(start, end) >= FEWEST_WORDS:
            yield QuoteCandidate(start, end, (verb, end_of_cue), subject_of(table, verb))
            return


def _is_said_there(table: TokenTable, start: int, end: int) -> bool:
    """Whether a verb of reporting with a subject stands behind a quotation."""
    return any(
        start < cue < end and table.quotation[start] != OUTSIDE and own_subject(table, cue) is not None
        for cue in table.cues
    )


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
