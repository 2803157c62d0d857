"""Whether somebody is "he" or "she" in an article: by titles before the name, and by the given name.

Knows lists; says "either" where they are silent.
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources

from processors.quotes.lexicon import Lexicon
from schemas.article import Entity


class Genders:
    """Evidence for the people of one article, by canonical name."""

    def __init__(self, text: str, people: Sequence[Entity], lexicon: Lexicon) -> None:
        self._votes: Counter[tuple[str, str]] = Counter()
        titles = {"he": lexicon.persons.he_titles, "she": lexicon.persons.she_titles}
        given = given_names()
        for person in people:
            before = text[max(0, person.start - 20) : person.start].lower().replace(".", " ").split()
            names = person.name.lower().split()
            for gender in ("he", "she"):
                titled = bool(before) and before[-1] in titles[gender]
                # A title tells more than a name: there are women called Evan.
                self._votes[person.name, gender] += 3 * titled + (names[0] in given[gender] if names else 0)

    def fits(self, person: Entity, gender: str) -> bool:
        """Whether nothing speaks for the other gender."""
        other = "she" if gender == "he" else "he"
        return self._votes[person.name, other] <= self._votes[person.name, gender]


@cache
def given_names() -> dict[str, frozenset[str]]:
    """Given names in lower case, by "he" and "she"."""
    data = tomllib.loads((resources.files("processors.quotes") / "genders.toml").read_text(encoding="utf-8"))
    return {gender: frozenset(names.split()) for gender, names in data.items()}
