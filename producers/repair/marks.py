"""Which mark each damaged character of a line was: the cheapest reading of all of them together.

Each place has a cost for being an opening or closing quote mark, an apostrophe or a dash, by its
neighbours; a reading of the line pays these, and more where quotation marks do not pair. The cheapest
reading is found by going through the line once with the four states "in double", "in single" (Viterbi).
The costs are round logarithms of how often English news has each mark in each context, set on one half of
22,242 marks and no worse on the other; they know no words but contractions.
"""

import re
from typing import NamedTuple

_SUFFIX = re.compile(r"(?:s|t|d|m|ll|re|ve|S|T|D|M|LL|RE|VE)(?!\w)")
_ELISION = re.compile(r"(?:em|til|cause|tis|twas|n|bout|round|\d0s)\b")
# O’Neill, D’Amato, L’Oréal, y’all, ma’am
_PREFIX = re.compile(r"\b(?:[ODLodly]|[Mm]a)$")
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")
# Longer lines are paragraphs, whatever their capitals.
_LONGEST_HEADLINE = 140
_OPENS_AFTER = "([{-/—–\"'"
_CLOSES_BEFORE = ".,!?;:)]}-/\"'"
_STOPS = ".,!?…;:"
# What typesetters put between two closing marks: spaces at which no line is broken, and thin ones.
_HELD_APART = "\u00a0\u2009\u200a\u202f"
_NEVER = 9.0
# The longest paragraphs of dialogue have some two hundred; beyond this a line is no text, and would cost its square.
_MOST_MARKS = 2_000

# The price of readings that do not pair; by trial on the same half.
_NESTED_DOUBLE = 4.0
_OUTER_SINGLE = 3.0
_DOUBLE_IN_HEADLINE = 4.0
_DOUBLE_OVER_SINGLE = 2.0
_CLOSING_UNOPENED = 3.0
_UNCLOSED = (2.0, 2.5)


class Costs(NamedTuple):
    """Of one place: for opening, closing, an apostrophe, a dash."""

    opening: float
    closing: float
    apostrophe: float
    dash: float


class _Reading(NamedTuple):
    cost: float
    marks: str


def infer_line(line: str, kept: frozenset[int]) -> str:
    """The line with a mark for every â but those at the offsets `kept`."""
    places = [match.start() for match in re.finditer("â", line) if match.start() not in kept]
    if not 0 < len(places) <= _MOST_MARKS:
        return line
    readings = {(False, False): _Reading(0.0, "")}
    double = _price_of_double(line)
    for place in places:
        readings = _extend(readings, _costs(line, place), double)
    best = min(readings.items(), key=lambda item: item[1].cost + _UNCLOSED[0] * item[0][0] + _UNCLOSED[1] * item[0][1])[
        1
    ]
    characters = list(line)
    for place, mark in zip(places, best.marks, strict=True):
        characters[place] = mark
    return "".join(characters)


def _extend(
    readings: dict[tuple[bool, bool], _Reading], costs: Costs, double_price: float
) -> dict[tuple[bool, bool], _Reading]:
    """Every reading so far, with each mark that may come next; of those that end alike, the cheapest."""
    extended: dict[tuple[bool, bool], _Reading] = {}
    for (double, single), (cost, marks) in readings.items():
        opening = _NESTED_DOUBLE if double else double_price + single
        choices = [
            ((double, single), costs.apostrophe, "’"),
            ((double, single), costs.dash, "—"),
            ((True, single), costs.opening + opening, "“"),
            ((False, single and not double), costs.closing + _price_of_closing(double, single), "”"),
        ]
        if single:
            choices.append(((double, False), costs.closing, "’"))
        else:
            outer = max(0.0, _OUTER_SINGLE - double_price)
            choices.append(((double, True), costs.opening + (0.0 if double else outer), "‘"))
        for state, price, mark in choices:
            if state not in extended or cost + price < extended[state].cost:
                extended[state] = _Reading(cost + price, marks + mark)
    return extended


