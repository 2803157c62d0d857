"""Places, firms and people of one name in one article: Washington, the capital, and Denzel Washington.

Each mention is judged by the words beside it and by its place: nobody is called by a surname before the full name.
Knows mentions in order; nothing of identity.
"""

import re
from collections.abc import Callable, Iterable

from processors.entities.mention import Mention
from processors.entities.person_name import bare, core, surname
from processors.entities.place_names import is_anywhere

_REACH = 32
_PLACE_BEFORE = re.compile(
    r"\b(?:(?:in|near|outside|across|throughout|around|towards?|downtown)"
    r"|(?:flew|fly|flying|went|go|goes|travel\w*|return\w*|dr[io]ve|moved?|came|come|back|trips?|visits?|flights?|fled"
    r"|sent|sail\w*|head(?:s|ed)|deported|exports?|imports?) (?:\w+ )?(?:to|from|through|into|for)"
    r"|visit(?:s|ed|ing)?|le(?:ft|aving|ave)|enter(?:s|ed|ing)?|reach(?:es|ed)) $"
)
_PLACE_AFTER = re.compile(
    r", D\.? ?C\b|['’]s (?:parliament|government|army|capital|president|king|mayor)\b| (?:police|residents)\b"
)
_LAND = re.compile(r"(?:,| in) ([A-Z][\w-]+(?: [A-Z][\w-]+)*)(?!['’]s)\b")
_PERSON_BEFORE = re.compile(r"\b(?:named|called|[Mm]rs?\.?|[Mm]s\.?|Miss|Dr\.?|actor|actress|singer) $")
_TITLED = re.compile(r"\b(?:[A-Z][a-z]+\.?|[a-z]+(?:er|or|man)) $")
_PERSON_AFTER = re.compile(r",? \(?\d{1,2}(?:,|\)| years)|,? (?:who|himself|herself)\b")
_ITSELF = re.compile(
    r" (?:said|says|announced|confirmed)(?: on \w+| last \w+| in a [\w ]{3,20})?,?(?: that)? "
    r"(?:it|its) (?:would|will|plans?|expects?|aims?|intends?|\w+ (?:plant|factory|unit|profit|sales|shares)\b)"
)
# What calls the subject of a sentence a firm, there or where the next one begins: "Dell said it", "Its chief".
_OF_A_FIRM = re.compile(
    r" (?:sa(?:id|ys) (?:that )?(?:it|its)\b"
    r"|[a-z][^.!?\n]*[.!?] "
    r"(?:It|Its|The (?:[\w-]+ )?(?:company|firm|group|bank|chain|brewer|retailer|airline|\w*maker))\b)"
)
_SENTENCE_BEFORE = re.compile(r"(?:^|\n|[.!?][\"”’]? )$")


def firms(text: str, found: Iterable[Mention], is_known: Callable[[str], bool]) -> None:
    """A single name that says of itself what "it" will do, before somebody is named so in full, is a firm: Ford.

    So is one that its own paragraph calls "it" or "the company" before it names somebody so in full: Dell, and Michael
    Dell. `is_known`: whether everybody knows somebody by this name alone.
    """
    found = list(found)
    families, _ = _bearers(found)
    for mention in found:
        if mention.kind != "person" or " " in mention.text or is_known(mention.text):
            continue
        full = families.get(mention.text, len(text))
        before = text[max(0, mention.start - _REACH) : mention.start]
        if mention.start < full and not _TITLED.search(before):
            says = _ITSELF.match(text, mention.end)
            called = full < len(text) and _is_called_firm(text, mention, full, before)
            mention.kind = "organisation" if says or called else mention.kind


def _is_called_firm(text: str, mention: Mention, full: int, before: str) -> bool:
    """Whether a name begins a sentence that speaks of a firm; `full`: where the paragraph names somebody so in full."""
    behind = _OF_A_FIRM.match(text, mention.end, full) if _SENTENCE_BEFORE.search(before) else None
    return behind is not None and "\n" not in text[mention.end : full]


def settle(
    text: str, found: Iterable[Mention], is_place: Callable[[str], bool], is_country: Callable[[str], bool]
) -> None:
    """Set the kind of each mention whose name both a place and somebody named in full here have."""
    found = list(found)
    families, given = _bearers(found)
    for mention in found:
        first = families.get(mention.text, given.get(mention.text))
        if first is None:
            continue
        lies = is_anywhere(mention.text) and lies_in(text, mention.end, is_place)
        if not (lies or is_place(mention.text)):
            continue
        before = text[max(0, mention.start - _REACH) : mention.start]
        there = lies or _is_place_here(text, mention, before)
        if _PERSON_BEFORE.search(before) or _PERSON_AFTER.match(text, mention.end):
            mention.kind = "person"
        elif there or mention.start < first or mention.text not in families:
            mention.kind = "place" if mention.kind == "person" else mention.kind
        elif not is_country(mention.text):  # which is named more often than the man
            mention.kind = "person"


def lies_in(text: str, end: int, is_place: Callable[[str], bool]) -> bool:
    """Whether a land or a region stands behind a name: "Troy, Michigan", "Tripoli in Lebanon"."""
    behind = _LAND.match(text, end)
    return behind is not None and is_place(behind[1])


def _is_place_here(text: str, mention: Mention, before: str) -> bool:
    return _PLACE_BEFORE.search(before) is not None or _PLACE_AFTER.match(text, mention.end) is not None


def _bearers(found: Iterable[Mention]) -> tuple[dict[str, int], dict[str, int]]:
    """Family names and given names of the people named in full, to where each is first named so."""
    families: dict[str, int] = {}
    given: dict[str, int] = {}
    for mention in found:
        name = core(bare(mention.text)) if mention.kind == "person" else ""
        if " " in name:
            families.setdefault(surname(name), mention.start)
            given.setdefault(name.split(" ")[0], mention.start)
    return families, given
