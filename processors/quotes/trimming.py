"""Trims a candidate: no commas at its edges, and no conjunction left over at its end, no dateline.

Knows words and marks.
"""

from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import OUTSIDE, TokenTable


def trimmed(table: TokenTable, start: int, end: int) -> Range:
    """Without what is no word at the edges; marks of a quotation stay."""
    start = max(start, table.begin)
    while start < end and not table.is_word(start) and table.quotation[start] == OUTSIDE:
        start += 1
    while end > start and table.quotation[end - 1] == OUTSIDE:
        if table.is_word(end - 1) and not table.is_conjunction(end - 1):
            break
        end -= 1
    return start, end
