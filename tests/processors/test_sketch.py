"""A signature is the same for what reads the same, small, and unpacked as it was packed."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.sketch import BODY, signature_of, sketch_of

TEXT = "The minister's plan — café and all — was sold on Monday, 3.5 years after it was first drawn up."


def test_marks_of_writing_make_no_difference() -> None:
    plain = signature_of("A Plan", TEXT)
    assert signature_of("A PLAN", TEXT.upper()) == plain
    assert signature_of("A plan", TEXT.replace("'", "’").replace("—", "-").replace("é", "e\u0301")) == plain
    assert signature_of("A plan", TEXT.replace(" ", "\n  ")) == plain


def test_words_do() -> None:
    assert signature_of("A plan", TEXT.replace("sold", "bought")) != signature_of("A plan", TEXT)
    assert signature_of("", "日本の首相が語った") != signature_of("", "日本の首相が黙った")


def test_without_a_word_there_is_none() -> None:
    assert signature_of("", " — !\n") == ""


@given(st.text(), st.text())
def test_small_and_readable(title: str, text: str) -> None:
    signature = signature_of(title, text)
    if signature:
        assert len(base64.b64decode(signature)) <= 210
        sketch = sketch_of(signature)
        assert 0 < len(sketch.body) <= BODY
        assert list(sketch.body) == sorted(set(sketch.body))


@pytest.mark.parametrize("other", ["!", "AAAA", "AAA=", base64.b64encode(b"\xff\x00" + bytes(8)).decode()])
def test_what_is_no_signature_is_said_so(other: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - base64 has a message of its own for each
        sketch_of(other)
