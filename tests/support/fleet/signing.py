"""The fleet's light enrich: it signs, and does what a test says by leaving files."""

import functools
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from processors import sketch
from processors.agents import ENRICH
from schemas.article import Article, Enriched
from schemas.outcome import Done, Dropped, Hold, Outcome, Output
from schemas.stage import FunctionStep, Stage
from schemas.topics import ENRICHED
from wirewatch import pipeline

LIGHT = os.environ.get("WIREWATCH_TEST_ENRICH") != "real"
"""Whether enrich only signs; the program's own knows neither poison nor what is not news."""
POISON = "poison"
"""An article of this title kills the step that enriches it."""
NOT_NEWS = "not news"
"""An article of this title is dropped."""


@contextmanager
def listed(stages: Iterable[Stage]) -> Iterator[None]:
    """The program with these stages for its list."""
    before = pipeline.STAGES
    pipeline.STAGES = tuple(stages)
    try:
        yield
    finally:
        pipeline.STAGES = before


def light_stages(folder: Path) -> tuple[Stage, ...]:
    """The program's own stages, with the light enrich for theirs."""
    return tuple(signing(folder) if stage.name == "enrich" else stage for stage in pipeline.STAGES)


def signing(folder: Path) -> Stage:
    """The light enrich, with the test's signs in a folder."""
    step = FunctionStep(functools.partial(_enrich, folder))
    return replace(ENRICH, open=lambda services: step)


def _enrich(folder: Path, batch: Sequence[Article]) -> Sequence[Outcome]:
    """`hold`: hold; `slow`: take a second; `hang`: never end; `cured`: poison is none; `model`: its generation."""
    if (folder / "hold").exists():
        raise Hold("the test says so")
    if (folder / "slow").exists():
        time.sleep(1.0)
    while (folder / "hang").exists():
        time.sleep(0.1)
    model = folder / "model"
    generation = int(model.read_text()) if model.exists() else 0
    cured = (folder / "cured").exists()
    return [_enriched(article, generation, cured) for article in batch]


def _enriched(article: Article, generation: int, cured: bool) -> Outcome:
    if article.title == POISON and not cured:
        raise ValueError("no model can read this")
    if article.title == NOT_NEWS:
        return Dropped("not news")
    signed = sketch.signature_of(article.title, article.text)
    return Done((Output(ENRICHED, Enriched(**dict(article), signature=signed, generation=generation)),))
