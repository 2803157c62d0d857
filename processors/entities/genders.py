"""What an article tells of somebody being a man or a woman: the words beside the name, and the name itself.

Knows lists; silent where they are.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, Protocol

from processors.entities.gazetteer import given_names
from processors.entities.person_name import family_first

Gender = Literal["he", "she"]
GENDERS: tuple[Gender, Gender] = ("he", "she")


class Named(Protocol):
    """A stretch of the article that names somebody: a mention or an entity."""

    @property
    def start(self) -> int:
        """Where it begins, in code points."""

    @property
    def end(self) -> int:
        """Where it ends."""


_HE = ("mr", "sir", "lord", "king", "prince", "baron", "father", "brother")
_SHE = ("mrs", "ms", "miss", "dame", "lady", "queen", "princess", "baroness", "sister")
_HE_OF = "husband brother son father grandson uncle nephew widower actor spokesman boyfriend fiancé stepfather stepson"
_SHE_OF = "wife sister daughter mother granddaughter aunt niece widow actress spokeswoman girlfriend fiancée stepmother"
TITLES: dict[str, Gender] = {**dict.fromkeys(_HE, "he"), **dict.fromkeys(_SHE, "she")}
_RELATIONS: dict[str, Gender] = {**dict.fromkeys(_HE_OF.split(), "he"), **dict.fromkeys(_SHE_OF.split(), "she")}
_ANY_RELATION = "|".join(_RELATIONS)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?,?\s+$")
# "Mr Justice Cole", "Mrs. Prime Minister Holm": a title may stand before another one.
_TITLE_BEFORE = re.compile(r"\b([A-Z][a-z]+)\.? (?:[A-Z][a-z]+ ){1,2}$")
# "Tom Bauer and his wife", "Ji-ho Park, a teacher, and his mother"
_AND_HIS = re.compile(r"(?:, [^,.;\n]{1,40},)? and (his|her) ")
# "Akie Abe, his widow,"; "Ute Holm, the youngest daughter of"; not "Ute Holm, whose brother …"
_BEHIND = re.compile(rf", (?!whose )(?:(?:his|her|the|a) )?(?:[a-z-]+ )?({_ANY_RELATION})\b")
# "His sister, Kim Yo Jong": somebody named before is a man.
_HIS_BEFORE = re.compile(rf"\b([Hh]is|[Hh]er) (?:[a-z-]+ )?(?:{_ANY_RELATION}),? $")
_SLAVIC_SHE = re.compile(r"(?:[^u]eva|ova|ová|ská|skaya|skaia)$")
_REACH = 32
# What the article tells weighs more than a given name (there are women called Evan), and that more than "his".
_TOLD, _GIVEN, _OWNER = 4, 2, 1


def genders(text: str, people: Iterable[tuple[Named, str]], titles: Mapping[str, Gender] = TITLES) -> dict[str, Gender]:
    """Mentions in order, each with the name of the person it stands for -> the person's gender, where it is told."""
    votes: Counter[tuple[str, Gender]] = Counter()
    owners: dict[str, Gender] = {}
    names: dict[str, None] = {}
    last = ""
    for mention, person in people:
        if last and last != person and (owner := _owner_before(text, mention)):
            owners.setdefault(last, owner)
        for gender in _told(text, mention, titles):
            votes[person, gender] += _TOLD
        names[person] = None
        last = person
    for person in names:
        for told, weight in ((owners.get(person), _OWNER), (of_name(person), _GIVEN)):
            if told is not None:
                votes[person, told] += weight
    found: dict[str, Gender] = {}
    for person in names:
        he, she = votes[person, "he"], votes[person, "she"]
        if he != she:
            found[person] = "he" if he > she else "she"
    return found


@lru_cache(maxsize=10_000)
def of_name(name: str) -> Gender | None:
    """The gender that a given name tells, or the ending of a Slavic family name; None where both or neither do."""
    words = name.lower().split()
    given = "-".join(words[1:]) if family_first(name) else words[0] if words else ""
    for gender in GENDERS:
        if given in given_names()[gender]:
            return gender
    return "she" if len(words) > 1 and _SLAVIC_SHE.search(words[-1]) else None


def _told(text: str, mention: Named, titles: Mapping[str, Gender]) -> Iterator[Gender]:
    """The genders that the words right beside a mention tell."""
    line = text[max(0, mention.start - _REACH) : mention.start]
    before = _WORD_BEFORE.search(line)
    if before is not None:
        word = before[1].lower()
        first = _TITLE_BEFORE.search(line) if before[1][0].isupper() else None
        if gender := titles.get(word) or _RELATIONS.get(word) or (titles.get(first[1].lower()) if first else None):
            yield gender
    if after := _AND_HIS.match(text, mention.end):
        yield "he" if after[1] == "his" else "she"
    if behind := _BEHIND.match(text, mention.end):
        yield _RELATIONS[behind[1]]


def _owner_before(text: str, mention: Named) -> Gender | None:
    """The gender of whoever was named before "his sister, " and this name."""
    line = text[max(0, mention.start - _REACH) : mention.start]
    found = _HIS_BEFORE.search(line) if "is " in line or "er " in line else None
    if found is None:
        return None
    return "he" if found[1].lower() == "his" else "she"
