"""Whether two quotes are one utterance, and how the second differs from the first. Pure; the rule of the spread.

A run of the same words decides alone where it is long enough. Where it is not (a paraphrase), most of what the shorter
one says must stand near together in the longer one, and the less the speakers and the articles agree, the more.
Notices are all alike (filings, dividends, interventions), and so are sayings: what is told without quote marks is one
where figures, names and the day are, and strangers in articles of two matters have to share more.
The figures were chosen on pairs judged by hand (benchmarks/spread.py).
"""

from enum import Enum

from stores.spread.alignment import in_order, longest_run, nearest
from stores.spread.apart import is_another, is_of_another_day
from stores.spread.pieces import LONG_WHOLE, is_whole, share_a_piece, telling_in
from stores.spread.utterance import Utterance


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
# Of fewer telling terms in common nothing can be said.
_FEWEST = 2
# Of the shorter one's telling terms, the share found in the longer one; and how many: where the speakers are called
# alike or the articles tell of one matter, where one speaker has no name, and, in the same order, where both have
# another.
_SHARE = 0.72
_COMMON_BY_ONE, _COMMON, _COMMON_OF_OTHERS = 3, 4, 5
# The share where what others say is told, and the share that stands in the same order where both are told and it is not
# known that one has said it: reporters of one matter use the same words.
_SHARE_TOLD_BY_OTHERS, _ORDERED_TOLD = 0.8, 0.65
# The share where the articles tell of one matter at one time, and so many, so many of them no names, are common; one
# less where the speakers are called alike.
_SHARE_OF_MATTER, _COMMON_OF_MATTER, _NO_NAMES_OF_MATTER = 0.62, 5, 4
# Of what is common, so many must be no names, or all that is said of one country would be one utterance; unless there
# are many.
_NO_NAMES_BY_ONE, _NO_NAMES, _MANY = 2, 3, 8
# Telling words in a run of two strangers in articles of two matters ("light at the end of a very long tunnel" has
# four), words in a run that are no saying any more, and how many and which share of them where there is no such run.
_TELLING_OF_STRANGERS, _RUN_OF_STRANGERS, _COMMON_OF_STRANGERS, _SHARE_OF_STRANGERS = 5, 12, 6, 0.85


def relation(one: Utterance, other: Utterance) -> How | None:
    """How `other` differs from `one`; None where they are two utterances."""
    if one.denied is not other.denied and not one.speaker.agrees(other.speaker):
        return None  # who denies it does not say it
    if one.terms == other.terms:
        return How.SAME if _is_known(one, other) else None
    short, long = (one, other) if len(one.telling) <= len(other.telling) else (other, one)
    shared = set(short.telling) & set(long.telling)
    if len(shared) < _FEWEST or not _is_one(short, long, shared):
        return None
    return _change(one, other)


def _is_known(one: Utterance, other: Utterance) -> bool:
    """Whether the same few words are one utterance: "no comment" is, where one and the same says it."""
    telling = len(one.telling)
    if one.of_itself and one.speaker.differs(other.speaker):
        return False
    if is_of_another_day(one, other, len(one.terms)):
        return False
    if one.speaker.agrees(other.speaker):
        return telling > 0
    if _are_unrelated(one, other):
        return telling >= _TELLING_OF_STRANGERS
    if telling >= (_COMMON_BY_ONE if one.occasion.is_kin(other.occasion) else _COMMON):
        return True
    return telling >= _FEWEST and not one.speaker.differs(other.speaker)


def _is_one(short: Utterance, long: Utterance, shared: set[str]) -> bool:
    run = longest_run(short.terms, long.terms, shared)
    told = "indirect" in (short.kind, long.kind)
    if (told and is_another(short, long)) or is_of_another_day(short, long, len(run)):
        return False
    names = short.names | long.names
    agree = short.speaker.agrees(long.speaker)
    if not agree and _are_unrelated(short, long):
        return _is_one_of_strangers(short, long, shared, telling_in(run, names), len(run))
    if len(run) >= _run_enough(short, run, told=told and not agree) and telling_in(run, names) >= _TELLING_IN_RUN:
        return True
    if short.speaker.differs(long.speaker):
        return _is_one_of_others(short, long, shared, told=told)
    if _share_own_words(short, long, agree=agree):
        return True
    if told and not agree and not _is_tied(short, long, shared):
        return False
    if not (is_whole(short, run, names) or _is_retold(short, long, shared, agree=agree, told=told)):
        return False
    return agree or _is_in_order(short, long)


