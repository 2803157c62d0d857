"""What says that two quotes are two utterances, however alike their words: another day, other figures, other firms.

Notices are all alike (filings, dividends, interventions), so this is asked of what is told without quote marks. Pure.
"""

from stores.spread.alignment import nearest
from stores.spread.occasion import bare_words
from stores.spread.pieces import share_a_piece
from stores.spread.utterance import Utterance

# Words that follow each other in both: so many of what is partly in quote marks are quoted for years.
_RUN_QUOTED = 9
# Of the shorter one's telling terms, the share found in the longer one where what is told is told again after days.
# Chosen on pairs judged by hand (benchmarks/spread.py).
_SHARE_TOLD_AGAIN = 0.85
# With so many figures in common, one that differs is a slip of the pen.
_FIGURES = 2


def is_of_another_day(one: Utterance, other: Utterance, run: int) -> bool:
    """Whether both are told, on two days, and not again: what is in quote marks is quoted for years.

    `run` words follow each other in both.
    """
    if "direct" in (one.kind, other.kind) or not one.occasion.is_another_day(other.occasion):
        return False
    if "mixed" in (one.kind, other.kind) and (run >= _RUN_QUOTED or share_a_piece(one, other)):
        return False
    return not _is_told_again(one, other)


def _is_told_again(one: Utterance, other: Utterance) -> bool:
    short, long = sorted((one, other), key=lambda said: len(said.telling))
    if nearest(short.telling, long.telling) < _SHARE_TOLD_AGAIN * len(set(short.telling)):
        return False
    if not one.occasion.is_later_report(other.occasion):
        return False
    quoted = bare_words(f"{one.words} {other.words}") | one.speaker.names | other.speaker.names
    if not (one.occasion.names_beside(quoted) and other.occasion.names_beside(quoted)):
        return False
    # Where each names somebody else, a form is filled in.
    return one.occasion.has_names_of(other.words) or other.occasion.has_names_of(one.words)


def is_another(short: Utterance, long: Utterance) -> bool:
    """Whether what is told is of another matter, however alike the words: other figures, or each tells of itself."""
    if _figures_differ(short, long):
        return True
    if not short.speaker.differs(long.speaker):
        return False
    return _tells_of_itself_alone(short, long) or _tells_of_itself_alone(long, short)


def _tells_of_itself_alone(one: Utterance, other: Utterance) -> bool:
    """Whether who says one tells of itself ("it filed …"), and the other does not tell of them ("Norrail filed …")."""
    return one.of_itself and not one.speaker.names <= bare_words(other.words)


def _figures_differ(one: Utterance, other: Utterance) -> bool:
    """Whether both have a figure that the other has not; one of several may be written wrong, where no names differ."""
    if not (one.figures and other.figures):
        return False
    mine, theirs = one.figures - other.figures, other.figures - one.figures
    if not (mine and theirs):
        return False
    is_slip = len(mine) == len(theirs) == 1 and len(one.figures & other.figures) >= _FIGURES
    return not is_slip or bool(one.names - other.names and other.names - one.names)
