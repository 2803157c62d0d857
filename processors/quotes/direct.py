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
    start, end = reading.spans[number]
    words = [reading.words[token] for token in range(start, end) if reading.is_word(token)]
    return len(words) >= FEWEST_WORDS and not _is_title(words)


def _is_title(words: list[str]) -> bool:
    return all(word[0].isupper() for word in words if len(word) > LONGEST_SMALL_WORD)