def _is_retold(short: Utterance, long: Utterance, shared: set[str], *, agree: bool, told: bool) -> bool:
    """Whether one or one unknown says in other words what the other says."""
    no_names = len(shared - short.names - long.names)
    common = nearest(short.telling, long.telling)
    share = common / len(set(short.telling))
    if short.occasion.is_one_matter(long.occasion):
        least = _COMMON_BY_ONE if agree else _COMMON
        many = common + agree >= _COMMON_OF_MATTER and no_names + agree >= _NO_NAMES_OF_MATTER
        if many and share >= _SHARE_OF_MATTER:
            return True
    elif agree:
        least = _COMMON_BY_ONE + (told and _are_unrelated(short, long))
    else:
        least = _COMMON + told
    enough = no_names >= (_NO_NAMES_BY_ONE if agree else _NO_NAMES) or len(shared) >= _MANY
    return enough and common >= least and share >= _SHARE


def _is_one_of_others(short: Utterance, long: Utterance, shared: set[str], *, told: bool) -> bool:
    """Whether two who are called otherwise say one thing: a firm, and who speaks for it."""
    if told and not short.occasion.is_kin(long.occasion):
        return False
    if len(shared - short.names - long.names) < _NO_NAMES and len(shared) < _MANY:
        return False
    common = in_order(short.telling, long.telling)
    share = _SHARE_TOLD_BY_OTHERS if told else _SHARE
    return common >= _COMMON_OF_OTHERS and common / len(short.telling) >= share


def _is_one_of_strangers(short: Utterance, long: Utterance, shared: set[str], telling: int, run: int) -> bool:
    """Whether two who are not known to be the same say one thing in articles of two matters: no saying, no formula.

    `telling` words are in the longest `run`.
    """
    whole = run == len(short.terms) >= LONG_WHOLE and telling >= _TELLING_OF_STRANGERS - 1 and not short.of_itself
    if whole or telling >= _TELLING_OF_STRANGERS or run >= _RUN_OF_STRANGERS:
        return True
    if short.speaker.differs(long.speaker) or len(shared) < _COMMON_OF_STRANGERS:
        return False
    return in_order(short.telling, long.telling) / len(short.telling) >= _SHARE_OF_STRANGERS


def _are_unrelated(one: Utterance, other: Utterance) -> bool:
    """Whether they stand in articles of two matters, or of two times."""
    return one.occasion.is_unrelated(other.occasion, in_marks=not _are_told(one, other))


def _share_own_words(short: Utterance, long: Utterance, *, agree: bool) -> bool:
    """Whether what one has in quote marks is in the other, too."""
    by_one = agree and short.occasion.is_one_matter(long.occasion)
    return share_a_piece(short, long, by_one=by_one)


def _is_in_order(short: Utterance, long: Utterance) -> bool:
    """Whether what both reporters tell is in one order, or quoted by one of them."""
    if not _are_told(short, long):
        return True
    return in_order(short.telling, long.telling) >= _ORDERED_TOLD * len(short.telling)


def _are_told(one: Utterance, other: Utterance) -> bool:
    """Whether neither has anything in quote marks."""
    return one.kind == other.kind == "indirect"


def _is_tied(short: Utterance, long: Utterance, shared: set[str]) -> bool:
    """Whether the articles, or a name or a figure of both, say that one matter is told of; not a name or a figure,
    where "it" is somebody unknown.
    """
    if short.occasion.is_one_matter(long.occasion):
        return True
    return not (short.of_itself or long.of_itself) and bool(shared & (short.names | long.names | short.figures))


def _run_enough(short: Utterance, run: tuple[str, ...], *, told: bool) -> int:
    """How long a run decides alone; `told`: one of them without quote marks, by two."""
    if len(run) == len(short.terms):  # all that the shorter one says: a firm is quoted, or who speaks for it
        return LONG_WHOLE
    return _RUN_TOLD if told else _RUN


def _change(one: Utterance, other: Utterance) -> How:
    mine, theirs = set(one.telling), set(other.telling)
    if theirs <= mine and len(other.terms) <= len(one.terms):
        return How.CUT
    if mine <= theirs and len(other.terms) > len(one.terms):
        return How.LONGER
    return How.REPORTED if other.kind == "indirect" else How.REWORDED
