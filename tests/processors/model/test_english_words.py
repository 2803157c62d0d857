"""English words in all their forms, and names, which are none."""

import pytest

from processors.model.english_words import is_english


@pytest.mark.parametrize("word", ["warns", "denies", "planned", "lying", "harbour's", "oil", "reservists", "met"])
def test_words_in_any_form(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["zelensky", "merkel", "warnt", "ministre", "de", "x"])
def test_names_and_foreign_words_are_none(word: str) -> None:
    assert not is_english(word)
