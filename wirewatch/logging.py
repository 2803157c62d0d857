"""Events of a process that runs on, as lines on standard error."""

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import structlog

from schemas.address import without_secrets
from schemas.visible import visible


def log_to_terminal() -> None:
    """Events as lines on standard error: what is wrong is seen, and standard output stays the command's."""
    structlog.configure(
        processors=[
            _cleaned,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=True),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _Lines(sys.stderr),
    )


class _Lines(structlog.PrintLogger):
    """Lines that are left out where they cannot be written (a full disk, a reader that went away): who says something
    of his work goes on with it. One that raised would end a stage's thread, or make a dead letter of an alert."""

    def msg(self, message: str) -> None:
        """Write a line."""
        with suppress(OSError, ValueError):  # ValueError: it was closed
            super().msg(message)

    log = debug = info = warn = warning = msg
    fatal = failure = err = error = critical = exception = msg


def _cleaned(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Addresses without their secrets, and strangers' words as they are, whoever logs them."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = visible(without_secrets(value))
    return event
