"""Lower case and ASCII folding in one table, as Lucene's filters lowercase, asciifolding, lowercase do it in turn.

Knows nothing of words: it maps characters.
"""

from collections.abc import Iterator
from importlib.resources import files
from unicodedata import category

# What the file does not fold goes to its lower case, if it has one; beyond this block no script has any.
_HIGHEST = 0x1F000


def _folded() -> Iterator[tuple[int, str]]:
    text = files(__package__).joinpath("ascii_folding.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("# "):
            continue
        target, characters = line.split("\t")
        for character in characters.split():
            yield int(character, 16), target.lower()


def _lowered() -> Iterator[tuple[int, str]]:
    for code in range(_HIGHEST):
        lower = chr(code).lower()
        # One character for one, as Java's Character.toLowerCase; the only longer one (İ) is folded anyway.
        if len(lower) == 1 and ord(lower) != code and category(chr(code)) != "Cn":
            yield code, lower


# For str.translate: code point -> what it becomes.
_LOWER: dict[int, str] = {**dict(_lowered()), ord("İ"): "i"}

_FOLD: dict[int, str] = {**_LOWER, **dict(_folded())}


def lowered(text: str) -> str:
    """Lower case alone, one character for one."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def folded(text: str) -> str:
    """Lower case, and letters without their accents."""
    return text.lower() if text.isascii() else text.translate(_FOLD)  # of ASCII the table changes nothing else
