"""By-lines: which agencies an article's authors name as those who wrote it. Knows no text.

"Reuters", "By Jane Doe, Associated Press" and "AFP, MANILA" are an agency's. Where writers of the publisher's own stand
beside an agency, the report is theirs; where pictures are credited, the agency's may be the picture alone.
"""

from collections.abc import Iterable, Iterator

import regex

from stores.origins.agencies import KEYS

_APART = regex.compile(r"\s*[,;|/]\s*|\s+[-–—]\s+|\s+(?:and|und|et|e|y|и|та)\s+")
_PREFIX = regex.compile(r"^(?:By|Por|Par|Von|Da|Di|От)\s+", regex.IGNORECASE)
_SUFFIX = regex.compile(r"\s+(?:[Ww]riters?|[Ss]taff|[Nn]ews|correspondent|reporter|Business|Sports)\b.*$")
_PICTURE = regex.compile(r"\b(?:image|images|photo|photos|foto|fotos|getty|picture|pictures)\b", regex.IGNORECASE)
# What pages call an author and is none: dates, editions, the publisher's own name. A place in capitals is a dateline.
_NOBODY = regex.compile(
    r"\b(?:published|updated|min read|view|online|estado|folha|jornal|redação|g1)\b|^$", regex.IGNORECASE
)
_PLACE = regex.compile(r"^[\p{Lu}\s.]+$")


def by_line(authors: Iterable[str]) -> Iterator[str]:
    """The keys of the agencies whose report it is."""
    entries = [[_bare(part) for part in _APART.split(_PREFIX.sub("", author.strip()))] for author in authors]
    parts = [part for entry in entries for part in entry if part in KEYS or not _is_nobody(part)]
    if any(map(_PICTURE.search, parts)) or not parts:
        return
    # One entry that ends with an agency is its writers' ("Ned Parker, Stephen Grey, Reuters").
    whole = [entry for entry in entries if len(entry) > 1 and entry[-1] in KEYS]
    if whole and len(entries) == 1:
        yield KEYS[whole[0][-1]]
        return
    people = [part for part in parts if part not in KEYS]
    named = [KEYS[part] for part in parts if part in KEYS]
    one_writer_of_it = len(people) == 1 and parts[-1] in KEYS
    if not people or one_writer_of_it:
        yield from named


def _bare(part: str) -> str:
    part = part.strip().rstrip(".")
    return part if part in KEYS else _SUFFIX.sub("", part)


def _is_nobody(part: str) -> bool:
    return bool(_NOBODY.search(part) or _PLACE.match(part))
