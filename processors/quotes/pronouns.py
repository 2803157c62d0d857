"""Pronouns: whom "he" or "she" stands for, among the people that an article names.

The nearest one whom nothing says to be of the other gender; what was said by whom so far counts, and what people do in
their sentences. Knows the people and who spoke; not how quotes were found.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

from processors.quotes.genders import Genders
from processors.quotes.lexicon import Lexicon
from schemas.article import Entity, Quote, Speaker

FARTHEST = 600
"""Code points back to the person a pronoun stands for: about two paragraphs of news."""
SUBJECT_BONUS = 200
"""What it is worth, in code points of nearness, that a person began a sentence or spoke: pronouns take up subjects."""
TOLD_BONUS = 100
"""What it is worth that the article or the given name tells the gender: of two people, "she" is not the unknown one."""
OWNER_MALUS = 150
"""What it costs that only something of somebody was named: "Holm backed Ek's plan when he spoke" is of Holm."""
_LONGEST_OPENING = 60
_LONGEST_QUESTION = 100
_SAME_SENTENCE = r"[^.?!;:“”\"\n]"
# "His son, Per Holm, sold it", "On Monday, Per Holm sold it": a few words and a comma before the subject.
_OPENING = re.compile(r"(?:^|[.!?\n”\"]\s*)[A-ZÀ-Þ][\w'’-]*(?: [\w'’-]+){0,4}, $")


class Pronouns:
    """Who has spoken so far, and whom each speaker's words name."""

    def __init__(self, text: str, people: Sequence[Entity], lexicon: Lexicon) -> None:
        """`people` in the order of their starts."""
        self._text, self._people, self._lexicon = text, people, lexicon
        self._starts = [one.start for one in people]
        self._given = {(one.name.split()[0], one.name) for one in people if " " in one.name}
        self._spoken: tuple[int, Entity] | None = None
        self._unnamed = -1
        """Where somebody spoke last who has a role and no name: "a spokesman"."""
        self._named_by: dict[tuple[int, int], set[str]] = {}

    @cached_property
    def _genders(self) -> Genders:
        return Genders(self._text, self._people, self._lexicon)

    @cached_property
    def _asked_about(self) -> re.Pattern[str] | None:
        """ "Asked whether", "asked him about" and what follows up to a name; None where no verb of asking is known."""
        verbs = self._lexicon.unsaid.asking
        about = self._lexicon.unsaid.conditions.union(*(self._lexicon.prepositions.get(verb, ()) for verb in verbs))
        if not verbs or not about:
            return None
        asked = rf"\b(?:{_any(verbs)})\w{{0,3}} (?:[\w'’-]+ ){{0,3}}?(?:{_any(about)}) "
        return re.compile(asked + _SAME_SENTENCE + "*$", re.IGNORECASE)

    def take(self, quotes: Iterable[Quote]) -> None:
        """Note whom each speaker's words name: nobody speaks of himself by name, so "he" is somebody else."""
        for quote in quotes:
            if quote.speaker is not None:
                named = self._named_by.setdefault((quote.speaker.start, quote.speaker.end), set())
                first, last = (bisect_left(self._starts, place) for place in (quote.start, quote.end))
                named.update(one.name for one in self._people[first:last])
                said = set(self._text[quote.start : quote.end].split())
                named.update(name for given, name in self._given if given in said)

    def spoke(self, speaker: Speaker, said_until: int, person: Entity) -> None:
        """Note who spoke: as near to what follows as the subject of a sentence, or as the end of the words."""
        self._spoken = (max(speaker.start + SUBJECT_BONUS, said_until), person)

    def spoke_unnamed(self, speaker: Speaker) -> None:
        """Note that somebody spoke who has a role and no name."""
        self._unnamed = speaker.end

    def who(self, speaker: Speaker, gender: str) -> Entity | None:
        """The nearest person before a pronoun whom nothing says to be of the other gender; subjects count as nearer."""
        start, named = speaker.start, self._named_by.get((speaker.start, speaker.end), set())
        end = bisect_left(self._starts, start)
        best: tuple[int, Entity] | None = self._who_spoke(start, gender)
        if best is not None and best[1].name in named:
            best = None
        for person in reversed(self._people[:end]):
            if start - person.start > FARTHEST:
                break
            near = person.start + (SUBJECT_BONUS if self._begins_sentence(person.start) else 0)
            near += TOLD_BONUS if self._genders.tells(person, gender) else 0
            near -= FARTHEST if self._is_asked_about(person.start) else 0
            near -= OWNER_MALUS if self._text.startswith(("'s ", "’s "), person.end) else 0
            if person.name in named:
                continue
            if self._genders.fits(person, gender) and (best is None or near > best[0]):
                best = (near, person)
        return best[1] if best and not self._is_past(best[1], start) else None

    def _is_past(self, person: Entity, start: int) -> bool:
        """Whether somebody unnamed has spoken since a person was last named: "he" is then most likely that one."""
        if not 0 <= start - self._unnamed <= FARTHEST:
            return False
        first, last = (bisect_left(self._starts, place) for place in (self._unnamed, start))
        return all(one.name != person.name for one in self._people[first:last])

    def _who_spoke(self, start: int, gender: str) -> tuple[int, Entity] | None:
        if self._spoken is None or start + SUBJECT_BONUS - self._spoken[0] > FARTHEST:
            return None
        place, person = self._spoken
        place += TOLD_BONUS if self._genders.tells(person, gender) else 0
        return (place, person) if self._genders.fits(person, gender) else None

    def _is_asked_about(self, start: int) -> bool:
        """ "I asked if Holm was ready. “Yes,” he said": somebody else answers, where somebody else is there."""
        before = self._text[max(0, start - _LONGEST_QUESTION) : start]
        return self._asked_about is not None and self._asked_about.search(before) is not None

    def _begins_sentence(self, start: int) -> bool:
        before = self._text[max(0, start - _LONGEST_OPENING) : start]
        return not before.strip(" ") or before.rstrip(" ")[-1] in '.!?\n”"' or _OPENING.search(before) is not None


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words)))
