"""Names in headlines, which capitals hide: all in capitals, or Every Word With One.

Knows lines without small letters and lines where most words have a capital; what a name is it learns from the rest.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from processors.entities.evidence import own_words
from processors.entities.mention import Mention
from processors.model.english_words import is_english
from processors.model.shouted import is_shouted
from schemas.article import EntityKind

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Of a headline in Title Case at least so many words have a capital; a sentence has fewer.
_CAPITALS = 0.6
_LONGEST = 20

Kinds = Callable[[str], EntityKind | None]


def trimmed(text: str, found: Iterable[Mention], is_place: Callable[[str], bool]) -> list[Mention]:
    """The mentions without what Title Case joins to them: of "Zelensky Lands" and "Beirut Suburb" the first word."""
    lines = [(match.start(), match.end()) for match in _titled(text)]
    kept = []
    for mention in found:
        if any(start <= mention.start < end for start, end in lines):
            _trim(mention, is_place)
        kept.append(mention)
    return kept


def _trim(mention: Mention, is_place: Callable[[str], bool]) -> None:
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
        if not shouted and not _is_titled(line.group()):
            continue
        for word in _WORD.finditer(line.group()):
            name = word.group().removesuffix("'S").removesuffix("’S") if shouted else word.group()
            kind = kind_of(name.title() if shouted else name)
            if kind is not None and name[0].isupper():
                start = line.start() + word.start()
                yield Mention(start, start + len(name), name, kind)


def _is_short_headline(text: str, line: re.Match[str]) -> bool:
    """Whether the text begins with this line of two or three words, all in capitals: "SCHOLZ LOSES VOTE"."""
    if not line.group().isupper():
        return False
    words = line.group().split()
    return not text[: line.start()].strip() and len(words) > 1 and line.end() < len(text)


def _titled(text: str) -> Iterator[re.Match[str]]:
    return (line for line in _LINE.finditer(text) if _is_titled(line.group()))


def _is_titled(line: str) -> bool:
    """Whether most words of a short line have a capital, English words among them, and it ends in no full stop."""
    if line.rstrip().endswith("."):  # most lines
        return False
    words = _WORD.findall(line)
    if not 3 <= len(words) <= _LONGEST or is_shouted(line):
        return False
    capitals = [word for word in words[1:] if word[0].isupper()]
    return len(capitals) >= _CAPITALS * (len(words) - 1) and any(is_english(word.lower()) for word in capitals)
