"""Events of a command that runs on, as lines on standard error."""

import logging
import sys
from collections.abc import MutableMapping
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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _cleaned(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Addresses without their secrets, and strangers' words as they are, whoever logs them."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = visible(without_secrets(value))
    return event
