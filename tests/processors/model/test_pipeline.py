"""Cutting a text into pieces that a model can read, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from processors.model.pipeline import LONGEST_PIECE, LONGEST_WORD, is_readable, pieces

texts = st.text(alphabet=st.sampled_from("ab é\n\r\u2028 \t“”🚀ا"), max_size=60)


@given(texts, st.integers(1, 400))
def test_pieces_are_the_text_at_their_offsets_in_order(text: str, times: int) -> None:
    whole = text * times
    end = 0
    for start, piece in pieces(whole):
        assert whole[start : start + len(piece)] == piece
        assert start >= end
        assert 0 < len(piece) <= LONGEST_PIECE
        end = start + len(piece)


@given(texts, st.integers(1, 400))
def test_nothing_readable_is_lost(text: str, times: int) -> None:
    whole = text * times
    if is_readable(whole):
        assert "".join("".join(piece.split()) for _, piece in pieces(whole)) == "".join(whole.split())


def test_what_can_be_no_word_is_left_out() -> None:
    assert list(pieces("a" * LONGEST_WORD)) == [(0, "a" * LONGEST_WORD)]
    assert list(pieces("a" * (LONGEST_WORD + 1) + "\nb")) == [(LONGEST_WORD + 2, "b")]
