"""What an article tells of somebody being a man or a woman: the words beside the name, and the given name.

Knows lists; silent where they are.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from processors.entities.mention import Mention
from processors.quotes.genders import given_names

Gender = Literal["he", "she"]

_HE = ("mr", "sir", "lord", "king", "prince", "baron", "father", "brother")
_SHE = ("mrs", "ms", "miss", "dame", "lady", "queen", "princess", "baroness", "sister")
_HE_OF = ("husband", "brother", "son", "father", "grandson", "uncle", "nephew", "widower", "actor", "spokesman")
_SHE_OF = ("wife", "sister", "daughter", "mother", "granddaughter", "aunt", "niece", "widow", "actress", "spokeswoman")
_TITLES: dict[str, Gender] = {**dict.fromkeys(_HE, "he"), **dict.fromkeys(_SHE, "she")}
_RELATIONS: dict[str, Gender] = {**dict.fromkeys(_HE_OF, "he"), **dict.fromkeys(_SHE_OF, "she")}
_WORD_BEFORE = re.compile(r"([A-Za-z]+)\.?,?\s+$")
_AND_HIS = re.compile(r" and (his|her) ")
_REACH = 24
# A title or "his wife" tells more than a given name: there are women called Evan.
_TOLD = 3


def title_before(text: str, start: int) -> str | None:
    """The word right before a name, in small letters; it may be a title."""
    word = _WORD_BEFORE.search(text[max(0, start - _REACH) : start])
    return word[1].lower() if word and not text[:start].rstrip().endswith(",") else None


def of_title(title: str | None) -> Gender | None:
    """The gender that a title tells."""
    return _TITLES.get(title or "")


def genders(text: str, people: Iterable[tuple[Mention, str]]) -> dict[str, Gender]:
    """Full names as mentioned, with the person each stands for -> the gender of the person, where it is told."""
    votes: Counter[tuple[str, Gender]] = Counter()
    for mention, person in people:
        given = mention.text.split(" ")[0].lower()
        before = _WORD_BEFORE.search(text[max(0, mention.start - _REACH) : mention.start])
        word = before[1].lower() if before else ""
        told = _TITLES.get(word) or _RELATIONS.get(word)
        after = _AND_HIS.match(text, mention.end)
        for gender in ("he", "she"):
            owner = after is not None and (after[1] == "his") == (gender == "he")
            votes[person, gender] += _TOLD * ((told == gender) + owner) + (given in given_names()[gender])
    found: dict[str, Gender] = {}
    for person in {person for person, _ in votes}:
        he, she = votes[person, "he"], votes[person, "she"]
        if he != she:
            found[person] = "he" if he > she else "she"
    return found
