"""Coreference of people within one article: "Peskov" is the Dmitry Peskov named before, unless two Peskovs are.

Of several bearers of a name a title chooses: Mrs Weiss is the woman, Senator Long the one who is called so. Knows
people; nothing of other articles and nothing of places or firms.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from processors.entities import gazetteer
from processors.entities.genders import TITLES, Gender, genders, of_name
from processors.entities.mention import Mention
from processors.entities.person_name import (
    PARTICLES,
    bare,
    core,
    family_first,
    family_with_particles,
    is_same,
    suffix,
    surname,
    without_article,
)
from processors.entities.romanised import romanised
from processors.entities.titles import is_title, title_before

# An article with more people of one surname is a list; comparing each with each would take its time squared.
_NAMESAKES = 50
_AND = re.compile(r" (?:and|&) ")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a mention stands for."""

    name: str
    is_stranger: bool = False
    """Whether no list may say who it is: Mrs Trump is not the Trump whom everybody knows."""


def join(text: str, found: Sequence[Mention]) -> dict[int, Person]:
    """Mentions of people in order -> by the start of each, the person of this article.

    A part of a name joins the one full name it begins or ends; where several people bear it and no title
    chooses, it stays by itself: better two names for one man than one name for two men.
    """
    plain = {mention.start: bare(mention.text) for mention in found}
    plain.update(_couples(text, found, plain))
    people = _people(Counter(plain.values()))
    article = _Article(text, found, plain, people)
    return {mention.start: article.person(mention) for mention in found}


def _couples(text: str, found: Sequence[Mention], plain: dict[int, str]) -> Iterator[tuple[int, str]]:
    """ "Karl and Ella Weiss" are Karl Weiss and Ella Weiss."""
    given = gazetteer.given_names().values()
    for one, other in pairwise(found):
        and_ = _AND.match(text, one.end)
        name = plain[one.start]
        if and_ and and_.end() == other.start and any(name.lower() in names for names in given):
            full = plain[other.start]
            if " " in full and not family_first(full):
                yield one.start, f"{name} {surname(full)}"


class _Article:
    """The people of one article, and what it tells of them."""

    def __init__(self, text: str, found: Sequence[Mention], plain: dict[int, str], people: dict[str, str]) -> None:
        self._text, self._plain, self._people = text, plain, people
        self._bearers = _bearers(people)
        full = [(mention, people[plain[mention.start]]) for mention in found if plain[mention.start] in people]
        self._genders = genders(text, full)
        self._titles: dict[str, set[str]] = defaultdict(set)
        self._first: dict[str, int] = {}
        """Where each is first named in full."""
        for mention, person in full:
            self._first.setdefault(person, mention.start)
            title = title_before(text, mention.start)
            if title and is_title(title):
                self._titles[title].add(person)

    def person(self, mention: Mention) -> Person:
        """Whom this mention stands for."""
        name = self._plain[mention.start]
        if name in self._people:
            return Person(self._people[name])
        title = title_before(self._text, mention.start)
        gender = TITLES.get(title or "")
        bearers = self._bearers.get(romanised(name), set())
        fitting = {one for one in bearers if gender is None or self._genders.get(one, gender) == gender}
        if len(fitting) > 1 and title is not None:
            # Those told to be women rather than those of whom nothing is told; or those who are called so in full.
            told = {one for one in fitting if self._genders.get(one) == gender} if gender else self._titles.get(title)
            fitting = fitting & (told or fitting)
        if len(fitting) > 1:
            # Nobody is called by a surname before the full name: of the wife, named later, not yet.
            fitting = {one for one in fitting if self._first[one] < mention.start} or fitting
        if len(fitting) == 1 and not (title is None and self._is_too_soon(mention, *fitting)):
            return Person(next(iter(fitting)))
        return Person(name, is_stranger=bool(gender) and (bool(bearers) or _is_of_other(name, gender)))

    def _is_too_soon(self, mention: Mention, person: str) -> bool:
        """Whether a paragraph names somebody so in full only behind this: "Chase said …. Anna Chase, a teller, …"."""
        first = self._first[person]
        return mention.end < first and "\n" not in self._text[mention.end : first]


def _is_of_other(name: str, gender: Gender | None) -> bool:
    """Whether the one who is known by this name everywhere is told to be of the other gender."""
    known = gazetteer.known().get(name)
    if known is None or gender is None:
        return False
    return of_name(known.name) not in (None, gender)


def _people(often: Counter[str]) -> dict[str, str]:
    """Full names -> the form most used for that person, the first of equals."""
    clusters: dict[str, list[list[str]]] = defaultdict(list)
    families = {(family_with_particles(name) or "").lower() for name in often}
    full = (name for name in often if " " in core(name) and core(name).lower() not in families)
    for name in sorted(full, key=lambda name: len(name.split())):
        family = romanised(surname(name))
        same = next((one for one in clusters[family][:_NAMESAKES] if is_same(name, one[0])), None)
        if same is None:
            clusters[family].append([name])
        else:
            same.append(name)
    people = {}
    for one in (one for alike in clusters.values() for one in alike):
        best = max(one, key=lambda name: (name.split(" ")[0].lower() not in PARTICLES, often[name]))
        people.update(dict.fromkeys(one, best))
    return people


def _bearers(people: dict[str, str]) -> dict[str, set[str]]:
    """Parts of a name -> the people who bear it as family name or, where nobody does, as given name."""
    families: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for name, person in people.items():
        words = romanised(core(name)).split(" ")
        families[romanised(surname(name))].add(person)
        if bare_family := without_article(surname(name)):
            families[romanised(bare_family)].add(person)
        if suffix(name):
            families[romanised(bare(f"{surname(name)} {suffix(name)}"))].add(person)
        if family_first(name):
            given[" ".join(words[1:])].add(person)
            given[words[-1]].add(person)  # Vietnamese are called by it; and some put their family last
            continue
        given[words[0]].add(person)
        for cut in range(1, len(words) - 1):
            families[" ".join(words[cut:])].add(person)
    return {**given, **families}
