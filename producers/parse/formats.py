"""Which kind of feed the bytes are, and then the one reader for it."""

from collections.abc import Mapping

from producers.parse.feed import ParsedFeed
from producers.parse.syndication import parse_syndication

NO_HEADERS: Mapping[str, str] = {}


def parse_feed(body: bytes, url: str, headers: Mapping[str, str] = NO_HEADERS) -> ParsedFeed:
    """Read a feed of any known format; `url` is where it was fetched, to resolve links against.

    Raises FeedError with one clear line for what is no feed.
    """
    return parse_syndication(body, url, headers)
