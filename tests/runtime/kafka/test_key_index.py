"""Where the last record of each key stands: as a dictionary says it, in a fraction of its memory."""

from hypothesis import given
from hypothesis import strategies as st

from runtime.kafka.key_index import Places


@given(st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(0, 10**12)), max_size=200))
def test_the_last_place_of_a_key_counts(written: list[tuple[int, int | None]]) -> None:
    places = Places()
    expected: dict[int, int | None] = {}
    for key, offset in written:
        places.put(str(key).encode(), offset)
        expected[key] = offset
    assert {key: places.get(str(key).encode()) for key in range(41)} == {key: expected.get(key) for key in range(41)}


def test_it_grows() -> None:
    places = Places()
    for number in range(5000):
        places.put(str(number).encode(), number)
    assert [places.get(str(number).encode()) for number in range(5001)] == [*range(5000), None]
