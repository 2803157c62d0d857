"""Names compared without capitals and accents."""

import unicodedata


def fold(name: str) -> str:
    """The name in lower case, without accents; other scripts stay as they are."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
