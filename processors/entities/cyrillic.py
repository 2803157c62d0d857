"""People in Russian, Ukrainian, Bulgarian and Serbian, where no model marks names: by given names, in English letters.

A name is read in its case (Сергею Лаврову), brought to the nominative and romanised as English newspapers do: by
BGN/PCGN, without its signs for soft and hard letters, with a bare y for -ий. So it has the name and the id that an
English article gives it. Knows endings, and the lists of given names; what it does not know it leaves out.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from processors.entities import gazetteer
from processors.entities.mention import Mention
from processors.entities.romanised import romanised

LANGUAGES = ("ru", "uk", "bg", "sr")
SHORTEST_ALONE = 4
"""Letters of a family name that stands alone: shorter words are mostly something else."""
# A letter, and how it is written in English.
_TABLE = """
аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya ёe іi їi єie
ґg ђdj јj љlj њnj ћc џdz
"""
_LETTERS = {one[0]: one[1:] for one in _TABLE.split()}
_OWN: dict[str, dict[str, str]] = {
    "ru": {},
    "uk": {"г": "h", "и": "y"},
    "bg": {"щ": "sht", "ъ": "a", "х": "h"},
    "sr": {"х": "h", "ц": "c", "ч": "c", "ш": "s", "ж": "z"},
}
# Where е is ye: Yevgeny, Rayevsky, Solovyev; in Ukrainian є and ї at the beginning.
_SOFT = {"ru": re.compile(r"(?:^|(?<=[аеёиоуыэюяьъ]))(е)"), "uk": re.compile(r"^([єї])")}
_HARD = {"є": "е", "ї": "і"}
_WORD = "[А-ЯЁІЇЄҐЂЈЉЊЋЏ][а-яёіїєґђјљњћџ’'-]+"
_PATRONYMIC = rf"(?: {_WORD}(?:вич|вна|вича|вны|вичу|вне|вичем|вной))?"
# Looked for at every word: "России Сергей Лавров" begins with a word that is no part of the name.
_NAME = re.compile(rf"(?<!\w)(?=({_WORD}){_PATRONYMIC} ({_WORD}))")
_SINGLE = re.compile(rf"(?<!\w){_WORD}")
# Endings of the cases -> that of the nominative: of given names, and of the family names of men and of women.
_GIVEN = (
    (("а", "у", "ом", "е", "ові"), ("", "о")),
    (("я", "ю", "ем", "єм", "е", "еві", "єві"), ("й", "ь", "")),
    (("ы", "и", "у", "ой", "ою", "е", "і"), ("а",)),
    (("и", "ю", "ей", "ею", "і", "ї"), ("я",)),
)
_HIS = (
    (("ого", "ому", "его", "ему", "им", "ым", "ом"), ("ий", "ый", "ой")),
    (("а", "у", "ым", "ом", "ем", "е", "ові"), ("",)),
)
_HERS = ((("ой", "ою", "у", "ы", "ої", "ій"), ("а",)), (("ой", "ую", "ої", "ою"), ("ая",)))
_IN_A_CASE = re.compile(r"(?:[ое](?:го|му)|и[ћч](?:а|у|ем|ом))$")
_HIS_ENDS = tuple(map(re.compile, (r"(?:[оеєё]в|[иі]н|ын)$", r"(?:[сц]ь?к|н)(?:ий|ый|ой)$", r"[^аеиоуыэюяіїєй]$")))
"""Of the nominatives that a family name can have, the first that ends so is it."""
_HER_END = re.compile(r"(?:[оеєё]ва|ина|іна|ська|ская|ная)$")


def is_cyrillic(name: str) -> bool:
    """Whether a name begins with a Cyrillic letter."""
    return "\u0400" <= name[:1] <= "\u04ff"


def romanise(word: str, language: str) -> str:
    """A word in English letters, with its capital: Сергей -> Sergey, Зеленский -> Zelensky."""
    small = re.sub(r"[иі]я$", "ia", re.sub(r"[иыі]й$", "y", word.lower()))
    if language in _SOFT:
        small = _SOFT[language].sub(lambda soft: "й" + _HARD.get(soft[1], soft[1]), small)
    letters = _LETTERS | _OWN[language]
    found = "".join(letters.get(letter, letter) for letter in small)
    return re.sub(r"(?:^|(?<=-))\w", lambda first: first.group().upper(), found.replace("’", "").replace("'", ""))


def people(text: str, language: str) -> list[Mention]:
    """The people whom a text names, in order; a mention's text is the English form of the name."""
    full = list(_named(text, language))
    taken = {place for one in full for place in range(one.start, one.end)}
    families = {one.text.split()[-1] for one in full} | _known()
    alone = (
        Mention(found.start(), found.end(), name, "person")
        for found in _SINGLE.finditer(text)
        if len(found.group()) >= SHORTEST_ALONE
        and found.start() not in taken
        and (name := _family(found.group(), language, families))
    )
    return sorted([*full, *alone], key=lambda one: one.start)


