"""A signature is the same for what reads the same, small, and unpacked as it was packed."""

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.sketch import BODY, signature_of, sketch_of

TEXT = "The minister's plan — café and all — was sold on Monday, 3.5 years after it was first drawn up."


def test_marks_of_writing_make_no_difference() -> None:
    plain = signature_of("A Plan", TEXT)
    assert signature_of("A PLAN", TEXT) == plain
    assert signature_of("A plan", TEXT.replace("'", "’").replace("—", "-").replace("é", "e\u0301")) == plain
    # Capitals and line ends tell what is a name and where a sentence ends, so only the words' runs are the same.
    for other in (TEXT.upper(), TEXT.replace(" ", "\n  ")):
        assert replace(sketch_of(signature_of("A plan", other)), particulars=()) == replace(
            sketch_of(plain), particulars=()
        )


def test_words_do() -> None:
    assert signature_of("A plan", TEXT.replace("sold", "bought")) != signature_of("A plan", TEXT)
    assert signature_of("", "日本の首相が語った") != signature_of("", "日本の首相が黙った")


def test_a_signature_of_before_the_particulars_is_read() -> None:
    packed = base64.b64decode(signature_of("A plan", TEXT))
    body, lead, title = packed[:3]
    old = packed[:2] + packed[3 : 3 + 4 * (body + lead + title)]
    assert sketch_of(base64.b64encode(old).decode()) == replace(sketch_of(signature_of("A plan", TEXT)), particulars=())


def test_without_a_word_there_is_none() -> None:
    assert signature_of("", " — !\n") == ""


@given(st.text(), st.text())
def test_small_and_readable(title: str, text: str) -> None:
    signature = signature_of(title, text)
    if signature:
        assert len(base64.b64decode(signature)) <= 311
        sketch = sketch_of(signature)
        assert 0 < len(sketch.body) <= BODY
        assert list(sketch.body) == sorted(set(sketch.body))


@pytest.mark.parametrize("other", ["!", "AAAA", "AAA=", base64.b64encode(b"\xff\x00" + bytes(8)).decode()])
def test_what_is_no_signature_is_said_so(other: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - base64 has a message of its own for each
        sketch_of(other)
