"""What a step makes of a batch, whatever the step does: one outcome for each record. Both runtimes run steps so.

Knows neither where records come from nor what is done about an outcome.
"""

import traceback
from collections.abc import Sequence
from typing import Any

import structlog

from schemas.outcome import Dead, Hold, Outcome
from schemas.record import Record
from schemas.stage import Step

logger = structlog.get_logger()


def run_step(
    name: str, step: Step[Any], records: Sequence[Record], passing: tuple[type[Exception], ...] = (Hold,)
) -> Sequence[Outcome]:
    """The outcomes of a stage's step; where it raises on a batch, record by record, so that one costs only itself.

    Raises only what is `passing`: what concerns the whole batch, and passes.
    """
    if not records:
        return []
    try:
        made = step(records)
        if len(made) != len(records):
            raise ValueError(f"{name} gave {len(made)} outcomes for {len(records)} records")
        return made
    except passing:
        raise
    except Exception as error:  # noqa: BLE001 - what a step cannot handle is that record's dead letter
        if len(records) > 1:
            return [outcome for record in records for outcome in run_step(name, step, [record], passing)]
        logger.error("step failed", stage=name, error=repr(error))
        return [Dead(type(error).__name__, traceback.format_exc(limit=-3))]
