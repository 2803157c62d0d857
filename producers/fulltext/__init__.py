"""A page's HTML -> its text, title, date and canonical address.

Pure and synchronous, for a child that can be killed. Knows nothing of feeds; which text wins, the page's
or the feed's, producers.article.build decides.
"""

from collections.abc import Callable

from producers.fulltext.extract import extract
from producers.fulltext.page import Page, PageError
from producers.fulltext.repeated import RepeatedTexts
from producers.fulltext.transcript import transcript
from producers.fulltext.walls import judged

__all__ = ["ExtractNow", "Page", "PageError", "RepeatedTexts", "extract", "judged", "transcript"]

ExtractNow = Callable[[bytes | str, str | None], Page]
"""HTML and its address -> its text: `extract`, or that in a child. Raises PageError where it takes too much."""
