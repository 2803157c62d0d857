"""A table of what was worked out before, word by word. Knows no words."""

from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")

# A vocabulary of this size covers a year of news; beyond it the table starts anew rather than grow for ever.
_SIZE = 400_000
_LONGEST = 64


class Cache(dict[str, V], Generic[V]):
    """What was seen before, so that each is worked out once."""

    def __init__(self, compute: Callable[[str], V]) -> None:
        super().__init__()
        self.compute = compute

    def __missing__(self, text: str) -> V:
        value = self.compute(text)
        if len(text) <= _LONGEST:
            if len(self) >= _SIZE:
                self.clear()
            self[text] = value
        return value
