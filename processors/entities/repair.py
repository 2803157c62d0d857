"""Labels judged by the whole article: a model sees a few words around a name, an article says it many times.

Each rule is one function over all mentions; their order is that of `repair`. Knows kinds; nothing of identity.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from processors.entities import gazetteer
from processors.entities.evidence import neighbours, no_names, own_words
from processors.entities.mention import Mention
from processors.entities.occurrences import Names
from processors.entities.people import bare, common_words, surname, untitled
from schemas.article import EntityKind

# Below this a city's name is as likely a person's or a firm's (Wayne, Sterling, Jackson).
CITY_POPULATION = 300_000
LABEL_VOTE = 1.0
NEIGHBOUR_VOTE = 1.0
CITY_VOTE = 0.5
# Longer words all in capitals are shouted names, not acronyms.
_LONGEST_ACRONYM = 4
_UNSURE = ("person", "organisation", "place", "product", "group")


def repair(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions with the labels the article as a whole supports, and the repeats the model overlooked."""
    found = [mention for mention in found if mention.text not in no_names()]
    _titles(found)
    _own_words(found)
    found = sorted([*found, *_acronyms(text, found)], key=lambda mention: mention.start)
    surnames = _surnames(found)
    _known(found, surnames)
    _places(found, surnames)
    _people(found, surnames)
    _short_names(found, surnames)
    _majority(text, found, surnames)
    return sorted([*found, *_repeats(text, found, surnames)], key=lambda mention: mention.start)


def _titles(found: Iterable[Mention]) -> None:
    """A title is no part of a person's name."""
    for mention in found:
        if mention.kind == "person":
            mention.start += untitled(mention.text)
            mention.text = mention.text[untitled(mention.text) :]


def _own_words(found: Iterable[Mention]) -> None:
    """A name that says itself what it names: "... University", "Lake ..."."""
    for mention in found:
        mention.kind = own_words(mention.text) or mention.kind


_ACRONYM = re.compile(r"\s\(([A-Z][A-Za-z&.-]{1,9})\)")


def _acronyms(text: str, found: list[Mention]) -> list[Mention]:
    """ "Bank of Ghana (BoG)": the letters in brackets are the name before them, here and wherever they stand."""
    kinds: dict[str, EntityKind] = {}
    added = []
    marked = {mention.start: mention for mention in found}
    for mention in found:
        short = _ACRONYM.match(text, mention.end)
        if short is None or not is_acronym(short[1], mention.text):
            continue
        kinds[short[1]] = mention.kind
        if short.start(1) not in marked:
            added.append(Mention(short.start(1), short.end(1), short[1], mention.kind))
    for mention in found:
        mention.kind = kinds.get(mention.text, mention.kind)
    return added


def is_acronym(short: str, name: str) -> bool:
    """Whether the capitals of `short` begin words of `name`, in their order."""
    initials = iter(re.findall(r"\b\w", name))
    return all(letter in initials for letter in re.findall(r"[A-Z]", short))


def _surnames(found: Iterable[Mention]) -> set[str]:
    """Family names of the people the article names in full."""
    names = (bare(mention.text) for mention in found if mention.kind == "person")
    return {surname(name) for name in names if " " in name}


def _known(found: Iterable[Mention], surnames: set[str]) -> None:
    """What the alias file knows by this very name is of the kind the file says."""
    for mention in found:
        one = gazetteer.known().get(mention.text)
        if one is not None and (one.kind == "person" or mention.text not in surnames):
            mention.kind = one.kind


def _places(found: Iterable[Mention], surnames: set[str]) -> None:
    """A country's name is a place; a large city's too, unless somebody in the article is called so."""
    for mention in found:
        if mention.kind in ("person", "organisation", "product") and (
            is_country(mention.text)
            or (mention.kind == "person" and mention.text not in surnames and is_large_city(mention.text))
        ):
            mention.kind = "place"


def is_country(name: str) -> bool:
    """Whether this is a usual name of a country."""
    place = gazetteer.territory(_titled(name)) if name[:1].isupper() else None
    return place is not None and place.is_country


def is_large_city(name: str) -> bool:
    """Whether the name's largest bearer is a city that the news may name without its country."""
    return any(city.population >= CITY_POPULATION for city in gazetteer.cities().get(_titled(name), ())[:1])


def _titled(name: str) -> str:
    """A dateline's RANGOON as Rangoon; short capitals (US, UAE) stay."""
    return name.title() if name.isupper() and len(name) > _LONGEST_ACRONYM else name


def _people(found: Iterable[Mention], surnames: set[str]) -> None:
    """A name equal to the surname of somebody named in full is that person."""
    for mention in found:
        if mention.kind != "person" and mention.text in surnames and not is_country(mention.text):
            mention.kind = "person"


def _short_names(found: Iterable[Mention], surnames: set[str]) -> None:
    """ "Newmont" in an article that names Newmont Mining Corp is that firm, unless somebody is called so."""
    short = {
        mention.text.split(" ", 1)[0] for mention in found if mention.kind == "organisation" and " " in mention.text
    }
    for mention in found:
        if mention.kind == "person" and mention.text in short - surnames:
            mention.kind = "organisation"


def _majority(text: str, found: Iterable[Mention], surnames: set[str]) -> None:
    """The same words mean the same kind throughout an article: the kind that labels and neighbours vote for."""
    votes: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for mention in found:
        votes[mention.text][mention.kind] += LABEL_VOTE
        for kind in neighbours(text, mention.start, mention.end):
            votes[mention.text][kind] += NEIGHBOUR_VOTE
        if mention.text not in surnames and _titled(mention.text) in gazetteer.cities():
            votes[mention.text]["place"] += CITY_VOTE
    for mention in found:
        first, *rest = votes[mention.text].most_common(2)
        if rest and first[1] > rest[0][1] and mention.kind in _UNSURE and not known_or_said(mention):
            mention.kind = first[0]


def known_or_said(mention: Mention) -> bool:
    return own_words(mention.text) is not None or mention.text in gazetteer.known()


def _repeats(text: str, found: list[Mention], surnames: set[str]) -> list[Mention]:
    """Names found once and overlooked elsewhere; only such as are no common word: two words, or an acronym."""
    kinds: dict[str, EntityKind] = {name: "person" for name in surnames - common_words()}
    kinds.update(dict.fromkeys(gazetteer.unmistakable() - surnames, "place"))
    kinds.update((form, one.kind) for form, one in gazetteer.known().items() if form not in surnames)
    for mention in found:
        if " " in mention.text or (sum(map(str.isupper, mention.text)) > 1 and len(mention.text) > 2):
            kinds.setdefault(mention.text, mention.kind)
    taken = [(mention.start, mention.end) for mention in found]
    added = []
    at = 0
    for start, end in Names(kinds).find(text):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at == len(taken) or taken[at][0] >= end:
            added.append(Mention(start, end, text[start:end], kinds[text[start:end]]))
    return added
