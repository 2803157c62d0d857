"""What is forgotten stays out: each stage asks before it handles a record, the index stage once more afterwards.

The ids stand on a compacted topic, for good. Knows neither Kafka nor what a stage does.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from runtime.ledger import LAST
from runtime.ports import FORGOTTEN_RULE
from schemas.alert import Delivery
from schemas.article import WireArticle
from schemas.ledger import Forgotten, OutcomeRow
from schemas.outcome import Dropped, Outcome, Output
from schemas.record import Record, Utc
from schemas.stage import Step
from schemas.topics import DELIVERIES, FORGOTTEN, OUTCOMES, Topic
from stores.store import Store

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
        let_in = [number for number, record in enumerate(batch) if _article(record) not in forgotten]
        made = dict(zip(let_in, step([batch[number] for number in let_in]), strict=True)) if let_in else {}
        return [made.get(number, OUT) for number in range(len(batch))]

    return keeping


def writing(state: Known, store: Store) -> Step:
    """The index stage's step: what was forgotten before, or while the batch was written, is not there afterwards."""
    write = kept_out(state, store.write)

    def put(batch: Sequence[WireArticle]) -> Sequence[Outcome]:
        outcomes = write(batch)
        # Who forgets says so first and takes out then: what he could not find yet is seen here.
        state.catch_up(FORGOTTEN)
        forgotten = state.mapping(FORGOTTEN, Forgotten)
        for article in batch:
            if article.id in forgotten:
                store.forget(article.id)
        pairs = zip(batch, outcomes, strict=True)
        return [OUT if article.id in forgotten else outcome for article, outcome in pairs]

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


def _article(record: Any) -> str:
    """The id of the article that a record is, or tells of."""
    return str(getattr(record, "article_id", record.id))
