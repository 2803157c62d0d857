"""Cuts from a stretch of speech what is not said: commas, and conjunctions left over at its end.

Knows words and marks.
"""

from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range


def trimmed(reading: Reading, start: int, end: int) -> Range:
    """Without what is no word at the edges; marks of a quotation stay."""
    while start < end and not reading.is_word(start) and reading.quotation[start] == OUTSIDE:
        start += 1
    while end > start and reading.quotation[end - 1] == OUTSIDE:
        if reading.is_word(end - 1) and not reading.is_conjunction(end - 1):
            break
        end -= 1
    return start, end
