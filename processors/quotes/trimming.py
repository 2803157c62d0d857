"""Trims a candidate: no commas at its edges, and no conjunction left over at its end, no dateline.

Knows words and marks.
"""

from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import OUTSIDE, TokenTable

FARTHEST = 400
"""Tokens from the verb to the ends of its sentence at most: no sentence of news comes near, and time stays linear."""


def trimmed(table: TokenTable, start: int, end: int) -> Range:
    """Without what is no word at the edges; marks of a quotation stay."""
    start = max(start, table.begin)
    while start < end and not table.is_word(start) and table.quotation[start] == OUTSIDE:
        start += 1
    while end > start and table.quotation[end - 1] == OUTSIDE:
        # "Slowed to 18%": the sign is a word of its own.
        if table.words[end - 1] == "%" or (table.is_word(end - 1) and not table.is_conjunction(end - 1)):
            break
        end -= 1
    return start, end


def one_sentence(table: TokenTable, verb: int, start: int, end: int) -> Range:
    """The part of a stretch that stands in the sentence of its verb, and inside its parentheses, for trees that err."""
    depth = 0
    for token in range(max(start, verb - FARTHEST), min(end, verb + FARTHEST)):
        if table.quotation[token] != OUTSIDE:
            continue
        word = table.words[token]
        depth += (word == "(") - (word == ")")
        if depth < 0 or (word[-1] == "." and _ends(table, token)):
            if token > verb:
                return start, token + (word != "." and depth >= 0)
            start, depth = token + 1, 0
    return start, end


def _ends(table: TokenTable, point: int) -> bool:
    """Whether a sentence ends with a token that ends with a point: a lone point, or that of a sum, "$375m. The …"."""
    if table.words[point] != "." and not (point and table.tags[point - 1] == "CD"):
        return False
    behind = point + 1
    if behind == len(table):
        return False
    number = table.quotation[behind]
    opened = number != OUTSIDE and table.quotation[point] != number
    return (table.inner(number)[:1] if opened else table.words[behind][0]).isupper()
