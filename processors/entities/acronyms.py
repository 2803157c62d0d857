"""Acronyms that an article explains: "Bank of Ghana (BoG)" makes BoG the bank, there and elsewhere in it.

Knows brackets and capitals; nothing of kinds.
"""

import re
from collections.abc import Iterable

from processors.entities.mention import Mention

_IN_BRACKETS = re.compile(r"\s\(([A-Z][A-Za-z&.-]{1,9})\)")


def explained(text: str, found: Iterable[Mention]) -> dict[str, Mention]:
    """Acronym -> the mention that it stands for, the first of each."""
    known: dict[str, Mention] = {}
    for mention in found:
        short = _IN_BRACKETS.match(text, mention.end)
        if short is not None and stands_for(short[1], mention.text):
            known.setdefault(short[1], mention)
    return known


def stands_for(short: str, name: str) -> bool:
    """Whether the capitals of `short` begin words of `name`, in their order."""
    initials = iter(re.findall(r"\b\w", name))
    return all(letter in initials for letter in re.findall(r"[A-Z]", short))
