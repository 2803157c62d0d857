"""What is forgotten stays out (the right to erasure): no stage handles a record of a forgotten article.

The ids stand on a compacted topic, for good. Knows neither the log nor what a stage does.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from schemas.about import about
from schemas.alert import Delivery
from schemas.ledger import FORGOTTEN_RULE, Forgotten, OutcomeRow
from schemas.outcome import Dropped, Outcome, Output
from schemas.record import Utc
from schemas.stage import Step, Wait
from schemas.state import State
from schemas.topics import DELIVERIES, FORGOTTEN, OUTCOMES

OUT = Dropped(FORGOTTEN_RULE)


class KeptOut(Step[Any]):
    """A step, which what belongs to a forgotten article does not reach. Both runtimes run every step so."""

    def __init__(self, step: Step[Any], state: State) -> None:
        self._step = step
        self._state = state
        self.longest_seconds = step.longest_seconds

    def __call__(self, batch: Sequence[Any]) -> Sequence[Outcome]:
        """The step's outcomes for what it may see, Dropped for the rest."""
        forgotten = self._state.mapping(FORGOTTEN, Forgotten)
        let_in = [number for number, record in enumerate(batch) if about(record) not in forgotten]
        if len(let_in) == len(batch):
            return self._step(batch)
        made = dict(zip(let_in, self._step([batch[number] for number in let_in]), strict=True)) if let_in else {}
        self._step.keep_out([record for number, record in enumerate(batch) if number not in made])
        return [made.get(number, OUT) for number in range(len(batch))]

    def together(self, batch: Sequence[Any]) -> int:
        """The step's own."""
        return self._step.together(batch)

    def tick(self, now: datetime) -> Sequence[Output]:
        """The step's own: what is told of forgotten articles is the step's to know."""
        return self._step.tick(now)

    def waits(self) -> Sequence[Wait]:
        """The step's own."""
        return self._step.waits()

    def close(self) -> None:
        """The step's own."""
        self._step.close()


def traces(
    rows: Sequence[OutcomeRow], deliveries: Iterator[Delivery], identity: str, at: Utc, last: str
) -> list[Output]:
    """What is said anew once an article is out of the store: in the ledger, and of the alerts that quote it.

    `last` is the stage at which an article's way ends well.
    """
    ended = [row for row in rows if row.stage == last and row.outcome == "done"]
    dropped = {"outcome": "dropped", "reason": FORGOTTEN_RULE, "at": at}
    quoting = [one for one in deliveries if one.alert is not None and one.alert.article_id == identity]
    return [
        *(Output(OUTCOMES, row.model_copy(update=dropped)) for row in ended),
        *(Output(DELIVERIES, one.without_words()) for one in quoting),
    ]
