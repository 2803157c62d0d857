"""What a page needs of the store, asked at once: SQLite works in threads side by side, a server waits for each answer.

Knows no page and no store.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")

# As many as a small server has cores; a page asks one question beside its own, and waits where all are busy.
_ASKING = ThreadPoolExecutor(4, thread_name_prefix="asking")


def beside(ask: Callable[[], T]) -> Future[T]:
    """Ask this in a thread of its own."""
    return _ASKING.submit(ask)


def at_once(one: Callable[[], T], other: Callable[[], U]) -> tuple[T, U]:
    """Both answers. `other` is asked beside; what either raises is raised here, when both have ended."""
    asked = beside(other)
    try:
        answer = one()
    except BaseException:
        asked.exception()
        raise
    return answer, asked.result()
