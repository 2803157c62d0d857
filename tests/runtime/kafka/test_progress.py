"""The place behind which nothing is unhandled, whatever the order in which runs are handled."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from runtime.kafka.progress import Progress

RUNS = st.lists(st.integers(1, 5), min_size=1, max_size=12)


@given(RUNS, st.randoms(use_true_random=False), st.integers(0, 100))
def test_the_place_is_behind_what_was_handled_without_a_gap(
    sizes: list[int], chance: random.Random, start: int
) -> None:
    """Some runs are never handled, and some twice."""
    places = [start + sum(sizes[:number]) for number in range(len(sizes) + 1)]
    runs = list(pairwise(places))
    done = [run for run in runs if chance.random() < 0.8]
    done += [run for run in done if chance.random() < 0.2]
    chance.shuffle(done)
    progress = Progress(start)
    for begins, behind in done:
        progress.handled(begins, behind)
    assert progress.place == next((begins for begins, _ in runs if (begins, _) not in done), places[-1])


def test_a_run_that_was_cut_otherwise_the_second_time() -> None:
    progress = Progress(0)
    progress.handled(5, 9)
    progress.handled(0, 7)
    assert progress.place == 9
