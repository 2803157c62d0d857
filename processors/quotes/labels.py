"""Speech behind a name and a colon: headlines ("Merkel: we can do it"), transcripts ("MERKEL: Good evening."), press
releases ("Mayor Holm on the flood: …"), interviews ("Q: …", "A: …").

Reads text alone, in any language. Knows no verbs and no tree.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

MOST_WORDS = 5
"""A longer beginning is a sentence with a colon in it."""
FEWEST_WORDS = 3
"""Behind the colon: a shorter rest is an item of a list."""
LONGEST_ANNOUNCEMENT = 150
"""Code points of "Statement by …, minister of …:"."""
OPENING = frozenset("“\"‘'")
"""What is in marks is no list: "Lind: 'Never, ever, ever leave.'"."""
ANSWERS = frozenset({"A", "A."})
QUESTIONS = frozenset({"Q", "Q."})
LETTERS = ANSWERS | QUESTIONS
_LABEL = re.compile(r"\s*([^:.!?;,“”\"]{2,60}):\s+(?=\S)")
_ABOUT = re.compile(
    r"\s*([^:.!?;,“”\"]{2,60}?),?\s+(?:on|about|after|before|following|during|ahead of)\s"
    r"[^:.!?;,“”\"]{2,80}:\s+(?=[“\"‘'])"
)
# "Statement from Mayor Ada Holm: “…”", "Attributable to Ada Holm, head of research: “…”".
_BY = re.compile(
    r"\s*(?:[Jj]oint |[Pp]ress )?"
    r"(?:[Ss]tatement|[Cc]omments?|[Qq]uotes?|[Rr]emarks|[Rr]eaction|[Mm]essage|[Aa]ttributable)"
    r" (?:by|from|of|to) ([^:.!?;,“”\"]{2,60}?)(?:,[^:“”\"\n]{1,80})?:\s+(?=[“\"‘'])"
)
# "Holm to Lind: ‘We need the bridge’", as headlines have it.
_TO = re.compile(
    r"\s*([A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,2}) to [A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,2}:\s+(?=[“\"‘'])"
)
_LETTER = re.compile(r"\s*([QA])[.:]\s+(?=\S)")
_CAPITALS = re.compile(
    r"(?:^\s*|(?<=[.!?…”\"])\s+)((?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+ ?){1,4}|[QA])"
    r"(?:,[ A-ZÀ-Þ.,'’&-]{2,50}|\s?\([^()\n]{2,50}\))?:\s+(?=\S)"
)
_ANNOUNCED = re.compile(
    r"\s*(?:[^:.!?;“”\"]{0,60}?\s(?:by|from|of)\s+)?([^:.!?;,“”\"]{2,60}?)"
    r"(?:,[^:“”\"]{0,60}|\s(?:on|about)\s[^:“”\"]{2,80})?:\s*$"
)
_SMALL = frozenset({"of", "the", "de", "la", "le", "van", "von", "der", "den", "da", "di", "al", "bin", "y"})


class Label(NamedTuple):
    """Who is said to speak, and what follows; code points of the paragraph."""

    start: int
    end: int
    content: int
    content_end: int


def labels(text: str, not_speakers: Collection[str]) -> list[Label]:
    """A paragraph's labels with what each of them labels; empty where it does not begin with one.

    `not_speakers`: labels in lower case that name no speaker ("note").
    """
    if ":" not in text:
        return []
    in_capitals = list(_in_capitals(text, not_speakers))
    if len(in_capitals) > 1:
        return in_capitals
    found = (_label(text, pattern, not_speakers) for pattern in (_BY, _TO, _LABEL, _ABOUT))
    one = next(filter(None, found), None)
    return [one] if one else in_capitals


def letter(text: str) -> tuple[str, int] | None:
    """ "Q" or "A" at the beginning of a paragraph of an interview, and where what it labels starts."""
    found = _LETTER.match(text)
    return (found.group(1), found.end()) if found else None


def announced(text: str) -> tuple[int, int] | None:
    """Who is announced by a short paragraph that ends with a colon and has no verb: "Statement by Mayor Holm:"."""
    found = _ANNOUNCED.match(text) if len(text) <= LONGEST_ANNOUNCEMENT and ":" in text else None
    if found is None:
        return None
    words = found.group(1).split()
    return found.span(1) if len(words) <= MOST_WORDS and all(map(_is_name_part, words)) else None


def _label(text: str, pattern: re.Pattern[str], not_speakers: Collection[str]) -> Label | None:
    found = pattern.match(text)
    if found is None:
        return None
    words = found.group(1).split()
    if not words or len(words) > MOST_WORDS or found.group(1).strip().lower() in not_speakers:
        return None
    # "Head coach Lea Moen, on the goal: “…”": what somebody is may be small where marks and "on" tell it is no list.
    named = words[0][0].isupper() and all(map(_is_name_part, words[-2:])) if pattern is _ABOUT else False
    if not (named or all(map(_is_name_part, words))) or not _is_said(text[found.end() :]):
        return None
    return Label(found.start(1), found.end(1), found.end(), len(text))


def _in_capitals(text: str, not_speakers: Collection[str]) -> Iterator[Label]:
    """ "ADA LIND, REPORTER: … PER HOLM (FARMER): …" in one paragraph, from its first word on."""
    found = [one for one in _CAPITALS.finditer(text) if one.group(1).strip().lower() not in not_speakers]
    if not found or found[0].start():
        return
    ends = [*(one.start() for one in found[1:]), len(text)]
    for one, end in zip(found, ends, strict=True):
        if one.group(1) in LETTERS:  # who asks is not named
            continue
        start, stop = one.span(1)
        yield Label(start, stop - text[start:stop].endswith(" "), one.end(), end)


def _is_said(rest: str) -> bool:
    """Whether it is long enough, and no list: "Iowa: Tim Abel, Ann Bork, Al Cole" has a comma for every few words."""
    words = rest.split(maxsplit=FEWEST_WORDS)
    if len(words) >= FEWEST_WORDS and rest[0] in OPENING:
        return True
    return len(words) >= FEWEST_WORDS and rest.count(",") * MOST_WORDS <= len(rest.split())


def _is_name_part(word: str) -> bool:
    return word[0].isupper() or word in _SMALL or word[0] in "(‘'"
