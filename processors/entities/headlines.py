"""Names in headlines, which capitals hide: all in capitals, or Every Word With One.

Knows lines without small letters and lines where most words have a capital; what a name is it learns from the rest.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from processors.entities.evidence import own_words
from processors.entities.mention import Mention
from processors.entities.place_names import is_anywhere, is_place
from processors.model.capitals import is_shouted, is_titled
from processors.model.english_words import is_english, is_verb_form
from schemas.article import EntityKind

_LINE = re.compile(r"[^\n]+")
# "SOCCER - …": what sport a line of a wire is about.
_SLUG = re.compile(r"^[A-Z][A-Z ]{2,20} ?[-–—] ?[^\n]+", re.MULTILINE)
_DOING = re.compile(r" ([A-Z]{3,}S)\b")
_SHORTEST_NAME = 4
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")

Kinds = Callable[[str], EntityKind | None]


def trimmed(text: str, found: Iterable[Mention]) -> list[Mention]:
    """The mentions without what Title Case joins to them: of "Zelensky Lands" and "Beirut Suburb" the first word."""
    lines = _titled(text)
    shouted = [line.span() for line in _LINE.finditer(text) if is_shouted(line.group())]
    kept = []
    for mention in found:
        if any(start <= mention.start < end for start, end in shouted) and _is_thing(text, mention):
            continue
        if any(start <= mention.start < end for start, end in lines):
            _trim(mention)
        kept.append(mention)
    return kept


def _is_thing(text: str, mention: Mention) -> bool:
    """ "TSUNAMI" in capitals is taken for a place, and is none; a LOWRY who LEADS is somebody."""
    if mention.kind != "place" or _DOING.match(text, mention.end):
        return False
    return is_english(mention.text.lower()) and not is_anywhere(mention.text.title())


def _trim(mention: Mention) -> None:
    name, _, last = mention.text.rpartition(" ")
    verb = mention.kind == "person" and last.endswith("s")
    noun = mention.kind == "place" and is_place(name) and own_words(mention.text) is None
    if name and (verb or noun) and is_english(last.lower()):
        mention.end -= len(mention.text) - len(name)
        mention.text = name


def added(text: str, found: list[Mention], kind_of: Kinds) -> list[Mention]:
    """`found`, in order, with the names in headlines that `kind_of`, asked in usual capitals, knows the kind of."""
    starts = [mention.start for mention in found]
    more = [mention for mention in _in_headlines(text, kind_of) if _is_free(mention, found, starts)]
    return sorted([*found, *more], key=lambda mention: mention.start) if more else found


def _is_free(mention: Mention, found: list[Mention], starts: list[int]) -> bool:
    after = bisect_left(starts, mention.end)
    return after == 0 or found[after - 1].end <= mention.start


def _in_headlines(text: str, kind_of: Kinds) -> Iterator[Mention]:
    for line in _LINE.finditer(text):
        shouted = is_shouted(line.group()) or _is_short_headline(text, line)
        if not shouted and line.span() not in _titled(text):
            continue
        for word in _WORD.finditer(line.group()):
            name = word.group().removesuffix("'S").removesuffix("’S") if shouted else word.group()
            kind = kind_of(name.title() if shouted else name)
            if kind is None and shouted and _acts(line.group(), word) and not _is_known(name):
                kind = "person"
            if kind is not None and name[0].isupper():
                start = line.start() + word.start()
                yield Mention(start, start + len(name), name, kind)


def _acts(line: str, word: re.Match[str]) -> bool:
    """Whether a word all in capitals does something: "LINDQVIST WARNS"; acronyms are too short."""
    doing = _DOING.match(line, word.end())
    long_enough = len(word.group()) >= _SHORTEST_NAME
    return long_enough and doing is not None and is_verb_form(doing[1].lower())


def _is_known(name: str) -> bool:
    return is_english(name.lower()) or is_place(name.title())


def players(text: str, found: Iterable[Mention]) -> None:
    """Who does something in "GOLF - LOWRY LEADS IN CORK", where no firm does, is a person, or a place so called."""
    slugs = [line for line in _SLUG.finditer(text) if is_shouted(line.group())]
    for mention in found if slugs else ():
        line = next((line for line in slugs if line.start() <= mention.start < line.end()), None)
        if line is None or mention.kind not in ("organisation", "place") or is_place(mention.text.title()):
            continue
        word = _WORD.match(line.group(), mention.start - line.start())
        if word and word.group() == mention.text and _acts(line.group(), word):
            mention.kind = "person"


def _is_short_headline(text: str, line: re.Match[str]) -> bool:
    """Whether the text begins with this line of two or three words, all in capitals: "SCHOLZ LOSES VOTE"."""
    if not line.group().isupper():
        return False
    words = line.group().split()
    return not text[: line.start()].strip() and len(words) > 1 and line.end() < len(text)


@lru_cache(maxsize=1)  # an article is asked for it twice
def _titled(text: str) -> frozenset[tuple[int, int]]:
    return frozenset(line.span() for line in _LINE.finditer(text) if is_titled(line.group()))
