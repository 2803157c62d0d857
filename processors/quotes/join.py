"""Merges overlapping candidates: one quote where several rules found something in one place.

Knows token ranges and quotations; not why something was found.
"""

from collections.abc import Iterable, Sequence

from processors.quotes.quote_candidate import QuoteCandidate
from processors.quotes.token_table import OUTSIDE, TokenTable


def join(table: TokenTable, found: Iterable[QuoteCandidate]) -> list[QuoteCandidate]:
    """Widened to the quotations they touch; of two that overlap the wider stays, with its own cue; one goes on."""
    widened = sorted((_widen(table, one) for one in found), key=lambda one: (one.start, -one.end))
    joined: list[QuoteCandidate] = []
    for candidate in widened:
        if joined and (candidate.start < joined[-1].end or _goes_on(table, joined[-1], candidate)):
            joined[-1].end = max(joined[-1].end, candidate.end)
        else:
            joined.append(candidate)
    return joined


def _goes_on(table: TokenTable, last: QuoteCandidate, candidate: QuoteCandidate) -> bool:
    """ "He said that it rains, and that it snows": what the same words report, with nothing but "and" between."""
    if candidate.cue is None or candidate.cue != last.cue or candidate.cue[1] > last.start:
        return False
    between = range(last.end, candidate.start)
    return all(
        table.is_conjunction(token) or not (table.is_word(token) or table.words[token] == ".") for token in between
    )


def apart(found: Iterable[QuoteCandidate], others: Sequence[QuoteCandidate]) -> list[QuoteCandidate]:
    """Those that touch none of the others."""
    taken = {token for one in others for token in one.tokens}
    return [one for one in found if taken.isdisjoint(one.tokens)]


def _widen(table: TokenTable, candidate: QuoteCandidate) -> QuoteCandidate:
    start, end, inside = candidate.start, candidate.end, table.quotation
    while start > 0 and inside[start] != OUTSIDE and inside[start - 1] == inside[start]:
        start -= 1
    while end < len(table) and inside[end - 1] != OUTSIDE and inside[end] == inside[end - 1]:
        end += 1
    return QuoteCandidate(start, end, candidate.cue, candidate.speaker, candidate.factuality)
