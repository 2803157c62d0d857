"""A list of stages, and all that follows from it: the topics, the ledger's way, the names. The list is the only one.

Knows no particular stage: wirewatch/pipeline.py has the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.stage import Stage
from schemas.topics import ARTICLES, TOPICS, Topic


@dataclass(frozen=True)
class Topology:
    """Stages that belong together, in the order of an article's way."""

    stages: tuple[Stage, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The stages' names, in their order."""
        return tuple(stage.name for stage in self.stages)

    def stage(self, name: str) -> Stage:
        """The stage of this name. Raises KeyError."""
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise KeyError(name)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic: those that are no stage's, and those that a stage reads, writes or restores."""
        ours = (topic for each in self.stages for topic in (each.reads, *each.writes, *each.restores))
        return tuple(dict.fromkeys((*TOPICS, *ours)))

    def topic(self, name: str) -> Topic:
        """The topic of this name. Raises KeyError."""
        return {topic.name: topic for topic in self.topics}[name]

    @property
    def read(self) -> frozenset[Topic]:
        """The topics that a stage reads."""
        return frozenset(stage.reads for stage in self.stages)

    @property
    def way(self) -> tuple[Stage, ...]:
        """The stages between an article's fetch and its end, in order: back from the end, along what is written."""
        way = [stage for stage in self.stages if stage.ends_way]
        while way and way[0].reads != ARTICLES:
            way.insert(0, _writer(self.stages, way[0].reads))
        return tuple(way)


def _writer(stages: Sequence[Stage], topic: Topic) -> Stage:
    for stage in stages:
        if topic in stage.writes:
            return stage
    raise ValueError(f"no stage writes {topic.name}: an article's way has a hole")
