"""What the step makes of what was read: how each record ended, whatever the step does.

Knows neither Faust nor how anything is sent.
"""

from collections.abc import Sequence
from typing import Any

from runtime.kafka.recorder import Ended, KafkaRecorder, Received
from runtime.run_step import run_step
from schemas.outcome import Dead, Hold
from schemas.stage import Step


def run_batch(name: str, step: Step[Any], recorder: KafkaRecorder, batch: Sequence[Received]) -> list[Ended]:
    """How each ended, in order: what is unreadable, or too large when done, is Dead. Raises Hold.

    What a newer wirewatch wrote is not dead: it waits, with its batch, for the worker that can read it.
    """
    for each in batch:
        if each.newer:
            origin = each.incoming.origin
            raise Hold(f"{each.incoming.error} (partition {origin.partition}, offset {origin.offset})")
    readable = [each.incoming.record for each in batch if each.incoming.record is not None]
    handled = iter(run_step(name, step, readable))
    outcomes = [
        Dead("unreadable", each.incoming.error) if each.incoming.record is None else next(handled) for each in batch
    ]
    return [recorder.ended(each, outcome) for each, outcome in zip(batch, outcomes, strict=True)]
