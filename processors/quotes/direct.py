"""Decides which quotations are speech: titles, terms and borrowed words in quotation marks are not.

Looks only at what stands between the marks; does not know who says it.
"""

import re

FEWEST_WORDS = 4
"""Fewer words in marks are mostly a term or a nickname."""
LONGEST_SMALL_WORD = 4
"""Titles write words up to this length small: "of", "and", "with"."""
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def is_speech(words_in_marks: str) -> bool:
    """Whether what stands in the marks is long enough to be said, and not written as a title is."""
    words = _WORD.findall(words_in_marks)
    return len(words) >= FEWEST_WORDS and not is_title(words)


def is_exclamation(words_in_marks: str) -> bool:
    """Whether a few words look like all that was said: "No," or "Nobody answered."; true of no term or nickname."""
    return words_in_marks[:1].isupper() and words_in_marks[-1:] in ".!?,"


def is_title(words: list[str]) -> bool:
    """Whether all but the small words begin with capitals, and not only a few: "Back by Christmas" is none."""
    capitals = sum(word[0].isupper() for word in words)
    return 2 * capitals >= len(words) and all(word[0].isupper() for word in words if len(word) > LONGEST_SMALL_WORD)
