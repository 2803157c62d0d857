"""Whether two quotes are one utterance, and how the second differs from the first. Pure; the rule of the spread.

A run of the same words decides alone where it is long enough. Where it is not (a paraphrase), most of what the shorter
one says must stand near together in the longer one, and the fewer words there are, the more must the speaker agree.
Notices are all alike (filings, dividends, interventions): told without quote marks, they are one where figures and
names are the same.
The figures were chosen on pairs judged by hand (benchmarks/spread.py).
"""

from enum import Enum

from stores.spread.utterance import Utterance, is_telling


class How(Enum):
    """How a variant differs from the first."""

    SAME = "the same words"
    CUT = "shorter: words of the first are left out"
    LONGER = "longer: more of the utterance than the first has"
    REWORDED = "other words"
    REPORTED = "other words, told without quote marks"


# Words that follow each other in both, so many of them telling and no names: they are nobody else's, whoever is said to
# be the speaker. Titles are long ("presumptive Republican presidential nominee"), and so are names of laws.
_RUN, _TELLING_IN_RUN = 7, 3
# The words of what is told are the reporter's, and reporters have formulas: "filed a registration statement with the".
_RUN_TOLD = 9
# What stands whole in the other must be so many words, so many of them telling: not "over the long term". Of what is
# told without quote marks, more. And the run is no small part of it. What is in quote marks within one, so many words.
_WHOLE, _TELLING_IN_WHOLE, _TELLING_IN_TOLD = 3, 2, 4
_PART = 0.4
_PIECE = 4
# Of the shorter one's telling terms, the share found in the longer one; and how many: where the speakers are called
# alike, where one of them has no name, and, in the same order, where both have another.
_SHARE = 0.72
_COMMON_BY_ONE, _COMMON, _COMMON_OF_OTHERS = 3, 4, 5
# Of them, so many must be no names, or all that is said of one country would be one utterance; unless there are many.
_NO_NAMES_BY_ONE, _NO_NAMES, _MANY = 2, 3, 8
# Found within a stretch so many times as long: a page of text has all words somewhere.
_STRETCH = 2


def relation(one: Utterance, other: Utterance) -> How | None:
    """How `other` differs from `one`; None where they are two utterances."""
    if one.terms == other.terms:
        return How.SAME if _is_known(one, other) else None
    short, long = (one, other) if len(one.telling) <= len(other.telling) else (other, one)
    shared = set(short.telling) & set(long.telling)
    if len(shared) < _TELLING_IN_WHOLE or not _is_one(short, long, shared):
        return None
    return _change(one, other)


def _is_known(one: Utterance, other: Utterance) -> bool:
    """Whether the same few words are one utterance: "no comment" is, where one and the same says it."""
    telling = len(one.telling)
    if one.of_itself and _differ(one, other):
        return False
    if _agree(one, other):
        return telling > 0
    return telling >= _COMMON or (telling >= _TELLING_IN_WHOLE and not _differ(one, other))


def _is_one(short: Utterance, long: Utterance, shared: set[str]) -> bool:
    told = "indirect" in (short.kind, long.kind)
    if told and _is_another(short, long):
        return False
    names = short.names | long.names
    run = _longest_run(short.terms, long.terms)
    if len(run) >= _run_enough(short, long, run, told) and _telling(run, names) >= _TELLING_IN_RUN:
        return True
    if not _differ(short, long) and (_has_piece(short, long, names) or _has_piece(long, short, names)):
        return True
    if told and not _agree(short, long) and not _is_tied(short, long, shared):
        return False
    if not _differ(short, long) and _is_whole(short, run, names):
        return True
    no_names = _NO_NAMES_BY_ONE if _agree(short, long) else _NO_NAMES
    if len(shared - names) < no_names and len(shared) < _MANY:
        return False
    if _differ(short, long):
        common, least = _in_order(short.telling, long.telling), _COMMON_OF_OTHERS
    else:
        common = _nearest(short.telling, long.telling)
        least = _COMMON_BY_ONE if _agree(short, long) else _COMMON + told
    return common >= least and common / len(short.telling) >= _SHARE


