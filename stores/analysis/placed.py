"""The terms of a text, and where each stands: that is worked out only of those that are asked for, which are few.

No term reaches over a blank, so that the terms of what stands between blanks are remembered from text to text, as they
are for the index. Term by term and place by place it gives what `analyse`, `analyse_in` and `analyse_names` give.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from stores.analysis.languages import own_reading
from stores.analysis.rewriting import Rewritten, ends_placed, unplaced
from stores.analysis.tokens import NAMES, STEMMED, Reading, cut


class PlacedTerms:
    """`terms`, in the order of the text: those that all text is read for, then those of its own language."""

    def __init__(self, text: str, readings: Iterable[Reading], ends: bool) -> None:
        self._text = text
        self._ends = ends
        self._readings = tuple(readings)
        self._chunks = cut(text, ends)
        self.terms: list[str] = []
        self._firsts: list[int] = []
        """Of each chunk, in each reading: the number of its first term."""
        for reading in self._readings:
            known = reading.terms
            for chunk in self._chunks:
                self._firsts.append(len(self.terms))
                self.terms += known[chunk]

    def span(self, at: int) -> tuple[int, int]:
        """Where the term of this number stands in the text, in code points, half-open."""
        number = bisect_right(self._firsts, at) - 1
        reading, chunk = divmod(number, len(self._chunks))
        token = self._readings[reading].tokens(self._chunks[chunk])[at - self._firsts[number]]
        begins = self._begins[chunk]
        places = self._rewritten.places
        return places[begins + token.start], places[begins + token.end - 1] + 1

    @cached_property
    def _begins(self) -> list[int]:
        """Where each chunk begins: one sign stands between two."""
        return list(accumulate((len(chunk) + 1 for chunk in self._chunks), initial=0))

    @cached_property
    def _rewritten(self) -> Rewritten:
        return ends_placed(self._text) if self._ends else unplaced(self._text)


def placed(text: str, own: str | None = None) -> PlacedTerms:
    """The terms of running text, and those of the analyser of the language `own`, marked."""
    return PlacedTerms(text, [STEMMED, *([own_reading(own)] if own else [])], ends=True)


def placed_names(text: str) -> PlacedTerms:
    """The terms of a text as names have them: folded, not stemmed."""
    return PlacedTerms(text, [NAMES], ends=False)
