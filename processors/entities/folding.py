"""Folding of names: compared without capitals and accents."""

import unicodedata

# Letters that are not a letter and an accent.
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"})
_APOSTROPHES = str.maketrans("", "", "ʻ‘’ʼ")
_DROPPED = frozenset(".()[],;:_-/ʻ'’")


def fold(name: str) -> str:
    """The name in lower case, without accents; other scripts stay as they are."""
    return _without_accents(name.casefold())


def unaccented(name: str) -> str:
    """The name as English keyboards write it: Łódź is Lodz."""
    return _without_accents(name.translate(_LETTERS)).translate(_APOSTROPHES)


def key(name: str) -> str:
    """The name as a list is searched for it: folded, without full stops, commas, hyphens and apostrophes."""
    kept = (" " if not (character.isalnum() or character in _DROPPED) else character for character in fold(name))
    return " ".join("".join(character for character in kept if character not in _DROPPED).split())


def _without_accents(name: str) -> str:
    if name.isascii():  # as most are
        return name
    plain = unicodedata.normalize("NFKD", name)
    return "".join([character for character in plain if not unicodedata.combining(character)])
