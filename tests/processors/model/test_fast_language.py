"""An automaton that steps over all bytes at once ends where the one that goes byte by byte ends."""

import py3langid  # type: ignore[import-untyped]  # ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.model.fast_language import rank

WORDS = ["the", "said", "Ministerin", "für", "où", "já", "год", "北京", "ٱلسلام", "xxxx", "2024", "“", "\n", "A"]
TEXTS = [
    "The harbour would stay closed on Monday, Ada Lind said.",
    "Der Hafen bleibt am Montag geschlossen, sagte Ada Lind.",
    "Порт будет закрыт в понедельник, сказала Ада Линд.",
    "BREAKING NEWS",
    "12 34",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_scores_are_those_of_the_library(text: str) -> None:
    assert rank(text) == py3langid.rank(text)


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text(max_size=200))
def test_so_they_are_for_any_text(text: str) -> None:
    assert rank(text) == py3langid.rank(text)
