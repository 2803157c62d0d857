"""The tokens of English texts are spaCy's own."""

from typing import Any

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from processors.model.fast_tokens import speed_up_tokens

PIECES = ["harbour", "U.S.", "(", "“", "don't", "km", "5", "5km", "$", "US", "-", "...", "a.b.org", "é", ",", "'s"]


def fast() -> Language:
    nlp = spacy.blank("en")
    speed_up_tokens(nlp.tokenizer)
    return nlp


PLAIN, FAST = spacy.blank("en"), fast()
RULES: Any = PLAIN.tokenizer


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=12).map(" ".join) | st.text())
def test_the_tokens_are_those_of_spacy(text: str) -> None:
    assert [token.text for token in FAST.make_doc(text)] == [token.text for token in PLAIN.make_doc(text)]


@given(st.from_regex(r"[A-Za-z]+", fullmatch=True))
def test_nothing_is_cut_off_a_word_of_letters(word: str) -> None:
    assert not RULES.prefix_search(word)
    assert not RULES.suffix_search(word)
    assert not list(RULES.infix_finditer(word))
    assert not RULES.url_match(word)
