"""What the story stage remembers of a day: as dictionaries say it, whenever it is asked first."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from processors.sketch import packed_of, signature_of
from processors.story.day_index import DayIndex
from processors.story.places import Places
from schemas.story import StoryMember

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
IDS = st.sampled_from([f"id {number}" for number in range(12)])


@given(st.lists(st.tuples(IDS, IDS, st.integers(0, 3)), max_size=60))
def test_the_first_place_of_an_article_stays_and_a_new_signature_is_seen(puts: list[tuple[str, str, int]]) -> None:
    places = Places()
    known: dict[str, tuple[str, datetime]] = {}
    signed: dict[str, int] = {}
    for number, (id, story, signature) in enumerate(puts):
        at = NOON + timedelta(microseconds=number)
        known.setdefault(id, (story, at))
        told = places.put(StoryMember(id=id, story_id=story, first_seen=at, signature=str(signature)))
        assert (told is not None) == (signed.get(id) != signature)
        assert told is None or places.story(told) == known[id][0]
        signed[id] = signature
        assert {one: places.get(one) for one in known} == known
    assert places.get("nobody") is None


def test_thousands_of_articles_keep_their_places() -> None:
    places = Places()
    for number in range(5000):
        story = f"id {number - number % 3}"
        places.put(StoryMember(id=f"id {number}", story_id=story, first_seen=NOON, signature=""))
    assert [places.get(f"id {number}") for number in range(5000)] == [
        (f"id {number - number % 3}", NOON) for number in range(5000)
    ]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.integers(0, 60), st.integers(0, 10))
def test_it_does_not_matter_when_a_day_is_first_asked(texts: list[int], asked: int, start: int) -> None:
    """The table is made then; what came before and what comes after is found by it."""
    packed = [packed_of(signature_of("", " ".join(f"w{text * 3 + n}" for n in range(text + 3)))) for text in texts]
    early, late = DayIndex(str), DayIndex(str)
    for number, one in enumerate(packed):
        if number == asked:
            list(early.candidates(packed[0].sketch, 0, 99))
        early.add(number, number, one)
        late.add(number, number, one)
    for one in packed:
        found = list(early.candidates(one.sketch, start, 40))
        assert found == list(late.candidates(one.sketch, start, 40))
        alike = {str(n) for n, other in enumerate(packed) if other == one and start <= n <= 40}
        assert alike <= {candidate.story_id for candidate in found}
        assert all(packed[int(candidate.story_id)].sketch == candidate.sketch for candidate in found)
