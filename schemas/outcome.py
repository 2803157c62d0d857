"""The four ways a step can end for a record. The runtime acts on them; a step only says which.

What others call them: Done is acknowledged (Vector: Delivered), Dropped is acknowledged and filtered out, Dead goes to
the dead-letter queue (Vector: Rejected), Hold is a retriable error (Kafka Connect: RetriableException; RabbitMQ: nack
and requeue).
"""

from dataclasses import dataclass

from schemas.record import Record
from schemas.topics import Topic


@dataclass(frozen=True, slots=True)
class Output:
    """A record that goes on, and where."""

    topic: Topic
    record: Record


@dataclass(frozen=True, slots=True)
class Done:
    """Handled; these records go on."""

    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """Handled; nothing goes on, by a rule that has a name (the reason)."""

    reason: str
    outputs: tuple[Output, ...] = ()
    """State that the rule itself needs to keep; never an article."""


@dataclass(frozen=True, slots=True)
class Dead:
    """Can never be handled: goes to `dead` with its reason (a short name) and the error (what happened)."""

    reason: str
    error: str
    outputs: tuple[Output, ...] = ()
    """State that says so, too; never an article."""


class Hold(Exception):  # noqa: N818 - an order to the runtime, not an error of the record
    """A dependency is away: the whole batch is kept and tried again, with no limit on time."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


Outcome = Done | Dropped | Dead
