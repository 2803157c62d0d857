"""Whether two texts speak of the same thing, in any language: by the words that carry meaning. Knows no language.

A word is taken by its beginning, so that endings do not count; short words are left out, because every text has them.
Scripts without spaces are taken in pieces of a few characters.
"""

import re
import unicodedata

# Articles, pronouns and prepositions are mostly shorter, in alphabets; endings begin mostly later.
_SHORTEST, _STEM = 4, 5
# Chinese and Japanese words have mostly two characters; of kana alone are endings and particles.
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々]+")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,}")
_HANGUL = re.compile(r"[가-힣]{2,}")
# South-East Asia: letters run on from word to word.
_RUNNING = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{4,}")
_RUN = 4
_WORD = re.compile(r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def words(text: str) -> set[str]:
    """The beginnings of the words that carry meaning."""
    text = unicodedata.normalize("NFKC", text).casefold()
    each = set(_WORD.findall(text))  # half of a text's words come again
    found = {word[:_STEM] for word in each if len(word) >= _SHORTEST or word.isdecimal()}
    if text.isascii():
        return found
    found |= {run[:2] for run in _HANGUL.findall(text)}
    for pattern, size in ((_HAN, 2), (_KATAKANA, 3), (_RUNNING, _RUN)):
        for run in pattern.findall(text):
            found |= {run[start : start + size] for start in range(max(1, len(run) - size + 1))}
    return found


def share_of(said: set[str], there: set[str]) -> float:
    """The share of the words `said` that are among those `there`; of none, none."""
    return len(said & there) / len(said) if said else 0.0
