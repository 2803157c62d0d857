"""Search for many given names in a text, in time linear in its length however many names there are.

Knows words and capital letters; nothing of kinds or of who is meant.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

# A name begins where a word begins, and with a capital or a digit: "may" is never Theresa May.
_WORD = re.compile(r"(?<!\w)[^\W_a-z]\w*")


@lru_cache(maxsize=1)  # an article is searched for several sets of names, one after the other
def capitals(text: str) -> Mapping[str, list[int]]:
    """The words that a name may begin with -> where each begins, in code points."""
    found: dict[str, list[int]] = defaultdict(list)
    for word in _WORD.finditer(text):
        found[word.group()].append(word.start())
    return found


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
        words = capitals(text)
        met = words.keys() & self._by_first.keys()
        for start, first in sorted((start, word) for word in met for start in words[word]):
            if start < position:
                continue
            for name in self._by_first[first]:
                end = start + len(name)
                if text.startswith(name, start) and not text[end : end + 1].isalnum():
                    yield start, end
                    position = end
                    break
