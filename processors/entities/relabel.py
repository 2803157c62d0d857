"""Corrects entity labels by the whole article: a model sees a few words around a name, an article says it many times.

Each rule is one function over all mentions, in the order of `relabel`. Knows kinds; nothing of identity.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence, Set

from processors.entities import gazetteer, given_names, headlines, spans
from processors.entities.acronyms import explained
from processors.entities.article_gazetteer import ArticleGazetteer
from processors.entities.clubs import clubs
from processors.entities.contested import firms, lies_in, settle
from processors.entities.evidence import is_there, neighbours, no_names, own_words, told_behind
from processors.entities.hyphenated import hyphenated
from processors.entities.mention import Mention
from processors.entities.person_name import (
    bare,
    called,
    family_with_particles,
    surname,
    without_article,
)
from processors.entities.place_names import calm, is_anywhere, is_country, is_place, is_region, is_region_of_a_country
from processors.entities.repeats import is_large_city, overlooked
from processors.entities.romanised import romanised
from processors.entities.ships import ships
from processors.model.english_words import is_english, is_no_noun
from schemas.article import EntityKind

# A word beside a name says as much of its kind as the model does; that a city is so called, half as much.
LABEL_VOTE, NEIGHBOUR_VOTE, CITY_VOTE = 2, 2, 1
_MISTAKEN_FOR_PEOPLE = ("organisation", "place")
_MISTAKEN = ("person", "organisation", "product", "group")
_LEAVING = re.compile(r"[A-Z][a-z]+exit$")  # Brexit, Frexit
# The forms in which peoples' names begin a joined one: "a Franco-German brigade".
_JOINED = re.compile(
    r"(?:Afro|Anglo|Austro|Euro|Franco|Germano|Graeco|Greco|Hispano|Ibero|Indo|Italo|Luso|Russo|Serbo|Sino|Turco)"
    r"-[A-Z][a-z]+$"
)
# Nothing behind a name that it could be an adjective of: "in Helmand, ...", not "in Afghan villages".
_ALONE = re.compile(r"['’]s\b|[,.;:!?)\n]|$| (?:on|and|after|before|where|when|was|were|is|has|have|had|since|as)\b")


def relabel(text: str, marked: Iterable[Mention], here: ArticleGazetteer) -> list[Mention]:
    """The mentions with the kinds the article as a whole supports, and those the model overlooked, in order."""
    found = [one for one in spans.split(marked) if not _is_nothing(one.text, here)]
    found = spans.whole_names(text, spans.datelines(text, headlines.trimmed(text, found), is_place))
    found = ships(text, found)  # before titles: a Queen Victoria; and again when all kinds are told
    _own_words(found)
    given_names.titles(found)
    given_names.given_names(text, found)
    found = hyphenated(text, found)
    found = spans.whole(text, found, is_place)
    found = _acronyms(text, found)
    surnames = _surnames(found, here)
    spans.in_s(text, found, here.known.keys(), surnames)
    _known(found, surnames, here)
    _places(text, found, surnames)
    _peoples(text, found, surnames)
    clubs(text, found)
    _surnamed(text, found, surnames)
    _short_names(found, surnames)
    _majority(text, found, surnames, here)
    headlines.players(text, found)
    found = overlooked(text, found, surnames, here)
    late = _surnames([one for one in found if _is_known_person(one, here)], here)
    if not surnames.issuperset(late):  # of Theresa May, whom only the gazetteer knows
        surnames |= late
        found = overlooked(text, found, surnames, here)
    settle(text, found, is_place, is_country)
    firms(text, found, _is_known_by_surname)
    found = ships(text, found)
    return headlines.added(text, found, _known_here(found, surnames, here))


def _is_nothing(name: str, here: ArticleGazetteer) -> bool:
    """What is no name, what ends within one, and two weapons taken for one: "Gepards and Leopards"."""
    parts = name.split(" and ")
    weapons = len(parts) > 1 and any(part in here.known and here.known[part].kind == "weapon" for part in parts)
    cut = name.islower() and name.endswith((" of", " for", " and"))  # "institute of"
    return weapons or cut or name in no_names() or _LEAVING.match(name) is not None


def _known_here(
    found: Iterable[Mention], surnames: set[str], here: ArticleGazetteer
) -> Callable[[str], EntityKind | None]:
    """The kind of a single word by itself: somebody or something the article names elsewhere, or that all know."""
    named = {one.text: one.kind for one in found if not one.text.isupper() and not is_english(one.text.lower())}

    def kind_of(name: str) -> EntityKind | None:
        if name in surnames:
            return "person"
        if kind := named.get(name) or here.kinds.get(name) or here.kinds.get(name.upper()):
            return kind
        known = is_large_city(calm(name)) and not is_no_noun(name.lower())  # Nice, Reading, Split
        return "place" if known or is_country(name) or is_region(name) else None

    return kind_of


def _own_words(found: Iterable[Mention]) -> None:
    """A name that says itself what it names: "... University", "Lake ..."."""
    for mention in found:
        mention.kind = own_words(mention.text) or mention.kind


def _acronyms(text: str, found: list[Mention]) -> list[Mention]:
    """An acronym the article explains is of the kind of the name it stands for, and is found beside it."""
    known = explained(text, found)
    for mention in found:
        if mention.text in known:
            mention.kind = known[mention.text].kind
    marked = {mention.start for mention in found}
    beside = [(full.end + len(" ("), short, full.kind) for short, full in known.items()]
    added = [Mention(at, at + len(short), short, kind) for at, short, kind in beside if at not in marked]
    return sorted([*found, *added], key=lambda mention: mention.start)


def _surnames(found: Iterable[Mention], here: ArticleGazetteer) -> set[str]:
    """Family names of the people the article names in full, and what else they are called by alone."""
    known = (one for one in found if one.kind == "person" or _is_known_person(one, here))
    names = [name for mention in known if " " in (name := bare(mention.text))]
    families = {surname(name) for name in names}
    with_particles = {family for name in names if (family := family_with_particles(name))}
    with_article = {family: bare_family for family in families if (bare_family := without_article(family))}
    families.update(with_article.values())
    at_the_beginning = {family[0].upper() + family[1:] for family in with_particles | with_article.keys()}
    return families | at_the_beginning | {call for name in names if (call := called(name))}


def _is_known_person(mention: Mention, here: ArticleGazetteer) -> bool:
    known = here.known.get(mention.text)
    return known is not None and known.kind == "person"


def _is_known_by_surname(name: str) -> bool:
    return gazetteer.known_as("person", name) is not None


def _known(found: Iterable[Mention], surnames: set[str], here: ArticleGazetteer) -> None:
    """What the gazetteer knows by this very name is of the kind it says, unless somebody here is called so."""
    for mention in found:
        one = here.known.get(calm(mention.text))
        if one is not None and (one.kind == "person" or mention.text not in surnames):
            mention.kind = one.kind


def _places(text: str, found: Iterable[Mention], surnames: set[str]) -> None:
    """A country's name is a place; a region's or large city's too, and any where something is, unless somebody's."""
    for mention in found:
        if mention.kind not in _MISTAKEN or mention.text in gazetteer.words("peoples.txt"):
            continue
        name = calm(mention.text)
        somebody = mention.text in surnames
        named = mention.kind in ("person", "group") and (is_large_city(name) or is_region(name))
        named = named or (mention.kind == "organisation" and is_region_of_a_country(name))
        there = is_anywhere(name) and (is_there(text, mention.start) or lies_in(text, mention.end, is_country))
        if is_country(mention.text) or (not somebody and (named or there)):
            mention.kind = "place"


def _peoples(text: str, found: Iterable[Mention], surnames: set[str]) -> None:
    """A people is a group; and what somebody is in, with nothing behind it, is a place and no people."""
    for mention in found:
        if mention.kind != "group":
            there = is_anywhere(mention.text) and is_there(text, mention.start)
            if _is_people(mention.text) and mention.text not in surnames and not there:
                mention.kind = "group"
        elif _ALONE.match(text, mention.end) and neighbours(text, mention.start, mention.end) == ["place"]:
            mention.kind = "place"


def _is_people(name: str) -> bool:
    """Whether a name is a people's, or joined of two peoples': "a Greek-Cypriot firm"."""
    listed = name.rpartition("-")[2] in gazetteer.words("peoples.txt")
    return listed or _JOINED.match(name) is not None


def _surnamed(text: str, found: Sequence[Mention], surnames: set[str]) -> None:
    """A name equal to the surname of somebody named in full is that person; but not in "Lincoln police"."""
    full = {bare(one.text) for one in found if one.kind == "person" and " " in one.text}
    families = {romanised(surname(name)) for name in full - {one.text for one in found if one.kind != "person"}}
    for mention in found:
        if mention.kind == "person" or told_behind(text, mention.end) == "place":
            continue
        name = calm(mention.text)
        if name.isupper() and mention.kind in _MISTAKEN_FOR_PEOPLE and name.title() in surnames:
            name = name.title()  # in a headline: MODI
        if (name in surnames and not is_country(name)) or (
            mention.kind in _MISTAKEN_FOR_PEOPLE and _is_of_family(name, families)
        ):
            mention.kind = "person"


def _is_of_family(name: str, families: Set[str]) -> bool:
    """Whether a name of two words ends like somebody named here or known everywhere, and begins like nothing else:
    Melania Trump. `families`: the surnames of the article, romanised."""
    first, _, last = name.partition(" ")
    begins = first.isalpha() and first.istitle() and not is_english(first.lower()) and not is_place(first)
    return begins and (_is_known_by_surname(last) or (romanised(last) in families and not is_english(last.lower())))


def _short_names(found: list[Mention], surnames: set[str]) -> None:
    """ "Newmont" in an article that names Newmont Mining Corp is that firm, unless somebody is called so."""
    full = (mention.text for mention in found if mention.kind == "organisation" and " " in mention.text)
    short = {name.split(" ", 1)[0] for name in full} - surnames
    for mention in found:
        if mention.kind == "person" and mention.text in short:
            mention.kind = "organisation"


def _is_listed(text: str, mention: Mention, places: set[int]) -> bool:
    """Whether "and" joins the mention to a place."""
    before = mention.start - len(" and ")
    joined = text[max(0, before) : mention.start] == " and " and before in places
    return joined or (text.startswith(" and ", mention.end) and mention.end + len(" and ") in places)


def _majority(text: str, found: Iterable[Mention], surnames: set[str], here: ArticleGazetteer) -> None:
    """The same words mean the same kind throughout an article: the one that labels and neighbours vote for."""
    votes: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    open_to_vote = [one for one in found if one.text not in here.known and own_words(one.text) is None]
    places = {edge for one in found if one.kind == "place" for edge in (one.start, one.end)}
    for mention in open_to_vote:
        vote = votes[calm(mention.text)]
        vote[mention.kind] += LABEL_VOTE
        for kind in neighbours(text, mention.start, mention.end):
            vote[kind] += NEIGHBOUR_VOTE
        city = mention.text not in surnames and bool(gazetteer.cities(calm(mention.text)))
        vote["place"] += CITY_VOTE * city
        if _is_listed(text, mention, places):
            vote["place"] += CITY_VOTE * (2 if city else 1)
    for mention in open_to_vote:
        first, *rest = votes[calm(mention.text)].most_common(2)
        if rest and first[1] > rest[0][1]:
            mention.kind = first[0]