def _price_of_closing(double: bool, single: bool) -> float:
    if not double:
        return _CLOSING_UNOPENED
    return _DOUBLE_OVER_SINGLE if single else 0.0


def _price_of_double(line: str) -> float:
    """Headlines quote with single marks."""
    words = _LONG_WORD.findall(line)
    headline = len(line) < _LONGEST_HEADLINE and len(words) >= 4 and all(word.istitle() for word in words)
    return _DOUBLE_IN_HEADLINE if headline else 0.0


def _costs(line: str, place: int) -> Costs:
    """By the characters on both sides; the line's ends count as spaces."""
    before = line[place - 1] if place else " "
    after = line[place + 1] if place + 1 < len(line) else " "
    if "â" in (before, after):
        return _in_run(line, place)
    if (before.isalnum() or before == ".") and _SUFFIX.match(line, place + 1):
        return Costs(_NEVER, _NEVER, 0, 6)
    if before.isalnum() and after.isalnum():
        return _within_word(line, place, before, after)
    if before in _HELD_APART and line[max(0, place - 2) : place - 1] == "â":
        return Costs(6, 0.2, 6, 3)
    if before.isspace() and after.isspace():
        return _alone(line, place)
    opens = before.isspace() or before in _OPENS_AFTER
    closes = after.isspace() or after in _CLOSES_BEFORE
    if opens and not closes:
        return _before_word(line, place, after)
    if closes and not opens:
        return _after_word(line, place, before, after)
    if opens:
        return Costs(1.5, 1.5, 3, 1.5)
    return Costs(3, 2, 3, 0.7) if before in _STOPS + ")" else Costs(2, 2, 2, 2)


def _in_run(line: str, place: int) -> Costs:
    """Several in a row: a nested quotation opens or closes with its outer one."""
    start = place - len(line[:place]) + len(line[:place].rstrip("â"))
    end = len(line) - len(line[place:].lstrip("â"))
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    if before.isspace() or before in "([{":
        return Costs(0.3, 5, 4, 3)
    if after.isspace() or after in ".,!?;:)]}":
        return Costs(5, 0.2, 1.5, 3)
    return Costs(2, 2, 2, 1)


def _within_word(line: str, place: int, before: str, after: str) -> Costs:
    if _PREFIX.search(line[max(0, place - 3) : place]):
        return Costs(_NEVER, _NEVER, 0.2, 5)
    if before.isdigit():
        return Costs(_NEVER, _NEVER, 3, 0) if after.isdigit() else Costs(_NEVER, 6, 1, 2)
    return Costs(_NEVER, 7, 3.5, 0)


def _alone(line: str, place: int) -> Costs:
    """Between spaces: a dash, or after a stop perhaps the end of a quotation set apart."""
    stop = line[:place].rstrip()[-1:] in (".", ",", "!", "?", "’")
    return Costs(6, 0.6, 6, 1) if stop else Costs(6, 4.5, 6, 0)


def _before_word(line: str, place: int, after: str) -> Costs:
    if _ELISION.match(line, place + 1):
        return Costs(1.5, 6, 0.5, 5)
    return Costs(0.5, 6, 1.5, 3) if after.isdigit() else Costs(0, 5.5, 4, 5)


def _after_word(line: str, place: int, before: str, after: str) -> Costs:
    if before in _STOPS:
        return Costs(6, 0, 4, 5)
    if before in "sS":
        return Costs(6, 0.6, 0.8, 5.5) if after == " " else Costs(6, 0.4, 1.2, 5.5)
    if before.isdigit():
        return Costs(6, 0.2, 2, 1.5)
    if line[:place].endswith("in") and after == " ":
        return Costs(6, 0.2, 2.5, 5.5)
    return Costs(6, 0.1, 3.5, 4.5)
