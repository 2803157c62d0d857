"""Whether somebody is "he" or "she" in an article: by what it tells of its people, and by titles of its language.

Knows lists; says "either" where they are silent.
"""

from collections.abc import Sequence

from processors.entities.genders import TITLES, Gender, genders
from processors.quotes.lexicon import Lexicon
from schemas.article import Entity


class Genders:
    """Evidence for the people of one article, by canonical name."""

    def __init__(self, text: str, people: Sequence[Entity], lexicon: Lexicon) -> None:
        titles: dict[str, Gender] = {
            **TITLES,
            **dict.fromkeys(lexicon.persons.he_titles, "he"),
            **dict.fromkeys(lexicon.persons.she_titles, "she"),
        }
        self._told = genders(text, ((person, person.name) for person in people), titles)

    def fits(self, person: Entity, gender: str) -> bool:
        """Whether nothing speaks for the other gender."""
        return self._told.get(person.name, gender) == gender

    def tells(self, person: Entity, gender: str) -> bool:
        """Whether something speaks for it."""
        return self._told.get(person.name) == gender