def _is_another(short: Utterance, long: Utterance) -> bool:
    """Whether what is told is of another matter, however alike the words: other figures, or each tells of itself."""
    if short.figures - long.figures and long.figures - short.figures:
        return True
    return _differ(short, long) and (short.of_itself or long.of_itself)


def _is_tied(short: Utterance, long: Utterance, shared: set[str]) -> bool:
    """Whether a name or a figure of both says that one matter is told of; not, where "it" is somebody unknown."""
    return not (short.of_itself or long.of_itself) and bool(shared & (short.names | long.names | short.figures))


def _run_enough(short: Utterance, long: Utterance, run: tuple[str, ...], told: bool) -> int:
    """How long a run decides alone; `told`: one of them without quote marks."""
    if len(run) == len(short.terms):  # all that the shorter one says: a firm is quoted, or who speaks for it
        return _RUN - 1
    return _RUN_TOLD if told and not _agree(short, long) else _RUN


def _telling(terms: tuple[str, ...], names: frozenset[str]) -> int:
    """How many terms are telling and no names."""
    return sum(is_telling(term) and term not in names for term in terms)


def _is_whole(short: Utterance, run: tuple[str, ...], names: frozenset[str]) -> bool:
    """Whether the run holds all that the shorter one says."""
    if len(run) == len(short.terms) >= _RUN - 1:
        return True
    least = _TELLING_IN_TOLD if short.kind == "indirect" else _TELLING_IN_WHOLE
    enough = len(run) >= max(_WHOLE, _PART * len(short.terms)) and _telling(run, names) >= least
    return enough and set(short.telling) <= set(run)


def _has_piece(one: Utterance, other: Utterance, names: frozenset[str]) -> bool:
    """Whether the other has what is in quote marks in the one: the speaker's own words."""
    joined = f" {' '.join(other.terms)} "
    return any(
        len(piece) >= _PIECE and _telling(piece, names) >= _TELLING_IN_WHOLE and f" {' '.join(piece)} " in joined
        for piece in one.pieces
    )


def _change(one: Utterance, other: Utterance) -> How:
    mine, theirs = set(one.telling), set(other.telling)
    if theirs <= mine and len(other.terms) <= len(one.terms):
        return How.CUT
    if mine <= theirs and len(other.terms) > len(one.terms):
        return How.LONGER
    return How.REPORTED if other.kind == "indirect" else How.REWORDED


def _agree(one: Utterance, other: Utterance) -> bool:
    """Both have a name, and the same."""
    return one.named and other.named and one.speaker == other.speaker


def _differ(one: Utterance, other: Utterance) -> bool:
    """Both have a name, and another one."""
    return one.named and other.named and one.speaker != other.speaker


def _longest_run(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[str, ...]:
    """The longest run of terms that both have."""
    places: dict[str, list[int]] = {}
    for at, term in enumerate(long):
        places.setdefault(term, []).append(at)
    best = end = 0
    ending: dict[int, int] = {}
    for at, term in enumerate(short):
        now = {place: ending.get(place - 1, 0) + 1 for place in places.get(term, ())}
        for length in now.values():
            if length > best:
                best, end = length, at + 1
        ending = now
    return short[end - best : end]


def _nearest(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """How many of the shorter one's terms stand in one stretch of the longer one, at most."""
    wanted = set(short)
    width = int(len(short) * _STRETCH) + 2
    hits = [(at, term) for at, term in enumerate(long) if term in wanted]
    most = 0
    for number, (start, _) in enumerate(hits):
        found = {term for at, term in hits[number : number + width] if at < start + width}
        most = max(most, len(found))
    return most


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """The same for terms that stand in the same order in both."""
    width = int(len(short) * _STRETCH) + 2
    if len(long) > width:
        wanted = set(short)
        starts = [at for at, term in enumerate(long) if term in wanted]
        return max((_in_order(short, long[at : at + width]) for at in starts), default=0)
    row = [0] * (len(long) + 1)
    for term in short:
        before = 0
        for at, known in enumerate(long, start=1):
            above = row[at]
            row[at] = before + 1 if term == known else max(above, row[at - 1])
            before = above
    return row[-1]
