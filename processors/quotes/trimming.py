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


def one_sentence(table: TokenTable, verb: int, start: int, end: int) -> Range:
    """The part of a stretch that stands in the sentence of its verb, and inside its parentheses, for trees that err."""
    depth = 0
    for token in range(start, end):
        if table.quotation[token] != OUTSIDE:
            continue
        word = table.words[token]
        depth += (word == "(") - (word == ")")
        if depth < 0 or (word == "." and _begins_behind(table, token)):
            if token > verb:
                return start, token
            start, depth = token + 1, 0
    return start, end


def _begins_behind(table: TokenTable, point: int) -> bool:
    return point + 1 < len(table) and table.words[point + 1][0].isupper()
