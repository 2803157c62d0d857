"""Labels judged by the whole article: a model sees a few words around a name, an article says it many times.

Each rule is one function over all mentions; their order is that of `repair`. Knows kinds; nothing of identity.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from processors.entities import gazetteer
from processors.entities.mention import Mention
from processors.entities.occurrences import Names
from processors.entities.people import bare
from schemas.article import EntityKind

# Below this a city's name is as likely a person's or a firm's (Wayne, Sterling, Jackson).
CITY_POPULATION = 300_000


def repair(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions with the labels the article as a whole supports, and the repeats the model overlooked."""
    surnames = _surnames(found)
    _known(found, surnames)
    _places(found, surnames)
    _people(found, surnames)
    _majority(found)
    return sorted([*found, *_repeats(text, found, surnames)], key=lambda mention: mention.start)


def _surnames(found: Iterable[Mention]) -> set[str]:
    """Last names of the people the article names in full."""
    names = (bare(mention.text).split() for mention in found if mention.kind == "person")
    return {words[-1] for words in names if len(words) > 1}


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
    place = gazetteer.territory(name) if name[:1].isupper() else None
    return place is not None and place.is_country


def is_large_city(name: str) -> bool:
    """Whether the name's largest bearer is a city that the news may name without its country."""
    return any(city.population >= CITY_POPULATION for city in gazetteer.cities().get(name, ())[:1])


def _people(found: Iterable[Mention], surnames: set[str]) -> None:
    """A name equal to the surname of somebody named in full is that person."""
    for mention in found:
        if mention.kind != "person" and mention.text in surnames and not is_country(mention.text):
            mention.kind = "person"


def _majority(found: Iterable[Mention]) -> None:
    """The same words mean the same kind throughout an article, where one kind is the more frequent."""
    votes: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for mention in found:
        votes[mention.text][mention.kind] += 1
    for mention in found:
        first, *rest = votes[mention.text].most_common(2)
        if rest and first[1] > rest[0][1]:
            mention.kind = first[0]


def _repeats(text: str, found: list[Mention], surnames: set[str]) -> list[Mention]:
    """Names found once and overlooked elsewhere; only such as are no common word: two words, or an acronym."""
    kinds: dict[str, EntityKind] = {name: "person" for name in surnames if len(name) > 3}
    for mention in found:
        if " " in mention.text or (mention.text.isupper() and len(mention.text) > 2):
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
