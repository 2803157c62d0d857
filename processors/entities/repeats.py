"""Finds names that the model overlooked: known ones, and those found elsewhere in the same article.

Knows what may safely be taken for a name without a model's word; changes no mention that is there.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import lru_cache

from processors.entities import gazetteer
from processors.entities.article_gazetteer import ArticleGazetteer
from processors.entities.evidence import no_names
from processors.entities.gazetteer import NAMES
from processors.entities.mention import Mention
from processors.entities.occurrences import Names
from processors.entities.person_name import is_given
from processors.model.english_words import is_english, is_no_noun
from schemas.article import EntityKind

# Below this a city's name is as likely a person's or a firm's (Wayne, Sterling, Jackson).
CITY_POPULATION = 300_000
# Where English is spoken, cities are called like people; elsewhere below this a name is rather somebody's.
_ENGLISH_SPEAKING = frozenset({"au", "ca", "gb", "ie", "nz", "us", "za"})
FOREIGN_POPULATION = 200_000
# Below this a city's name that is also a word (Union, Orange) is rather the word, even behind "in".
WORD_POPULATION = 100_000
# "in Rio de Janeiro": all words with capitals, and the particles between them.
_NAME = r"((?:[^\W\d_a-z][\w-]+)(?: (?:de|do|[^\W\d_a-z][\w-]+))*(?<! de)(?<! do))"
_IN_A_CITY = re.compile(
    r"\b(?:(?:[Ii]n|[Nn]ear|[Ii]nside|[Oo]utside|[Tt]hrough(?:out)?|[Aa]cross)"
    rf"|(?P<going>[Ff]rom|to|of|via|between)) {_NAME}"
)
# "In Basel To Expand": small words that Title Case joins to a name.
_TITLE_CASE = re.compile(r" (?:After|Amid|And|As|At|Before|By|For|From|In|On|Over|To|With)\b.*")
_GIVEN = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w’'-]+) $")
_REACH = 24
# What one does, not what a thing is: "Price is" may be anything's.
_DOES = re.compile(
    r" (?:said|says|told|tells|added|knows|knew|wants?|wanted|thinks|thought|asked|denied|denies|met|took|gave|went"
    r"|came|has said|had said|who|himself|herself)\b"
    r"|,? \(?\d{1,2}(?:,|\)| years\b)"  # how old somebody is
)


def overlooked(text: str, found: list[Mention], surnames: set[str], here: ArticleGazetteer) -> list[Mention]:
    """`found`, in the order of the text, with the repeats and the known names between them."""
    repeatable = _repeatable(found, surnames)
    found = _added(text, found, Names(repeatable), repeatable.get)
    found = _with_common_words(text, found, surnames)
    found = _added(text, found, here.names, lambda name: None if name in surnames else here.kinds.get(name))
    return _with_cities(text, found, surnames)


def _with_common_words(text: str, found: list[Mention], surnames: set[str]) -> list[Mention]:
    """Family names that are words too where they do something: "Grant knows", not "Grant them"."""
    words = surnames & gazetteer.words("common_words.txt")
    if not words:
        return found
    doing = [(start, end) for start, end in Names(words).find(text) if _DOES.match(text, end)]
    starts = [mention.start for mention in found]
    added = [
        Mention(start, end, text[start:end], "person") for start, end in doing if _is_free(start, end, found, starts)
    ]
    return sorted([*found, *added], key=lambda mention: mention.start)


def _with_cities(text: str, found: list[Mention], surnames: set[str]) -> list[Mention]:
    """Cities and regions that something is in, near or from, the longest name of each; small ones that are no word."""
    starts = [mention.start for mention in found]
    cities = []
    for match in _IN_A_CITY.finditer(text):
        there = _TITLE_CASE.sub("", match[2])
        is_there = _is_large(there) if match["going"] else _is_there(there)
        name = there if is_there and there not in surnames else None
        start = match.start(2)
        if name is not None and _is_free(start, start + len(name), found, starts):
            cities.append(Mention(start, start + len(name), name, "place"))
    return sorted([*found, *cities], key=lambda mention: mention.start) if cities else found


@lru_cache(maxsize=NAMES)
def _is_large(name: str) -> bool:
    """What something is from or of may be a firm's or somebody's; a region or a large city is not, if it is no word."""
    if name in gazetteer.words("mistakable_places.txt") or name in gazetteer.words("peoples.txt"):
        return False
    foreign = any(
        city.population >= FOREIGN_POPULATION and city.country not in _ENGLISH_SPEAKING
        for city in gazetteer.cities(name)[:1]
    )
    large = foreign or is_large_city(name) or name in gazetteer.regions()
    return large and not is_no_noun(name.lower()) and not is_given(name)


def _is_there(name: str) -> bool:
    if name in no_names() or name in gazetteer.words("peoples.txt"):
        return False
    bearers = gazetteer.cities(name)[:1]
    if name in gazetteer.regions() or any(city.population >= WORD_POPULATION for city in bearers):
        return True
    return bool(bearers) and not is_english(name.lower())


@lru_cache(maxsize=NAMES)
def is_large_city(name: str) -> bool:
    """Whether the name's largest bearer is a city that the news may name without its country."""
    return any(city.population >= CITY_POPULATION for city in gazetteer.cities(name)[:1])


def _repeatable(found: Iterable[Mention], surnames: set[str]) -> dict[str, EntityKind]:
    """Names that mean the same wherever they stand: surnames, two words and more, acronyms."""
    kinds: dict[str, EntityKind] = dict.fromkeys(surnames - gazetteer.words("common_words.txt"), "person")
    for mention in found:
        if " " in mention.text or _is_acronym(mention.text):
            kinds.setdefault(mention.text, mention.kind)
    return kinds


def _is_acronym(name: str) -> bool:
    return len(name) > 2 and sum(map(str.isupper, name)) > 1


def _added(text: str, found: list[Mention], names: Names, kind_of: Callable[[str], EntityKind | None]) -> list[Mention]:
    starts = [mention.start for mention in found]
    added = []
    for start, end in names.find(text):
        kind = kind_of(text[start:end])
        if kind == "person":
            start = _with_given(text, start)
        if kind is not None and _is_free(start, end, found, starts):
            added.append(Mention(start, end, text[start:end], kind))
    return sorted([*found, *added], key=lambda mention: mention.start)


def _with_given(text: str, start: int) -> int:
    """Where the name begins with the given name before it: a Jean-Marie Le Pen is not the Le Pen of this article."""
    given = _GIVEN.search(text, max(0, start - _REACH), start)
    word = given[1].lower() if given else ""
    if given is None or is_english(word) or word in gazetteer.words("titles.txt"):
        return start
    return given.start(1)


def _is_free(start: int, end: int, found: list[Mention], starts: list[int]) -> bool:
    """Whether no mention lies in text[start:end]; `starts` are those of `found`."""
    after = bisect_left(starts, end)
    return after == 0 or found[after - 1].end <= start
