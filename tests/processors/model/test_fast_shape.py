"""The shape of a word is spaCy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.lex_attrs import word_shape

from processors.model.fast_shape import shape

LETTERS = st.text("abcXYZ", max_size=120)


@pytest.mark.parametrize("word", ["", "a", "A", "to", "London", "McDonald", "USA", "harbours", "x" * 99, "x" * 100])
def test_plain_words(word: str) -> None:
    assert shape(word) == word_shape(word)


@given(LETTERS | LETTERS.map(str.capitalize) | st.text(max_size=20))
def test_any_word(word: str) -> None:
    assert shape(word) == word_shape(word)
