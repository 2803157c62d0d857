"""What the step makes of what was read: one outcome for each entry, whatever the step does.

Knows neither Faust nor how anything is sent.
"""

import traceback
from collections.abc import Sequence

import structlog

from processors.agents.letters import Entry, Scribe
from schemas.outcome import Dead, Hold, Outcome
from schemas.record import Record
from schemas.stage import Stage

logger = structlog.get_logger()


def outcomes(stage: Stage, scribe: Scribe, entries: Sequence[Entry]) -> list[Outcome]:
    """One outcome for each entry, in order: what is unreadable, or too large when done, is Dead. Raises Hold."""
    handled = iter(settle(stage, [each.record for each in entries if each.record is not None]))
    settled = [Dead("unreadable", each.error) if each.record is None else next(handled) for each in entries]
    return [scribe.fitting(each, outcome) for each, outcome in zip(entries, settled, strict=True)]


def settle(stage: Stage, records: Sequence[Record]) -> Sequence[Outcome]:
    """The step's outcomes; where it raises on a batch, record by record, so that one costs only itself.

    Raises Hold, and nothing else.
    """
    if not records:
        return []
    try:
        made = stage.step(records)
        if len(made) != len(records):
            raise ValueError(f"{stage.name} gave {len(made)} outcomes for {len(records)} records")
        return made
    except Hold:
        raise
    except Exception as error:  # noqa: BLE001 - what a step cannot handle is that record's dead letter
        if len(records) > 1:
            return [outcome for record in records for outcome in settle(stage, [record])]
        logger.error("step failed", stage=stage.name, error=repr(error))
        return [Dead(type(error).__name__, traceback.format_exc(limit=-3))]
