"""Titles before names: which word stands there, what it is in full, and whether it tells namesakes apart.

Knows words; nothing of people.
"""

import re
from functools import lru_cache

from processors.entities import gazetteer
from processors.entities.gazetteer import NAMES
from processors.model.english_words import is_english, is_no_noun

_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?\s+$")
_REACH = 24
_SHORT = {
    "adm": "admiral",
    "capt": "captain",
    "col": "colonel",
    "dr": "doctor",
    "gen": "general",
    "gov": "governor",
    "lt": "lieutenant",
    "maj": "major",
    "pres": "president",
    "prof": "professor",
    "rep": "representative",
    "rev": "reverend",
    "sen": "senator",
    "sgt": "sergeant",
}


def title_before(text: str, start: int) -> str | None:
    """The word right before a name, in small letters and in full; it may be a title."""
    word = _WORD_BEFORE.search(text[max(0, start - _REACH) : start])
    if word is None:
        return None
    small = word[1].lower()
    return _SHORT.get(small, small)


@lru_cache(maxsize=NAMES)
def is_title(word: str) -> bool:
    """Whether a word may be what somebody is: "senator", "farmer"; not "said"."""
    return (
        word in gazetteer.words("titles.txt") or word in _SHORT.values() or (is_english(word) and not is_no_noun(word))
    )
