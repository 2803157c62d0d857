"""Korean and Taiwanese names, which their hyphen shows: Han Duck-soo, Lai Ching-te, and turned round Ji-ho Park.

Knows families and syllables; nothing of an article.
"""

import re
from collections.abc import Iterable, Iterator

from processors.entities.mention import Mention
from processors.entities.person_name import family_first

_HYPHEN = re.compile(r"[A-Z][a-z]+-[a-z]")
"""In all of them; most texts have none."""
_NAME = re.compile(r"\b(?:([A-Z][a-z]+) ([A-Z][a-z]+-[a-z]+)|([A-Z][a-z]+-[a-z]+) ([A-Z][a-z]+))\b(?!-)")


def hyphenated(text: str, found: Iterable[Mention]) -> list[Mention]:
    """The mentions with all such names as people, whatever a model marked of them; longer names stay."""
    names = list(_names(text))
    if not names:
        return list(found)
    kept = []
    for mention in found:
        met = next((name for name in names if name.start < mention.end and mention.start < name.end), None)
        if met is None:
            kept.append(mention)
        elif mention.start < met.start or met.end < mention.end:  # "Lee Kun-hee Foundation", "President Lee Jae-myung"
            names.remove(met)
            kept.append(mention)
    return sorted([*kept, *names], key=lambda mention: mention.start)


def _names(text: str) -> Iterator[Mention]:
    for match in _NAME.finditer(text) if _HYPHEN.search(text) else ():
        family, given = match[1] or match[4], match[2] or match[3]
        if family_first(f"{family} {given}"):
            yield Mention(match.start(), match.end(), match.group(), "person")
