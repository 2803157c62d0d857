"""Folding of names: compared without capitals and accents."""

import unicodedata

_DROPPED = frozenset(".()[],;:_-/ʻ'’")


def fold(name: str) -> str:
    """The name in lower case, without accents; other scripts stay as they are."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


def key(name: str) -> str:
    """The name as a list is searched for it: folded, without full stops, commas, hyphens and apostrophes."""
    kept = (" " if not (character.isalnum() or character in _DROPPED) else character for character in fold(name))
    return " ".join("".join(character for character in kept if character not in _DROPPED).split())
