"""Which kind of feed the bytes are, and then the one reader for it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from producers.parse.decode import decode
from producers.parse.feed import Entry, FeedError, ParsedFeed
from producers.parse.jsonfeed import parse_jsonfeed
from producers.parse.sitemap import parse_sitemap
from producers.parse.syndication import parse_syndication
from producers.parse.tree import MAX_BYTES, local_name, read_tree

NO_HEADERS: Mapping[str, str] = {}


def parse_feed(body: bytes, url: str, headers: Mapping[str, str] = NO_HEADERS) -> ParsedFeed:
    """Read a feed of any known format; `url` is where it was fetched, to resolve links against.

    Raises FeedError with one clear line for what is no feed.
    """
    if len(body) > MAX_BYTES:
        raise FeedError(f"{len(body)} bytes, more than {MAX_BYTES}", url, "refused: too large for a feed")
    text = decode(body, headers)
    if not text.strip():
        raise FeedError("empty", url, "check the address, or try later")
    if text.lstrip().startswith(("{", "[")):
        feed = parse_jsonfeed(text, url)
    else:
        feed = _parse_tree(read_tree(text, url), url, headers)
    return replace(feed, entries=_mark_repeated(feed.entries))


def _parse_tree(root: etree._Element, url: str, headers: Mapping[str, str]) -> ParsedFeed:
    name = local_name(root)
    if name == "html":
        todo = "give the feed's own address (`wirewatch feeds add` finds it from the site's)"
        raise FeedError("an HTML page, no feed", url, todo)
    if name == "sitemapindex":
        raise FeedError("an index of sitemaps, no feed", url, "give the address of its news sitemap")
    if name == "urlset":
        return parse_sitemap(root, url)
    return parse_syndication(root, url, headers)


def _mark_repeated(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """A guid or a link that several different entries share is the identity of none of them."""
    guids = _repeated(entries, lambda entry: entry.guid, lambda entry: (entry.link, entry.title))
    links = _repeated(entries, lambda entry: entry.link, lambda entry: (entry.guid, entry.title))
    if not guids and not links:
        return tuple(entries)
    return tuple(
        replace(entry, guid_repeats=entry.guid in guids, link_repeats=entry.link in links) for entry in entries
    )


def _repeated(
    entries: Sequence[Entry], key: Callable[[Entry], str | None], rest: Callable[[Entry], object]
) -> set[str | None]:
    """Keys that entries have in common whose rest differs: the same entry twice is no repetition."""
    distinct = {(key(entry), rest(entry)) for entry in entries}
    counts = Counter(value for value, _ in distinct)
    return {value for value, count in counts.items() if value and count > 1}
