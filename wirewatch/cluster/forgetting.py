"""What is forgotten stays out: each stage asks before it handles a record, those that write the store once more after.

The ids stand on a compacted topic, for good. Knows neither Kafka nor what a stage does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from schemas.about import about
from schemas.alert import Delivery
from schemas.ledger import Forgotten, OutcomeRow
from schemas.outcome import Dropped, Outcome, Output
from schemas.record import Record, Utc
from schemas.stage import Step
from schemas.topics import DELIVERIES, FORGOTTEN, OUTCOMES, Topic
from wirewatch.accounts import LAST
from wirewatch.wire import FORGOTTEN_RULE

R = TypeVar("R", bound=Record)
OUT = Dropped(FORGOTTEN_RULE)


class Known(Protocol):
    """What is asked of the state on the log. Raises Hold."""

    def mapping(self, topic: Topic, kind: type[R]) -> Mapping[str, R]:
        """The last record of every key, as of a moment ago."""
        ...

    def catch_up(self, *topics: Topic) -> None:
        """Return when all that is on these topics now is known."""
        ...


def kept_out(state: Known, step: Step) -> Step:
    """The step, which what belongs to a forgotten article does not reach."""

    def keeping(batch: Sequence[Any]) -> Sequence[Outcome]:
        forgotten = state.mapping(FORGOTTEN, Forgotten)
        let_in = [number for number, record in enumerate(batch) if about(record) not in forgotten]
        made = dict(zip(let_in, step([batch[number] for number in let_in]), strict=True)) if let_in else {}
        return [made.get(number, OUT) for number in range(len(batch))]

    return keeping


def writing(state: Known, write: Step, forget: Callable[[str], object]) -> Step:
    """A step that writes the store: what was forgotten before, or while it wrote, is not there afterwards."""
    let_in = kept_out(state, write)

    def put(batch: Sequence[Any]) -> Sequence[Outcome]:
        outcomes = let_in(batch)
        # Who forgets says so first and takes out then: what he could not find yet is seen here.
        state.catch_up(FORGOTTEN)
        forgotten = state.mapping(FORGOTTEN, Forgotten)
        articles = [about(record) for record in batch]
        for article in dict.fromkeys(articles):
            if article in forgotten:
                forget(article)
        return [OUT if article in forgotten else outcome for article, outcome in zip(articles, outcomes, strict=True)]

    return put


def traces(rows: Sequence[OutcomeRow], deliveries: Iterator[Delivery], identity: str, at: Utc) -> list[Output]:
    """What is said anew once an article is out of the store: in the ledger, and of the alerts that quote it."""
    ended = [row for row in rows if row.stage == LAST and row.outcome == "done"]
    dropped = {"outcome": "dropped", "reason": FORGOTTEN_RULE, "at": at}
    quoting = [one for one in deliveries if one.alert is not None and one.alert.article_id == identity]
    return [
        *(Output(OUTCOMES, row.model_copy(update=dropped)) for row in ended),
        *(Output(DELIVERIES, _without_words(one)) for one in quoting),
    ]


def _without_words(delivery: Delivery) -> Delivery:
    """That it was told stays known, so that nobody is told again; what it said does not."""
    status = "kept" if delivery.status == "waiting" else delivery.status
    return Delivery(id=delivery.id, subscription=delivery.subscription, status=status, at=delivery.at)
