"""The stray byte E2 of UTF-8 punctuation: what is left where UTF-8 was read as Latin-1 and controls were deleted.

E2 80 99 (’) becomes â and two controls; what strips controls leaves the â, for every quote mark and dash
alike. Only context tells which it was: here is decided whether a text is so damaged at all, and
producers.repair.marks reads the contexts. French, Romanian, Portuguese and Vietnamese have an â of their own.
"""

import re
from collections import Counter
from importlib.resources import files

from producers.repair.marks import infer_line

LONE = "â"
# Wrong in any language: the remains of E2 80 A6, E2 82 AC and E2 80 A2.
_PAIRS = {"â¦": "…", "â¬": "€", "â¢": "•"}
_PAIR = re.compile("|".join(_PAIRS))
# No language among those measured writes letter, â, s at a word's end; ât and âm are Romanian and Vietnamese.
_POSSESSIVE = re.compile(r"(?<=[^\W\d_])âs(?!\w)")
# What no real â does in any language: stand alone, before a capital, after a stop or beside a digit, before an
# English ending that no other language has. (French has donnât and hâve.)
_ANYWHERE = re.compile(r"(?<!\S)â(?!\S)|â(?=[A-Z])|[.,!?]â|\dâ|â\d|(?<=\w)â(?:s|re|ll)(?!\w)")
# What it hardly does in English: begin or end a word, end it in another English ending, or join two words of which one
# is a function word.
_IN_ENGLISH = re.compile(r"(?<!\w)â\w|\wâ(?!\w)|\wâ(?:[dmt]|ve)(?!\w)")
_JOINED = re.compile(r"([^\W\d_]{2,})â([^\W\d_]{2,})")
# Two words joined, the first with a capital.
_NAME = re.compile(r"(?<![\wâ])[A-Z][^\W\d_â]*â[^\W\d_â]+(?![\wâ])")
_WORD = re.compile(r"[^\W\d_]+")
# These words are 22 to 42 % of an English article, at most 2 % of one in a language with an â of its own and 9 % of one
# of its sentences.
_ENGLISH_SHARE = 0.10
# English news has fewer accented letters; every language with an â of its own has more.
_ACCENTED_SHARE = 0.01
# Beyond that share: a name or a loanword that happens to stand in a short text.
_FOREIGN_LETTERS = 2
# A headline can have no function word and still be English; from here on it is text.
_ENOUGH_WORDS = 6


def infer_marks(text: str, language: str | None) -> tuple[str, int]:
    """The text with every lone â that is damage as the mark it was, and how many there were."""
    if LONE not in text:
        return text, 0
    before = text.count(LONE)
    text = _PAIR.sub(lambda pair: _PAIRS[pair[0]], text)
    if not _is_foreign(language):
        text = _infer(text)
    return text, before - text.count(LONE)


def _infer(text: str) -> str:
    if not _is_damaged(text):
        return _POSSESSIVE.sub("’s", text)
    names = _recurring(text)
    return "\n".join(infer_line(_with_names(line, names), _kept(line)) for line in text.split("\n"))


def _recurring(text: str) -> frozenset[str]:
    """Words that stand joined by an â more than once: a name (Chang’e, Xi’an). A dash joins two words for once."""
    joined = Counter(match[0].lower() for match in _NAME.finditer(text))
    return frozenset(name for name, times in joined.items() if times > 1)


def _with_names(line: str, names: frozenset[str]) -> str:
    return _NAME.sub(lambda name: name[0].replace(LONE, "’") if name[0].lower() in names else name[0], line)


def _is_damaged(text: str) -> bool:
    """Whether an â of the text cannot be one: a real one would have been damaged, too, and look otherwise."""
    words = _WORD.findall(text.replace(LONE, " ").lower())
    letters = sum(map(len, words))
    accented = letters - sum(len(word.encode("ascii", "ignore")) for word in words)
    impossible = bool(_ANYWHERE.search(text))
    if impossible and accented <= _ACCENTED_SHARE * letters:
        return True
    known = sum(word in _ENGLISH for word in words)
    if len(words) < _ENOUGH_WORDS or known < _ENGLISH_SHARE * len(words):
        return False
    if accented > _ACCENTED_SHARE * letters + _FOREIGN_LETTERS:
        return False
    if impossible or (_IN_ENGLISH.search(text) and not _kept(text)):
        return True
    return any(not _ENGLISH.isdisjoint(match[0].lower().split(LONE)) for match in _JOINED.finditer(text))


def _is_foreign(language: str | None) -> bool:
    return bool(language) and not str(language).lower().startswith("en")


def _kept(line: str) -> frozenset[int]:
    """Where the â of a loanword stands: not to be touched."""
    words = _LOANWORDS.finditer(line)
    return frozenset(
        match.start() + place for match in words for place, letter in enumerate(match[0]) if letter == LONE
    )


def _list(name: str) -> frozenset[str]:
    lines = files("producers.repair").joinpath(name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_ENGLISH = _list("english.txt")
# Followed by a lone mark as well: "châteauâs".
_LOANWORDS = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(sorted(_list('loanwords.txt')))})(?![^\W\d_{LONE}])", re.IGNORECASE
)
