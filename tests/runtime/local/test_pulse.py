"""Pulse: who waits for some topics is woken by these alone, and misses none of them."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from runtime.local.pulse import Pulse

TOPICS = st.frozensets(st.sampled_from("abc"))
# Longer than any test waits: who waits so long was not woken.
FOR_EVER = 60.0


@given(st.lists(st.none() | TOPICS), TOPICS)
def test_beats_are_counted_of_the_topics_that_are_asked_for(
    beats: list[frozenset[str] | None], wanted: frozenset[str]
) -> None:
    pulse = Pulse()
    for topics in beats:
        before, of_any = pulse.beats(wanted), pulse.beats()
        pulse.beat(topics)
        assert (pulse.beats(wanted) > before) == (topics is None or not topics.isdisjoint(wanted))
        assert pulse.beats() == of_any + 1


@given(st.none() | st.sampled_from([frozenset("a"), frozenset("ab")]))
def test_what_beat_since_it_looked_is_not_slept_over(beat: frozenset[str] | None) -> None:
    pulse = Pulse()
    seen, of_any = pulse.beats(frozenset("a")), pulse.beats()
    pulse.beat(beat)
    pulse.wait(FOR_EVER, seen, frozenset("a"))
    pulse.wait(FOR_EVER, of_any)


def test_who_waits_is_woken_by_its_own_topic_and_sleeps_through_others() -> None:
    pulse = Pulse()
    seen = {name: pulse.beats(frozenset(name)) for name in "ab"}
    woken = {name: threading.Event() for name in "ab"}

    def wait(name: str) -> None:
        pulse.wait(FOR_EVER, seen[name], frozenset(name))
        woken[name].set()

    waiting = {name: threading.Thread(target=wait, args=(name,), name=f"waits-{name}") for name in "ab"}
    for thread in waiting.values():
        thread.start()
    pulse.beat({"a"})
    assert woken["a"].wait(FOR_EVER)
    assert not woken["b"].is_set()
    pulse.beat()  # of everything
    assert woken["b"].wait(FOR_EVER)
    for thread in waiting.values():
        thread.join()
