"""Search for many given names in a text, in time linear in its length however many names there are.

Knows words and capital letters; nothing of kinds or of who is meant.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

# A name begins where a word begins, and with a capital or a digit: "may" is never Theresa May.
_WORD = re.compile(r"(?<!\w)[^\W_a-z]\w*")


class Names:
    """A set of names to look for, keyed by their first word."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for name in names:
            if first := _WORD.match(name):
                self._by_first[first.group()].append(name)
        for same in self._by_first.values():
            same.sort(key=len, reverse=True)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """The ranges of the longest names, from left to right, none within another."""
        position = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < position:
                continue
            for name in self._by_first.get(word.group(), ()):
                end = start + len(name)
                if text.startswith(name, start) and not text[end : end + 1].isalnum():
                    yield start, end
                    position = end
                    break