def variants(name: str) -> Iterator[str]:
    """The other English spellings of a person's romanised name: Sergei Lavrov for Sergey Lavrov."""
    given, _, family = name.partition(" ")
    families = [family]
    if family.endswith("sky"):
        families += [family[:-1] + "iy", family + "y", family[:-1] + "ii"]
    for first, last in product([given, *_spelt(given)], families):
        if f"{first} {last}" != name:
            yield f"{first} {last}"


def _named(text: str, language: str) -> Iterator[Mention]:
    end = 0
    for found in _NAME.finditer(text):
        given, family = found.groups()
        if found.start() < end:
            continue
        # "Роман Толстого" is a novel, and "Александра Вучића" no Aleksandra: a name has one case.
        cases = (one for one in _cases(given, _GIVEN) if one != given or not _IN_A_CASE.search(family))
        nominative = next((one for one in cases if romanised(romanise(one, language)) in _givens()), None)
        if nominative is None:
            continue
        # "С Сергеем Шойгу": a family name without that ending has no cases.
        if nominative != given and given.endswith("м") <= family.endswith("м"):
            family = _nominative(family, hers=nominative[-1] in "ая")
        name = f"{romanise(nominative, language)} {romanise(family, language)}"
        end = found.end(2)
        yield Mention(found.start(), end, name, "person")


def _family(word: str, language: str, families: frozenset[str] | set[str]) -> str | None:
    """The family name, in the nominative, that a word is one of; None where it is none of those known."""
    forms = (word, _nominative(word, hers=False), _nominative(word, hers=True))
    return next((name for form in forms if (name := romanise(form, language)) in families), None)


def _cases(word: str, endings: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Iterator[str]:
    """What the nominative of a word can be, itself first."""
    yield word
    for cases, nominatives in endings:
        for case in sorted(cases, key=len, reverse=True):
            if word.endswith(case):
                yield from (word.removesuffix(case) + ending for ending in nominatives)


def _nominative(family: str, hers: bool) -> str:
    """The nominative of a family name that stands in another case; itself where no ending fits."""
    if hers:
        return next((one for one in _cases(family, _HERS) if one != family and _HER_END.search(one)), family)
    found = [one for one in _cases(family, _HIS) if one != family]
    return next((one for end in _HIS_ENDS for one in found if end.search(one)), family)


@cache
def _givens() -> dict[str, tuple[str, ...]]:
    """Given names in the one spelling of their romanisations -> as they are written in English."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(frozenset().union(*gazetteer.given_names().values())):
        found[romanised(name)] = (*found.get(romanised(name), ()), name.title())
    return found


def _spelt(given: str) -> tuple[str, ...]:
    return tuple(one for one in _givens().get(romanised(given), ()) if one != given)


@cache
def _known() -> frozenset[str]:
    return frozenset(name for name, one in gazetteer.known().items() if one.kind == "person" and " " not in name)
