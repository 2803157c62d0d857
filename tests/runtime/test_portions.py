"""A batch comes in the portions that its step wants, in its order, and the step is asked before each."""

from collections.abc import Sequence

from desk import Desk, alert, subscription

from runtime.portions import portions
from schemas.alert import Alert
from schemas.outcome import Done, Outcome
from schemas.stage import Step


class Growing(Step[Alert]):
    """One record, then two, then three."""

    wanted = 0

    def __call__(self, batch: Sequence[Alert]) -> Sequence[Outcome]:
        return [Done() for _ in batch]

    def together(self, batch: Sequence[Alert | None]) -> int:
        self.wanted += 1
        return self.wanted


def test_the_step_says_how_many() -> None:
    assert list(portions(Growing(), range(7), lambda _: None)) == [range(1), range(1, 3), range(3, 6), range(6, 7)]


def test_of_those_that_are_told_few_go_together_and_of_those_that_are_not_all() -> None:
    told, kept = [alert(f"t{n}") for n in range(20)], [alert(f"k{n}", "k") for n in range(20)]
    desk = Desk(subscription(), subscription("k", channels=()))
    mixed = [*kept, *told, *kept]
    assert [len(one) for one in portions(desk.step, mixed, lambda each: each)] == [28, 8, 24]
    assert [len(one) for one in portions(desk.step, [None, *kept], lambda each: each)] == [21]
