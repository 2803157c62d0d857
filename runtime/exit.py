"""How a process ends itself: at once, committing nothing that is not done. Whoever started it starts it again."""

import os
from typing import NoReturn

import structlog

logger = structlog.get_logger()

# EX_TEMPFAIL: nothing is wrong with the worker; start it again.
TRY_AGAIN = 75
# EX_SOFTWARE: it made no progress and cannot say why; start it again, and look.
STUCK = 70


def leave(why: str, status: int = TRY_AGAIN) -> NoReturn:
    """End the process now, without any clean-up that could commit something."""
    try:
        logger.warning("leaves", why=why, status=status)
    finally:  # also where nothing can be written any more
        os._exit(status)
