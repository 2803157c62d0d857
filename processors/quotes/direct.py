"""Which quotations are speech: names of things and borrowed words in marks are left out.

Knows the look of what stands in the marks; not who says it.
"""

from processors.quotes.reading import Reading

FEWEST_WORDS = 4
"""Fewer words in marks are mostly a term or a nickname."""
LONGEST_SMALL_WORD = 4
"""Titles write words up to this length small: "of", "and", "with"."""


def is_speech(reading: Reading, number: int) -> bool:
    """Whether a quotation is long enough to be said, and not written as a title is."""
    words = [word for word in _tokens(reading, number) if any(map(str.isalnum, word))]
    return len(words) >= FEWEST_WORDS and not _is_title(words)


def _tokens(reading: Reading, number: int) -> list[str]:
    first, last = token_range(reading, number)
    return reading.words[first:last]


def _is_title(words: list[str]) -> bool:
    return all(word[0].isupper() for word in words if len(word) > LONGEST_SMALL_WORD)


def token_range(reading: Reading, number: int) -> tuple[int, int]:
    """The tokens of a quotation, marks included."""
    first = reading.quotation.index(number) if number in reading.quotation else 0
    last = first
    while last < len(reading) and reading.quotation[last] == number:
        last += 1
    return first, last
