"""People within one article: "Peskov" is the Dmitry Peskov named before, unless two Peskovs are.

Knows titles and the parts of a name; nothing of other articles.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "gazetteers"


@cache
def _listed(file: str) -> frozenset[str]:
    lines = (_FOLDER / file).read_text(encoding="utf8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def common_words() -> frozenset[str]:
    """Family names that are also words a sentence may begin with."""
    return _listed("common_words.txt")


def bare(name: str) -> str:
    """The name without titles before it and suffixes after it; unchanged where nothing would be left."""
    words = name.split()
    first, last = 0, len(words)
    while first < last and words[first].lower().rstrip(".") in _listed("titles.txt"):
        first += 1
    while last > first + 1 and re.fullmatch(r"(?:Jr|Sr|II|III|IV)\.?,?", words[last - 1]):
        last -= 1
    return " ".join(words[first:last]).rstrip(",") or name


def untitled(name: str) -> int:
    """Where the name begins after its titles; 0 where nothing would be left."""
    for word in re.finditer(r"\S+", name):
        if word.group().lower().rstrip(".") not in _listed("titles.txt"):
            return word.start()
    return 0


def surname(name: str) -> str:
    """The family name of a bare full name: its last word, or the first of Xi Jinping and Kim Jong Un."""
    first, *_, last = name.split(" ")
    return first if _family_first(first, last) else last


def _family_first(first: str, last: str) -> bool:
    return first in _listed("family_names_first.txt") and ("-" in last or last not in _listed("family_names_first.txt"))


def join(names: Iterable[str]) -> dict[str, str]:
    """Each name as written -> the fullest name of the same person in the same article.

    A single word joins the one full name it is the last (or else the first) word of; where several people
    bear it, it stays by itself: better two clusters of one man than one cluster of two men.
    """
    written = list(dict.fromkeys(names))
    full = _fullest([bare(name) for name in written if " " in bare(name)])
    by_last, by_first = defaultdict(set), defaultdict(set)
    for name in set(full.values()):
        by_last[surname(name)].add(name)
        by_first[name.split(" ", 1)[0]].add(name)
    joined = {}
    for name in written:
        plain = bare(name)
        bearers = by_last.get(plain) or by_first.get(plain) or set()
        joined[name] = full.get(plain) or (next(iter(bearers)) if len(bearers) == 1 else plain)
    return joined


def _fullest(full: list[str]) -> dict[str, str]:
    """Full names -> the form that stands for the person: "Donald J. Trump" is Donald Trump's."""
    chosen: dict[tuple[str, str], str] = {}
    result = {}
    for name in full:
        words = name.split()
        key = (words[0], words[-1])
        chosen.setdefault(key, name)
        result[name] = chosen[key]
    return result
