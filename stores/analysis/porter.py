"""Porter's stemmer with its author's later departures (bli, logi; words of two letters stay as they are).

That is what Lucene's PorterStemFilter computes. Source of the rules: M. F. Porter, "An algorithm for suffix
stripping" (1980), and the departures at tartarus.org/martin/PorterStemmer. Knows nothing of case or accents.
"""

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble",
    "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate",
    "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al",
    "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {
    "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": "",
}  # fmt: skip
_STEP_4 = dict.fromkeys(
    ("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism",
     "ate", "iti", "ous", "ive", "ize"),
    "",
)  # fmt: skip
_LAST_TWO = frozenset(ending[-2:] for endings in (_STEP_2, _STEP_3, _STEP_4) for ending in endings)
_LONGEST_SUFFIX = 7
_SHORTEST_WORD = 3


def stem(word: str) -> str:
    """The stem of a lower-case word; any string is allowed, and letters beyond a-z count as consonants."""
    if len(word) < _SHORTEST_WORD:
        return word
    word = _past_and_ing(_plural(word))
    if word[-1] == "y" and "v" in _shape(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(word, _STEP_2, least=0)
    word = _replaced(word, _STEP_3, least=0)
    word = _replaced(word, _STEP_4, least=1)
    return _final_e_and_l(word)


def _shape(word: str) -> str:
    """The word as vowels (v) and consonants (c); y is a vowel after a consonant."""
    shape = ""
    for letter in word:
        vowel = letter in "aeiou" or (letter == "y" and shape.endswith("c"))
        shape += "v" if vowel else "c"
    return shape


def _measure(word: str) -> int:
    """Porter's m: how many times a vowel is followed by a consonant."""
    return _shape(word).count("vc")


def _ends_consonant_vowel_consonant(word: str) -> bool:
    return _shape(word)[-3:] == "cvc" and word[-1] not in "wxy"


def _ends_double_consonant(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _shape(word)[-1] == "c"


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _past_and_ing(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    base = word[:-2] if word.endswith("ed") else word[:-3] if word.endswith("ing") else ""
    if "v" not in _shape(base):
        return word
    if base.endswith(("at", "bl", "iz")):
        return base + "e"
    if _ends_double_consonant(base):
        return base if base[-1] in "lsz" else base[:-1]
    return base + "e" if _measure(base) == 1 and _ends_consonant_vowel_consonant(base) else base


def _replaced(word: str, endings: dict[str, str], least: int) -> str:
    """The longest ending that applies is tried, and only that one; the base must measure more than `least`."""
    if word[-2:] not in _LAST_TWO:  # as of most words
        return word
    for length in range(min(_LONGEST_SUFFIX, len(word)), 1, -1):
        ending = word[-length:]
        if ending in endings:
            base = word[:-length]
            allowed = ending != "ion" or base.endswith(("s", "t"))
            return base + endings[ending] if allowed and _measure(base) > least else word
    return word


def _final_e_and_l(word: str) -> str:
    if word.endswith("e"):
        base = word[:-1]
        measure = _measure(base)
        if measure > 1 or (measure == 1 and not _ends_consonant_vowel_consonant(base)):
            word = base
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return word
