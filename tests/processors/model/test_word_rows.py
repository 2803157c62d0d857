"""Rows found by bisection are those of a dictionary."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.model.word_rows import WordRows

HASHES = st.integers(0, 2**64 - 1)


@given(st.dictionaries(HASHES, st.integers(0, 2**16 - 1)), st.lists(HASHES))
def test_it_answers_as_a_dictionary_does(known: dict[int, int], others: list[int]) -> None:
    rows = WordRows(
        numpy.array(sorted(known), dtype="uint64"),
        numpy.array([known[key] for key in sorted(known)], dtype="uint16"),
    )
    assert dict(rows) == known
    assert [rows.get(key, -1) for key in (*known, *others)] == [known.get(key, -1) for key in (*known, *others)]
    assert all(key in rows for key in known)


def test_what_is_not_there_is_told() -> None:
    rows = WordRows(numpy.array([7], dtype="uint64"), numpy.array([3], dtype="uint16"))
    assert rows[7] == 3
    with pytest.raises(KeyError):
        rows[8]
