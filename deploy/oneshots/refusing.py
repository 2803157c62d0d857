"""One line instead of a traceback, for whatever keeps a one-shot from its work, and how long it is tried again."""

import sys
import time
from collections.abc import Callable

# An Elasticsearch or a Kibana that its health check calls healthy answers within seconds. Ten starts of a one-shot
# make ten minutes of it, which is more than a cold start on a slow disk takes.
PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 2.0


class RefusedError(Exception):
    """What keeps a one-shot from its work: what, where and what to do, in one line."""


def patiently(cause: Callable[[], str | None], seconds: float) -> None:
    """Ask for what is in the way until nothing is. Raises RefusedError with the last cause when `seconds` are over."""
    deadline = time.monotonic() + seconds
    while (told := cause()) is not None:
        if time.monotonic() >= deadline:
            raise RefusedError(told)
        time.sleep(min(PAUSE_SECONDS, seconds))


def ending(work: Callable[[], None]) -> None:
    """Do it; a refusal ends the program with its line and status 1, so that it is started again."""
    try:
        work()
    except RefusedError as refused:
        sys.exit(" ".join(str(refused).split()))
