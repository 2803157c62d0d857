"""What the libraries of a worker may say: warnings and worse, and each kind of line once in ten seconds.

With Kafka away for 20 s they say 2,650 lines otherwise, in which nobody finds the one that matters.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

SECONDS = 10.0


class Seldom(logging.Filter):
    """Lets a kind of line (its template, from one logger) through once in a while, with how many it kept back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._said_at: dict[tuple[str, str], float] = {}
        self._kept_back: dict[tuple[str, str], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is said."""
        kind = (record.name, str(record.msg))
        now = self._clock()
        if now - self._said_at.get(kind, -SECONDS) < SECONDS:
            self._kept_back[kind] = self._kept_back.get(kind, 0) + 1
            return False
        self._said_at[kind] = now
        if more := self._kept_back.pop(kind, 0):
            record.msg = f"{record.getMessage()} (and {more} more like it)"
            record.args = None
        return True


def logging_config() -> dict[str, Any]:
    """For logging.config.dictConfig, which Faust's worker calls."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"seldom": {"()": Seldom}},
        "formatters": {"plain": {"format": "%(asctime)s [%(levelname)s] %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["seldom"], "formatter": "plain"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
    }
