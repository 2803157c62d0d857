"""A stage whose step is a function of its batch, for tests."""

from collections.abc import Callable, Sequence
from typing import Any

from schemas.outcome import Outcome
from schemas.stage import FunctionStep, Stage
from schemas.topics import Topic


def plain_stage(name: str, reads: Topic, function: Callable[[Sequence[Any]], Sequence[Outcome]], **more: Any) -> Stage:
    """The stage; `more` are fields of Stage."""
    return Stage(name, reads, open=lambda services: FunctionStep(function), **more)
