"""Coreference of speakers: whom their words stand for. A name in them, a title that the article gives, or "he".

Knows the article's mentions and the quotes in order; not how either was found. Where two people fit, nobody is named.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from processors.quotes.descriptions import Titles, bearers, described, description, head_of
from processors.quotes.lexicon import Lexicon
from processors.quotes.pronouns import Pronouns
from schemas.article import Entity, Quote, Speaker

OF = frozenset({"of", "de", "von"})
"""What may stand between a name and where somebody is from, beside the prepositions of the language."""
# What stands between a title and the name behind it: a comma, and other titles: ", Dr ", ", Mr Justice ".
_APPOSED = re.compile(r", (?:[A-ZÀ-Þ][\w.'’-]* ){0,3}")
_APART = re.compile(r"[\s'’]+")
_GOES_ON = re.compile(r" ([a-zà-ÿ]+)")


def resolve(text: str, quotes: Iterable[Quote], entities: Sequence[Entity], lexicon: Lexicon) -> Iterator[Quote]:
    """The quotes with name and id of their speakers, where the article's entities tell them."""
    quotes = list(quotes)
    resolver = _Resolver(text, entities, lexicon)
    resolver.pronouns.take(quotes)
    for quote in quotes:
        if quote.speaker is None:
            yield quote
            continue
        who = resolver.who(quote.speaker, quote.end)
        if who is None:
            yield quote
        else:
            named = quote.speaker.model_copy(update={"name": who.name, "id": who.id})
            yield quote.model_copy(update={"speaker": named})


class _Resolver:
    """What the article tells of its people, and who has spoken so far."""

    def __init__(self, text: str, entities: Sequence[Entity], lexicon: Lexicon) -> None:
        self._text, self._lexicon = text, lexicon
        self._mentions = sorted(entities, key=lambda one: (one.start, -one.end))
        self._starts = [one.start for one in self._mentions]
        self._people = [one for one in self._mentions if one.kind == "person"]
        self._people_starts = [one.start for one in self._people]
        self.pronouns = Pronouns(text, self._people, lexicon)
        self._known: dict[tuple[int, int], Entity | None] = {}

    @cached_property
    def _titles(self) -> Titles:
        return described(self._text, self._people, self._lexicon)

    def who(self, speaker: Speaker, said_until: int) -> Entity | None:
        """The entity that the speaker's words stand for; `said_until` is where the words end."""
        place = (speaker.start, speaker.end)
        if place not in self._known:
            self._known[place] = self._find(speaker)
        found = self._known[place]
        if found is not None and found.kind == "person":
            self.pronouns.spoke(speaker, said_until, found)
        elif found is None and self._has_role(speaker):
            self.pronouns.spoke_unnamed(speaker)
        return found

    def _has_role(self, speaker: Speaker) -> bool:
        """ "A spokesman", "an analyst at the bank"; "the senator" is mostly somebody named before."""
        words = head_of(speaker.text, self._lexicon).lower().split()
        return len(words) > 1 and words[0] in self._lexicon.persons.one and words[-1] in self._lexicon.persons.roles

    def _find(self, speaker: Speaker) -> Entity | None:
        word = speaker.text.lower()
        if word in self._lexicon.persons.who:
            return self._antecedent(speaker.start)
        if word in self._lexicon.persons.he or word in self._lexicon.persons.she:
            return self.pronouns.who(speaker, "he" if word in self._lexicon.persons.he else "she")
        found = self._named(speaker) or self._titled(speaker)
        return found or self._apposed(speaker) or self._described(speaker)

    def _named(self, speaker: Speaker) -> Entity | None:
        """The mention that the speaker's head ends with: "Russia's spokesman Dmitry Peskov"."""
        end = speaker.start + len(head_of(speaker.text, self._lexicon))
        first = bisect_left(self._starts, speaker.start)
        inside = []
        for mention in self._mentions[max(0, first - 1) :]:
            if mention.start >= end:
                break
            # "Ruiz de la Prada" goes on behind the "de" that ends a noun.
            goes_on = mention.start <= speaker.start or mention.end <= speaker.end
            if mention.end == end or (mention.end > end and goes_on):
                inside.append(mention)
        return min(inside, key=lambda one: (one.kind != "person", one.start - one.end), default=None)

    def _titled(self, speaker: Speaker) -> Entity | None:
        """The name that ends a title with "of": "Secretary of State Ada Lind"; not "a friend of Ada Lind"."""
        words = speaker.text.split()
        if not words[0][0].isupper() or words[0].lower() not in self._lexicon.persons.roles:
            return self._in_office(speaker)
        place = bisect_left(self._people_starts, speaker.start)
        named = (one for one in self._people[place:] if one.start < speaker.end)
        last = next((one for one in named if one.end == speaker.end), None)
        return last if last and self._text[speaker.start : last.start].split()[-1][0].isupper() else None

    def _in_office(self, speaker: Speaker) -> Entity | None:
        """The name that ends a title in small letters: "il ministro dell'Interno Rocco Mele"; not "il portavoce del
        ministro Rocco Mele", whose words are the spokesman's."""
        if not self._is_titled(speaker):
            return None
        place = bisect_left(self._people_starts, speaker.start)
        named = (one for one in self._people[place:] if one.start < speaker.end)
        last = next((one for one in named if one.end == speaker.end), None)
        if last is None:
            return None
        office = _APART.split(self._text[speaker.start : last.start].strip())[-1]
        return last if office[:1].isupper() and office.lower() not in self._lexicon.persons.titled else None

    def _is_titled(self, speaker: Speaker) -> bool:
        head = _APART.split(head_of(speaker.text, self._lexicon).lower())
        return head[-1] in self._lexicon.persons.titled

    def _apposed(self, speaker: Speaker) -> Entity | None:
        """The name between commas behind a title: "the director, Ina Kirsch, said", "the judge, Mr Justice Penn, …"."""
        place = bisect_left(self._people_starts, speaker.end)
        if place == len(self._people) or (self._lexicon.order.of and not self._is_titled(speaker)):
            return None
        person = self._people[place]
        between = self._text[speaker.end : person.start]
        if _APPOSED.fullmatch(between) is None and between.strip(", ").lower() not in self._lexicon.persons.titled:
            return None
        # "According to the paper, Ada Lind left" describes nobody; "another fan, Per Ek of Dorn, left" does.
        behind = _GOES_ON.match(self._text, person.end)
        return person if behind is None or behind.group(1) in self._lexicon.order.stops | OF else None

    def _described(self, speaker: Speaker) -> Entity | None:
        """The one person whose title has all words of the description: "the US president"; a bare name is none."""
        if all(word[0].isupper() for word in speaker.text.split()) and " " not in speaker.text:
            return None
        fitting = bearers(self._titles, description(speaker.text, self._lexicon))
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _antecedent(self, start: int) -> Entity | None:
        """The person right before "who"."""
        place = bisect_left(self._people_starts, start) - 1
        if place < 0:
            return None
        person = self._people[place]
        return person if not self._text[person.end : start].strip(" ,") else None
