"""Where sentences begin and end, well enough to show one. Knows nothing of grammar or models."""

import re
from functools import cache
from importlib.resources import files

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n")
_LAST_WORD = re.compile(r"[\w.]*$")


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences as ranges of code points, without the blanks around them. A line end is an end."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group() == "\n" or _ends(text, start, match):
            _add(found, text, start, match.end())
            start = match.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether this full stop ends a sentence: not after "Gen." or "J.", and not before a small letter."""
    following = text[match.end() :].lstrip()[:1] if match.end() < len(text) else ""
    if following.islower():
        return False
    if not match.group().startswith(".") or match.group().startswith(".."):
        return True
    word = _LAST_WORD.search(text[max(start, match.start() - 30) : match.start()])
    last = word.group().lower() if word else ""
    return last not in _abbreviations() and not (len(last) == 1 and last.isalpha())


@cache
def _abbreviations() -> frozenset[str]:
    lines = files(__package__).joinpath("abbreviations.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
