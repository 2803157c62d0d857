"""The wiring: the list of stages. The only module that sees all of them; both runtimes run this list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.article import Article, Enriched
from schemas.outcome import Dead, Done, Hold, Outcome, Output
from schemas.stage import Stage, Step
from schemas.topics import ALERTS, ARTICLES, DELIVERIES, ENRICHED, WIRE, Topic
from wirewatch.children import NOT_STARTED, Children, Failure, Job
from wirewatch.settings import Settings

# Small enough that a kill repeats little work and an alert waits for few others; children share it.
ENRICH_BATCH = 16
# A kill in the middle repeats so many tellings, and a worker asked to stop has 6 s for those that it has begun.
DELIVER_BATCH = 8


@dataclass(frozen=True)
class Parts:
    """What the stages do; which store, whose state and whose clock is decided by who assembles."""

    enrich: Step
    story: Step
    index: Step
    match: Step
    deliver: Step
    record: Step


def stages(parts: Parts) -> tuple[Stage, ...]:
    """The article's way, in order."""
    return (
        Stage("enrich", reads=ARTICLES, step=parts.enrich, batch=ENRICH_BATCH),  # → enriched
        Stage("story", reads=ENRICHED, step=parts.story),  # → wire
        Stage("index", reads=WIRE, step=parts.index),  # → the store
        Stage("match", reads=WIRE, step=parts.match),  # → alerts
        Stage("deliver", reads=ALERTS, step=parts.deliver, batch=DELIVER_BATCH),  # → people, delivery
        Stage("record", reads=DELIVERIES, step=parts.record),  # → the store
    )


STAGE_NAMES = ("enrich", "story", "index", "match", "deliver", "record")


def stage_with(name: str, step: Step) -> Stage:
    """The stage of this name in the list of stages, around a step."""
    parts = Parts(**dict.fromkeys(STAGE_NAMES, step))
    return next(stage for stage in stages(parts) if stage.name == name)


def topics_read() -> frozenset[Topic]:
    """The topics that a stage reads."""
    return frozenset(stage_with(name, lambda _: []).reads for name in STAGE_NAMES)


def enriching(settings: Settings) -> Children[Article, Enriched]:
    """Children that enrich, each with the model loaded once."""
    job = Job(_enricher, (settings.profile,), settings.enrich_seconds, settings.enrich_memory_mb)
    return Children(job, settings.workers)


def enrich_step(children: Children[Article, Enriched]) -> Step:
    """Enrich in child processes: what fails there is this article's dead letter and nobody else's."""

    def step(batch: Sequence[Article]) -> Sequence[Outcome]:
        return [_enriched(result) for result in children.map(batch)]

    return step


def _enriched(result: Enriched | Failure) -> Outcome:
    if isinstance(result, Failure):
        if result.reason == NOT_STARTED:  # no article's fault: nothing may be lost for a broken installation
            raise Hold(f"the model cannot be loaded: {result.error}; `wirewatch doctor` checks the installation")
        return Dead(result.reason, result.error)
    return Done((Output(ENRICHED, result),))


def _enricher(profile: str) -> Callable[[Article], Enriched]:
    # here, in the child: the model takes a second and 300 MB that no other command needs
    from processors.enrich import Enricher

    enricher = Enricher("fast" if profile == "fast" else "default")
    return enricher.read
