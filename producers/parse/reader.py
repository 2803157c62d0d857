"""The XML reader that feedparser is told to prefer: expat, with the text of an element in one piece.

Out of the box expat hands over each line and each reference by itself, and feedparser pays for each:
half of its time on real feeds.
"""

from xml.sax.expatreader import ExpatParser

import feedparser.api  # type: ignore[import-untyped]  # it has no types

# Bytes gathered before they are handed over; the longest articles fit.
_BUFFER = 1 << 18


class _BufferedReader(ExpatParser):
    """Expat as the standard library has it, but buffering text."""

    def reset(self) -> None:
        """Start anew, before each document."""
        super().reset()
        expat = self.__dict__["_parser"]
        expat.buffer_text, expat.buffer_size = True, _BUFFER


def create_parser(*_: object) -> ExpatParser:
    """The hook by which xml.sax finds a reader in a module."""
    return _BufferedReader()


def prefer() -> None:
    """Tell feedparser. Its list of preferred readers is its only way to be told."""
    if __name__ not in feedparser.api.PREFERRED_XML_PARSERS:
        feedparser.api.PREFERRED_XML_PARSERS.insert(0, __name__)
