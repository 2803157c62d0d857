"""Where the last record of each key stands: as a dictionary says it, in a fraction of its memory."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.kafka import key_index
from runtime.kafka.key_index import Places

WRITTEN = st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(0, 2**62)), max_size=60)


def name(key: int) -> bytes:
    return str(key).encode()


@given(st.lists(st.tuples(st.booleans(), WRITTEN), max_size=6), st.integers(0, 30))
def test_the_last_place_of_a_key_counts(written: list[tuple[bool, list[tuple[int, int | None]]]], few: int) -> None:
    """One by one and many at one go, whenever they are sorted in."""
    places = Places()
    expected: dict[int, int | None] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(key_index, "_FEW", few)
        for together, some in written:
            if together:
                found = [key_index._DELETED if place is None else place for _, place in some]
                places.put_all(array("q", [hash(name(key)) for key, _ in some]), array("q", found))
            else:
                for key, place in some:
                    places.put(name(key), place)
            expected |= dict(some)
            assert {key: places.get(name(key)) for key in range(41)} == {key: expected.get(key) for key in range(41)}
            assert places.get_all([name(key) for key in range(41)]) == [expected.get(key) for key in range(41)]
