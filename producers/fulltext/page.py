"""What a page says: plain values that travel between processes. Knows nothing of how they were found."""

from dataclasses import dataclass
from datetime import datetime


class PageError(Exception):
    """A page whose text cannot be taken: one clear line."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `wall` names what stands before the text, or in its place, if anything does."""

    text: str = ""
    title: str | None = None
    published: datetime | None = None
    """The day, at midnight UTC: pages seldom say more that can be trusted."""
    url: str | None = None
    """The canonical address that the page claims."""
    language: str | None = None
    wall: str | None = None
    """paywall; consent or robot; unrelated, where the page says nothing of what its feed says."""
    article: bool = False
    """The page's markup says that it is an article."""

    repeated: bool = False
    """Another address of the host answered with the same text."""

    transcript: bool = False
    """It is what was said in a recording, which the feed itself names: never another page."""

    @property
    def is_article(self) -> bool:
        """Whether the text may be taken for the article's."""
        return self.wall in (None, "paywall")
