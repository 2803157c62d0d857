"""The stages of an article's way without a model, and the new one: python -m new_stage.light FILE works a database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fleet.signing import listed, signing

from new_stage.words import WORDS
from schemas.clock import Clock, utc_now
from schemas.stage import Stage
from wirewatch import pipeline
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import Settings


def stages(folder: Path) -> tuple[Stage, ...]:
    """The list, with an enrich that signs; one article at a time, so that a kill finds the stage at work."""
    others = [stage for stage in pipeline.STAGES if stage.name in ("story", "index")]
    return (signing(folder), *others, replace(WORDS, batch=1))


@contextmanager
def working(db: Path, clock: Clock = utc_now) -> Iterator[LocalPipeline]:
    """A database, worked by these stages."""
    with listed(stages(db.parent)), LocalPipeline(Settings(db=db), clock) as wire:
        yield wire


if __name__ == "__main__":
    with working(Path(sys.argv[1])) as wire:
        wire.start().drain()
