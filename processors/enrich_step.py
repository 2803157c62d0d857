"""The stage that reads an article: Article in, Enriched out. The reading is done in child processes with limits."""

from collections.abc import Callable, Sequence

from schemas.article import Article, Enriched
from schemas.outcome import Dead, Done, Hold, Outcome, Output
from schemas.services import NOT_STARTED, Failure, Pool, StageSettings, WorkerSpec
from schemas.stage import Step
from schemas.topics import ENRICHED

# As processors.agents.ENRICH says: small, so that a kill repeats little work and an alert waits for few others.
BATCH = 16


class EnrichStep(Step[Article]):
    """What fails in a child is this article's dead letter and nobody else's."""

    def __init__(self, pool: Pool[Article, Enriched], longest_seconds: float) -> None:
        self._pool = pool
        self.longest_seconds = longest_seconds

    def __call__(self, batch: Sequence[Article]) -> Sequence[Outcome]:
        """One outcome per article."""
        return [_outcome(result) for result in self._pool.map(batch)]


def reading(settings: StageSettings) -> WorkerSpec[Article, Enriched]:
    """Children that enrich, each with the model loaded once."""
    return WorkerSpec(_enricher, (settings.profile,), settings.enrich_seconds, settings.enrich_memory_mb)


def longest_seconds(settings: StageSettings) -> float:
    """The worst batch: every article of it takes as long as it may."""
    return settings.enrich_seconds * BATCH / settings.workers


def _outcome(result: Enriched | Failure) -> Outcome:
    if isinstance(result, Failure):
        if result.reason == NOT_STARTED:  # no article's fault: nothing may be lost for a broken installation
            raise Hold(f"the model cannot be loaded: {result.error}; `wirewatch doctor` checks the installation")
        return Dead(result.reason, result.error)
    return Done((Output(ENRICHED, result),))


def _enricher(profile: str) -> Callable[[Article], Enriched]:
    # here, in the child: the model takes a second and 300 MB that no other process needs
    from processors.enrich import Enricher

    enricher = Enricher("fast" if profile == "fast" else "default")
    return enricher.read
