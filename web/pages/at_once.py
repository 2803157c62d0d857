"""What a page needs of the store, asked at once: SQLite works in threads side by side, a server waits for each answer.

Knows no page and no store.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")

# As many as a small server has cores; a page asks one question beside its own, and waits where all are busy.
_ASKING = ThreadPoolExecutor(4, thread_name_prefix="asking")


def at_once(one: Callable[[], T], other: Callable[[], U]) -> tuple[T, U]:
    """Both answers. `other` is asked beside; what either raises is raised here, when both have ended."""
    beside = _ASKING.submit(other)
    try:
        answer = one()
    except BaseException:
        beside.exception()
        raise
    return answer, beside.result()
