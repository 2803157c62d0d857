"""Where a name begins and ends, where a model cuts it wrongly: datelines, nicknames in marks, juniors, long names.

Knows signs and capitals; of words only which are English.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache

from processors.entities import gazetteer
from processors.entities.mention import Mention
from processors.entities.occurrences import Names
from processors.entities.person_name import PARTICLES, is_given
from processors.model.english_words import is_english
from schemas.article import EntityKind

_BETWEEN = re.compile(r" [-–—|] |: ")
# "BERLIN (Reuters) -", "PORT VALE, Norland, Oct 12 —" at the beginning of a line.
_DATELINE = re.compile(
    # Behind key points it stands within the line, and names its agency: "* Two dead OSLO, June 3 (Reuters) -".
    r"(?:^|^[*•] [^\n]{1,600}? (?=[A-Z][^\n(]{2,60}\([A-Z][^)\n]{1,25}\) ?[-–—]))"
    r"(?P<place>[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,3})(?:, [^\n(]{1,40}?)? ?(?:\([A-Z][^)\n]{1,25}\) ?)?"
    r"[-–—]{1,2} (?=\S)",
    re.MULTILINE,
)
_SENTENCE = re.compile(r"[^\n]*[a-z]")
_NICKNAME = re.compile(r"""(?: ["“'‘][A-Z][^"”'’\n]{0,24}["”'’])(?: [A-Z][\w'’-]+){1,2}""")
_NICKNAME_BEFORE = re.compile(r"""\b(?P<given>[A-ZÀ-Þ][\w’'-]+) ["“'‘][A-Z][^"”'’\n]{0,24}["”'’] $""")
_WORD_BEFORE = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w’'-]+)[ ]$")
# "Marie-" of "Marie-Louise", cut at its hyphen.
_HYPHEN_BEFORE = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][a-zà-ÿ]+-$")
_SMALL_BEFORE = re.compile(r"\b[a-z]+,? $")
_MONTHS = ("April", "May", "June", "August")
"""Those that are given names too."""
_HYPHEN_BEHIND = re.compile(r"-([A-ZÀ-Þ][a-zà-ÿ]+)\b")
# The first word of a sentence: elsewhere a month or a town may stand before somebody, "in May Jones".
_GIVEN_BEFORE = re.compile(r"""(?:^|[.!?]["”’)]? |\n)([A-ZÀ-Þ][a-zà-ÿ]+) $""")
_CAPITAL = re.compile(r"\b([A-ZÀ-Þ][a-zà-ÿ]{2,}) ")
_LONGEST = 40
_OPEN_MARK = re.compile(r""" ["“'‘][^"”'’]*$""")
_PARTICLES = "|".join(sorted(PARTICLES))
# "Rodrigues dos Santos": small words of family names with the capital behind them; "de" of a place has none of these.
_FAMILY_GOES_ON = re.compile(rf"(?: (?:{_PARTICLES}))+[ -][A-ZÀ-Þ][\w’'-]+")
_CUT_AT_PARTICLE = re.compile(rf"(?<= )(?:{_PARTICLES})$")
_CAPITAL_BEHIND = re.compile(r" [A-ZÀ-Þ][\w’'-]+")
_SUFFIX = re.compile(r",? (?:(?:Jr|Sr)\b\.?|I{2,3}\b|IV\b)")


def split(marked: Iterable[Mention]) -> Iterator[Mention]:
    """ "BERLIN - Tomahawk" is a dateline, or a heading, and a name."""
    for mention in marked:
        cut = _BETWEEN.search(mention.text)
        if cut is None or not mention.text[: cut.start()].isupper():
            yield mention
            continue
        yield Mention(mention.start, mention.start + cut.start(), mention.text[: cut.start()], mention.kind)
        yield Mention(mention.start + cut.end(), mention.end, mention.text[cut.end() :], mention.kind)


def whole_names(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions with clubs, countries of several words, "Trinidad and Tobago", and names with another's name in
    them, "Victoria's Secret", in one piece."""
    found = _listed(text, _listed(text, found, _long_countries(), "place"), _clubs(), "organisation")
    for kind, names in _with_possessives().items():
        found = _listed(text, found, names, kind)
    return found


def _listed(text: str, found: list[Mention], names: Names, kind: EntityKind) -> list[Mention]:
    named = [
        Mention(start, end, text[start:end], kind)
        for start, end in names.find(text)
        if not any(one.start < start or end < one.end for one in found if one.start <= start and end <= one.end)
    ]  # not of "Central African Republic Red Cross"
    if not named:
        return found
    kept = [one for one in found if not any(one.start < name.end and name.start < one.end for name in named)]
    return sorted([*kept, *named], key=lambda mention: mention.start)


@cache
def _with_possessives() -> dict[EntityKind, Names]:
    """Names that everybody knows and that another's possessive is part of: Papa John's, David's Sling."""
    known = gazetteer.known() | gazetteer.weapons("yes")
    forms = {form: one.kind for form, one in known.items() if " " in form and ("'s" in form or "’s" in form)}
    return {kind: Names(form for form in forms if forms[form] == kind) for kind in sorted(set(forms.values()))}


@cache
def _clubs() -> Names:
    return Names(gazetteer.words("clubs.txt"))


@cache
def _long_countries() -> Names:
    names = gazetteer.unmistakable() | gazetteer.words("country_names.txt")
    return Names(form for name in names for form in _spellings(name) if " " in form or "-" in form)


def _spellings(name: str) -> set[str]:
    """The name as other newsrooms write it: Trinidad & Tobago, Timor-Leste, Côte d’Ivoire."""
    return {name, name.replace(" and ", " & "), name.replace("'", "’"), name.replace(" ", "-")}


def datelines(text: str, found: Iterable[Mention], is_place: Callable[[str], bool]) -> list[Mention]:
    """The mentions with the places of datelines, which are nothing else."""
    places = []
    for line in _DATELINE.finditer(text):
        name = line["place"]
        label = all(is_english(word.lower()) for word in name.split())  # "UPDATE -", "BREAKING NEWS -"
        if (is_place(name.title()) or not label) and _SENTENCE.match(text, line.end()):
            places.append(Mention(*line.span("place"), name, "place"))
    kept = [one for one in found if not any(one.start < place.end and place.start < one.end for place in places)]
    return sorted([*kept, *places], key=lambda mention: mention.start) if places else kept


def whole(text: str, found: list[Mention], is_place: Callable[[str], bool]) -> list[Mention]:
    """The mentions with all words, nicknames and suffixes of people's names inside, none overlapping."""
    kept: list[Mention] = []
    full = {mention.text for mention in found if mention.kind == "person" and " " in mention.text}
    for mention in found:
        if kept and mention.start < kept[-1].end:
            continue
        if mention.kind == "person" and " " not in mention.text:
            _as_elsewhere(text, mention, full)
        if kept and mention.kind == kept[-1].kind == "person" and text[kept[-1].end : mention.start] in (" ", "-"):
            mention.start = kept.pop().start  # "Luiz Inácio" and "Lula da Silva", "Marie" and "Louise", cut in two
            mention.text = text[mention.start : mention.end]
        if mention.kind in ("person", "organisation") and is_given(mention.text.partition(" ")[0]):
            _to_the_hyphen(text, mention)
        if mention.kind == "person":
            _begin(text, mention, kept[-1].end if kept else 0, is_place)
            _lengthen(text, mention)
        kept.append(mention)
    return kept


def _as_elsewhere(text: str, mention: Mention, full: Set[str]) -> None:
    """The whole name where a word of it is marked and the article names somebody so in full: "George Bush Jr."."""
    begun = (name for name in full if name.startswith(f"{mention.text} ") and text.startswith(name, mention.start))
    name = max(begun, key=len, default=mention.text)
    if not text[mention.start + len(name) : mention.start + len(name) + 1].isalnum():
        mention.end, mention.text = mention.start + len(name), name


def _to_the_hyphen(text: str, mention: Mention) -> None:
    """ "Ute Lenz-Arnim", a person cut at a hyphen; "Rupert Murdoch-owned" is not longer."""
    behind = _HYPHEN_BEHIND.match(text, mention.end) if " " in mention.text else None
    if behind and not is_english(behind[1].lower()):
        mention.end, mention.kind = behind.end(), "person"
        mention.text = text[mention.start : mention.end]


def in_s(text: str, found: Iterable[Mention], known: Set[str], surnames: Set[str]) -> None:
    """What is known by a name in 's keeps it: McDonald's, unless a McDonald is named here."""
    for mention in found:
        longer = text[mention.start : mention.end + 2]
        if longer[-2:] in ("'s", "’s") and longer in known and mention.text not in surnames:
            mention.end, mention.text = mention.end + 2, longer


def _begin(text: str, mention: Mention, free: int, is_place: Callable[[str], bool]) -> None:
    """ "Luiz Inácio" of "Luiz Inácio Lula da Silva": capitals that are no word, title, place or mention; and the given
    name before a nickname in marks."""
    nickname = _NICKNAME_BEFORE.search(text, max(free, mention.start - _LONGEST), mention.start)
    if nickname and nickname["given"].lower() not in gazetteer.words("titles.txt"):
        mention.start, mention.text = nickname.start(), text[nickname.start() : mention.end]
    if hyphen := _HYPHEN_BEFORE.search(text, max(free, mention.start - _LONGEST), mention.start):
        mention.start = hyphen.start()
    if " " not in mention.text:
        mention.start = _with_given(text, mention.start, max(free, mention.start - _LONGEST), is_place)
    mention.text = text[mention.start : mention.end]
    for word in reversed(list(_CAPITAL.finditer(text, max(free, mention.start - _LONGEST), mention.start))):
        name = word.group(1)
        known = is_english(name.lower()) or name.lower() in gazetteer.words("titles.txt") or is_place(name)
        if word.end() != mention.start or known or " " not in mention.text:
            break
        mention.start = word.start()
        mention.text = text[mention.start : mention.end]


def _with_given(text: str, start: int, free: int, is_place: Callable[[str], bool]) -> int:
    """Where a family name begins with the given name before it; a word or a town is one only where a line begins."""
    word = _WORD_BEFORE.search(text, free, start)
    if word is None or not is_given(word[1]):
        return start
    no_name = is_place(word[1]) or word[1].lower() in gazetteer.words("titles.txt") or word[1] in _MONTHS
    # Within a sentence only a name has a capital, as Per of "said Per Holm": there it is no word.
    doubtful = no_name or (is_english(word[1].lower()) and not _SMALL_BEFORE.search(text, free, word.start(1)))
    return start if doubtful and not _GIVEN_BEFORE.search(text, free, start) else word.start(1)


def _lengthen(text: str, mention: Mention) -> None:
    """ "Eduardo “Wado” Salinas", "Ana Melo dos Santos" and "Ada Brown Jr." are one name each."""
    before_mark = _OPEN_MARK.search(mention.text)
    nickname = _NICKNAME.match(text, mention.start + before_mark.start() if before_mark else mention.end)
    end = nickname.end() if nickname else mention.end
    if " " in text[mention.start : end] and (goes_on := _FAMILY_GOES_ON.match(text, end)):
        end = goes_on.end()
    elif _CUT_AT_PARTICLE.search(text, mention.start, end) and (behind := _CAPITAL_BEHIND.match(text, end)):
        end = behind.end()
    suffix = _SUFFIX.match(text, end) if " " in text[mention.start : end] else None
    mention.end = suffix.end() if suffix else end
    mention.text = text[mention.start : mention.end]
