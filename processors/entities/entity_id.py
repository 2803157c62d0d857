"""Entity ids: a hash of the canonical name, with spelling, accents and legal forms set aside.

Deliberately knows no list of people: it compares letters alone. The alias file has joined what is known under different
names before this.
"""

import hashlib
import re
from functools import lru_cache

from processors.entities import gazetteer
from processors.entities.folding import fold
from processors.entities.romanised import romanised
from schemas.article import EntityKind

# 64 bits: among a billion names two share an id with a chance of a few per cent, and a clash costs one link.
_ID_BYTES = 8


@lru_cache(maxsize=10_000)
def entity_id(kind: EntityKind, name: str, country: str | None = None) -> str:
    """The same for the same kind and canonical name, however it was spelt; 16 hexadecimal digits.

    `country` (ISO 3166-1 alpha-2) keeps places of one name apart.
    """
    return hashlib.blake2b(f"{kind}\0{_key(kind, name)}\0{country or ''}".encode(), digest_size=_ID_BYTES).hexdigest()


def _key(kind: EntityKind, name: str) -> str:
    if kind == "organisation":
        name = _without_legal_form(name)
    plain = romanised(name) if kind == "person" else fold(name)
    return " ".join(re.findall(r"\w+", plain)) or plain


def _without_legal_form(name: str) -> str:
    head, _, last = name.rpartition(" ")
    return _without_legal_form(head) if head and last.strip(".,") in gazetteer.words("legal_forms.txt") else name
