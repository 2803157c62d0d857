"""Which kind of feed the bytes are, and then the one reader for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree

from producers.parse.decode import decode
from producers.parse.feed import Entry, FeedError, ParsedFeed
from producers.parse.jsonfeed import beginning_of, parse_jsonfeed
from producers.parse.shorten import MAX_BODY, MAX_BYTES, is_json, shorten
from producers.parse.sitemap import parse_sitemap
from producers.parse.syndication import parse_syndication
from producers.parse.tree import local_name, read_tree

NO_HEADERS: Mapping[str, str] = {}


def parse_feed(body: bytes, url: str, headers: Mapping[str, str] = NO_HEADERS) -> ParsedFeed:
    """Read a feed of any known format; `url` is where it was fetched, to resolve links against.

    Raises FeedError with one clear line for what is no feed.
    """
    short = shorten(body)
    if len(short.body) > MAX_BODY or (len(short.body) > MAX_BYTES and not is_json(short.body)):
        raise FeedError(f"{len(body)} bytes, more than {MAX_BYTES}", url, "refused: too large for a feed")
    text = decode(short.body, headers)
    if not text.strip():
        raise FeedError("empty", url, "check the address, or try later")
    if text.lstrip().startswith(("{", "[")):
        feed = parse_jsonfeed(text, url)
    elif (start := beginning_of(text)) is not None:
        feed = parse_jsonfeed(text[start:], url)
    else:
        tree = read_tree(text, url)
        feed = _parse_tree(tree.root, url, headers)
        # feedparser stumbles over an entry now and then; a sitemap has entries that are no news, which are none of ours
        unread = 0 if local_name(tree.root) == "urlset" else max(0, tree.entries - len(feed.entries))
        feed = replace(feed, lost=tree.lost + unread)
    return replace(feed, entries=_mark_repeated(feed.entries), lost=feed.lost + short.lost)


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
    """A guid or a link that different entries share is the identity of none of them.

    Links that differ in a fragment alone name one page.
    """
    links = [entry.link.partition("#")[0] if entry.link else None for entry in entries]
    guids = [entry.guid for entry in entries]
    says = [entry.title or entry.summary for entry in entries]
    shared_guids = _shared(guids, links, says)
    shared_links = _shared(links, guids, says)
    return tuple(
        replace(entry, guid_repeats=guid in shared_guids, link_repeats=link in shared_links)
        if guid in shared_guids or link in shared_links
        else entry
        for entry, guid, link in zip(entries, guids, links, strict=True)
    )


def _shared(keys: Sequence[str | None], others: Sequence[str | None], says: Sequence[str]) -> set[str | None]:
    """Keys of entries that say different things and have different other keys, or none: not of one shown twice."""
    groups: dict[str | None, tuple[set[str | None], set[str]]] = defaultdict(lambda: (set(), set()))
    for key, other, said in zip(keys, others, says, strict=True):
        groups[key][0].add(other)
        groups[key][1].add(said)
    return {
        key for key, (other, said) in groups.items() if key and len(said) > 1 and (len(other) > 1 or other == {None})
    }
