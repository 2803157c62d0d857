"""What the step makes of what was read: one outcome for each entry, whatever the step does.

Knows neither Faust nor how anything is sent.
"""

from collections.abc import Sequence

from runtime.kafka.recorder import Entry, Scribe
from runtime.run_step import settle
from schemas.outcome import Dead, Outcome
from schemas.stage import Stage


def outcomes(stage: Stage, scribe: Scribe, entries: Sequence[Entry]) -> list[Outcome]:
    """One outcome for each entry, in order: what is unreadable, or too large when done, is Dead. Raises Hold."""
    handled = iter(settle(stage, [each.record for each in entries if each.record is not None]))
    settled = [Dead("unreadable", each.error) if each.record is None else next(handled) for each in entries]
    return [scribe.fitting(each, outcome) for each, outcome in zip(entries, settled, strict=True)]
