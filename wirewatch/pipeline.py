"""The list of stages, in the order of an article's way. The only one: all else is derived from it or tested against it.

A new stage is a record and a topic, a step, and one line here.
"""

from alerts.stages import DELIVER, MATCH, RECORD
from processors.agents import ENRICH, STORY
from runtime.topology import Topology
from schemas.stage import Stage
from stores.stages import INDEX

STAGES: tuple[Stage, ...] = (
    ENRICH,  # articles → enriched
    STORY,  # enriched → wire
    INDEX,  # wire → the store
    MATCH,  # wire → alerts
    DELIVER,  # alerts → people, delivery
    RECORD,  # delivery → the store; by the clock → alerts
)


def topology() -> Topology:
    """The stages, and all that follows from the list."""
    return Topology(STAGES)
