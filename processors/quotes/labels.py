"""Speech behind a name and a colon: headlines ("Merkel: we can do it") and transcripts ("MERKEL: Good evening.").

Reads text alone, in any language. Knows no verbs and no tree.
"""

import re
from collections.abc import Collection

MOST_WORDS = 5
"""A longer beginning is a sentence with a colon in it."""
FEWEST_WORDS = 3
"""Behind the colon: a shorter rest is an item of a list."""
_LABEL = re.compile(r"\s*([^:.!?;,“”\"]{2,60}):\s+(?=\S)")
_SMALL = frozenset({"of", "the", "de", "la", "le", "van", "von", "der", "den", "da", "di", "al", "bin", "y"})


def label(text: str, not_speakers: Collection[str]) -> tuple[int, int, int] | None:
    """Start and end of a paragraph's label, and where what it labels starts; None where there is no label.

    `not_speakers`: labels in lower case that name no speaker ("note").
    """
    found = _LABEL.match(text)
    if found is None:
        return None
    words = found.group(1).split()
    if not words or len(words) > MOST_WORDS or found.group(1).strip().lower() in not_speakers:
        return None
    if (
        not all(_is_name_part(word) for word in words)
        or len(text[found.end() :].split(maxsplit=FEWEST_WORDS)) < FEWEST_WORDS
    ):
        return None
    if _is_list(text[found.end() :]):
        return None
    return found.start(1), found.end(1), found.end()


def _is_list(rest: str) -> bool:
    """Whether there is a comma for every few words: "Iowa: Tim Abel, Ann Bork, Al Cole"."""
    return rest.count(",") * MOST_WORDS > len(rest.split())


def _is_name_part(word: str) -> bool:
    return word[0].isupper() or word in _SMALL or word[0] in "(‘'"
