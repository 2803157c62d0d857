"""Parts that two quotes have in common word for word: a run, the whole of one, what is in quote marks in one. Pure."""

from stores.spread.utterance import Utterance, is_telling

# What stands whole in the other must be so many words, so many of them telling: not "over the long term". Of what is
# told without quote marks, more. And the run is no small part of it.
_WHOLE, _TELLING_IN_WHOLE, _TELLING_IN_TOLD = 3, 2, 4
_PART = 0.4
# All that the shorter one says, in so many words: a firm is quoted, or who speaks for it.
LONG_WHOLE = 6
# What is in quote marks within one, so many words: and where one speaker says it in one matter, if only telling ones.
_PIECE = 4
_PIECE_BY_ONE = 2


def telling_in(terms: tuple[str, ...], names: frozenset[str]) -> int:
    """How many terms are telling and no names."""
    return sum(is_telling(term) and term not in names for term in terms)


def is_whole(short: Utterance, run: tuple[str, ...], names: frozenset[str]) -> bool:
    """Whether the run holds all that the shorter one says."""
    if len(run) == len(short.terms) >= LONG_WHOLE:
        return True
    least = _TELLING_IN_TOLD if short.kind == "indirect" else _TELLING_IN_WHOLE
    enough = len(run) >= max(_WHOLE, _PART * len(short.terms)) and telling_in(run, names) >= least
    return enough and set(short.telling) <= set(run)


def share_a_piece(one: Utterance, other: Utterance, *, by_one: bool = False) -> bool:
    """Whether one has what is in quote marks in the other: the speaker's own words.

    `by_one`: one and the same is known to have said it, in one matter.
    """
    names = one.names | other.names
    least = _PIECE_BY_ONE if by_one else _PIECE
    return _has_piece(one, other, names, least) or _has_piece(other, one, names, least)


def _has_piece(one: Utterance, other: Utterance, names: frozenset[str], least: int) -> bool:
    joined = f" {' '.join(other.terms)} "
    return any(
        len(piece) >= least and telling_in(piece, names) >= _TELLING_IN_WHOLE and f" {' '.join(piece)} " in joined
        for piece in one.pieces
    )
