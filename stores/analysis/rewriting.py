"""Rewrites text before it is cut into words: signs that join, hidden characters, ends of sentences.

The rules are the character filters of settings.json, which Elasticsearch is given as well: what is
written here in Python, it does itself. Knows no words and no stems.

Java tries a rule at every character, so each begins with what is rare in a text, and looks back from there: an article
is indexed in a third of the time. How far it looks back is counted in UTF-16 there: a soft hyphen that may stand in a
rule, and never does after `hidden_characters`, makes room for a letter of two units.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import regex

from stores.analysis.settings import ANALYSIS

END = "\u23cf"
"""The term that stands at the end of a sentence or paragraph, so that no phrase runs over it. News does not have it."""

_ENDS = ("sentence_ends", "paragraph_ends")

# No rule but those for ends touches letters and digits alone, nor any of these signs unless it stands between two.
_AROUND_WORDS = ".,;:!?\"'()\u2018\u2019\u201c\u201d"


class Rule(NamedTuple):
    """A pattern and what is put in its place."""

    pattern: regex.Pattern[str]
    replacement: str


@cache
def _rules() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules for ends, and those that reach over no blank; in the order in which they are applied."""
    settings: dict[str, Any] = ANALYSIS
    names: list[str] = settings["analyzer"]["news_text"]["char_filter"]
    rules = {name: _rule(**settings["char_filter"][name]) for name in names}
    return tuple(rules[name] for name in _ENDS), tuple(rules[name] for name in names if name not in _ENDS)


def _rule(type: str, pattern: str, replacement: str) -> Rule:
    assert type == "pattern_replace"
    return Rule(regex.compile(pattern), replacement.replace("$", "\\"))


def with_ends(text: str) -> str:
    """The text with END at the end of each sentence and paragraph but the last."""
    return text if text.isalnum() else _applied(text, _rules()[0])  # every end has a sign or a blank


def rewritten(text: str) -> str:
    """The text as words are read from it; what a word becomes depends on nothing beyond the blanks around it."""
    return text if text.strip(_AROUND_WORDS).isalnum() else _applied(text, _rules()[1])


def _applied(text: str, rules: Sequence[Rule]) -> str:
    for rule in rules:
        text = rule.pattern.sub(rule.replacement, text)
    return text


class Rewritten(NamedTuple):
    """A text rewritten, and for every character the place in the original that it came from."""

    text: str
    places: Sequence[int]


def with_places(text: str, ends: bool) -> Rewritten:
    """The same as the functions above make, with places."""
    return _placed(text, (*_rules()[0], *_rules()[1]) if ends else _rules()[1])


def ends_placed(text: str) -> Rewritten:
    """The same as `with_ends` makes, with places."""
    return _placed(text, _rules()[0])


def unplaced(text: str) -> Rewritten:
    """A text that is not rewritten."""
    return Rewritten(text, range(len(text)))


def _placed(text: str, rules: Sequence[Rule]) -> Rewritten:
    known = unplaced(text)
    for rule in rules:
        if rule.pattern.search(known.text):
            known = _replaced(known, rule)
    return known


def _replaced(known: Rewritten, rule: Rule) -> Rewritten:
    text: list[str] = []
    places: list[int] = []
    copied = 0
    for match in rule.pattern.finditer(known.text):
        start, end = match.span()
        new = match.expand(rule.replacement)
        text += known.text[copied:start], new
        places += known.places[copied:start]
        places += _aligned(match.group(), new, known.places[start:end])
        copied = end
    text.append(known.text[copied:])
    places += known.places[copied:]
    return Rewritten("".join(text), places)


def _aligned(old: str, new: str, places: Sequence[int]) -> list[int]:
    """A place for every new character: what both begin and end with keeps its own, the rest stands between."""
    if len(old) == len(new):
        return list(places)
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    # An END that is put in stands on the blank before it.
    middle = places[head if head < len(old) - tail else head - 1]
    return [*places[:head], *[middle] * (len(new) - head - tail), *places[len(old) - tail :]]
