"""Coreference of people within one article: "Peskov" is the Dmitry Peskov named before, unless two Peskovs are.

Knows titles and the parts of a name; nothing of other articles and nothing of places or firms.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

from processors.entities import gazetteer

# An article with more people of one surname is a list; comparing each with each would take its time squared.
_NAMESAKES = 50
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")


def bare(name: str) -> str:
    """The name without titles before it and suffixes after it; unchanged where nothing would be left."""
    plain = " ".join(name[untitled(name) :].split())
    return _SUFFIX.sub("", plain)


def untitled(name: str) -> int:
    """Where the name begins after its titles; 0 where nothing would be left."""
    for word in re.finditer(r"\S+", name):
        if word.group().lower().rstrip(".") not in gazetteer.words("titles.txt"):
            return word.start()
    return 0


def surname(name: str) -> str:
    """The family name of a bare full name: its last word, or the first of Xi Jinping and Kim Jong Un."""
    first, *_, last = name.split(" ")
    families = gazetteer.words("family_names_first.txt")
    return first if first in families and ("-" in last or last not in families) else last


def join(names: Iterable[str]) -> dict[str, str]:
    """Each name as written -> the name of that person in this article.

    A part of a name joins the one full name it begins or ends; where several people bear it, it stays by
    itself: better two names for one man than one name for two men.
    """
    counts = Counter(names)
    plain = {name: bare(name) for name in counts}
    often: Counter[str] = Counter()
    for name, count in counts.items():
        often[plain[name]] += count
    people = _people([name for name in often if " " in name], often)
    bearers = _bearers(people)
    return {name: people.get(part) or _only(bearers.get(part)) or part for name, part in plain.items()}


def _only(bearers: set[str] | None) -> str | None:
    return next(iter(bearers)) if bearers is not None and len(bearers) == 1 else None


def _people(full: list[str], often: Counter[str]) -> dict[str, str]:
    """Full names -> the form most used for that person, the first of equals."""
    clusters: dict[str, list[list[str]]] = defaultdict(list)
    for name in sorted(full, key=lambda name: len(name.split())):
        family = surname(name)
        same = next((one for one in clusters[family][:_NAMESAKES] if is_same(name, one[0])), None)
        if same is None:
            clusters[family].append([name])
        else:
            same.append(name)
    people = {}
    for one in (one for alike in clusters.values() for one in alike):
        # "von der Leyen" is never the whole name, however often it stands alone.
        best = max(one, key=lambda name: (name[0].isupper(), often[name]))
        people.update(dict.fromkeys(one, best))
    return people


def is_same(longer: str, shorter: str) -> bool:
    """Whether two full names with one surname may be one person's, `shorter` having no more words."""
    if longer.endswith(" " + shorter):
        return True
    one, other = longer.split(" ")[0], shorter.split(" ")[0]
    if one == other or other in _short_forms(one) or one in _short_forms(other):
        return True
    return _is_initial(one, other) or _is_initial(other, one) or is_misspelt(one, other)


@cache
def _short_forms(given: str) -> frozenset[str]:
    return gazetteer.nicknames().get(given, frozenset())


def _is_initial(initial: str, name: str) -> bool:
    return len(initial.rstrip(".")) == 1 and initial[0] == name[0]


def is_misspelt(one: str, other: str) -> bool:
    """One letter apart, in names long enough that it is no other name (Kristen, Kristin; not Joan, John)."""
    if min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:cut] + long[cut + 1 :] == short for cut in range(len(long)))


def _bearers(people: dict[str, str]) -> dict[str, set[str]]:
    """Parts of a name -> the people who bear it as family name or, where nobody does, as given name."""
    families: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for name, person in people.items():
        words = name.split(" ")
        families[surname(name)].add(person)
        given[words[0] if surname(name) == words[-1] else " ".join(words[1:])].add(person)
        for cut in range(1, len(words) - 1):
            families[" ".join(words[cut:])].add(person)
    return {**given, **families}
