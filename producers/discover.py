"""A site's address -> the feeds that it has, each fetched and read before it is offered.

Looks, in this order: the address itself, what its page names, where feeds usually are, news sitemaps.
Parses nothing itself but the page's links; what is a feed, `parse` decides.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from producers.fetch import Fetch, FetchError, NotModified
from producers.fetch.ssrf import Refused, check_url
from producers.parse import FeedError, ParsedFeed

Parse = Callable[[bytes, str, Mapping[str, str]], Awaitable[ParsedFeed]]

FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
    }
)
# Where WordPress, Blogger, Hugo, Jekyll, Ghost, Drupal and hand-made sites put theirs.
USUAL_PATHS = (
    "/feed/",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/rss",
    "/rss/",
    "/feeds/posts/default",
    "/feed.json",
    "/news/rss.xml",
)
NEWS_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml")
# Requests for one site: a person waits, and the site did not ask for our visit.
MOST = 25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that was read. `found` says how it was found, in words."""

    url: str
    title: str
    entries: int
    found: str


async def discover(url: str, fetch: Fetch, parse: Parse) -> list[Candidate]:
    """The feeds of a site, best first; empty where none is found. Raises FetchError for `url` itself."""
    start = url if "://" in url else f"https://{url}"
    search = _Search(fetch, parse)
    answer = await fetch(start)
    assert not isinstance(answer, NotModified)
    if itself := await search.read(answer.body, answer.url, answer.headers, "the address itself"):
        return [itself]
    await search.visit(_named(answer.body, answer.url), "named by the page")
    if not search.found:
        await search.visit(_linked(answer.body, answer.url), "linked from the page")
    if not search.found:
        await search.visit((urljoin(answer.url, path) for path in USUAL_PATHS), "in a usual place")
    if not search.found:
        await search.visit(await search.sitemaps(answer.url), "a news sitemap")
    return search.found


class _Search:
    def __init__(self, fetch: Fetch, parse: Parse) -> None:
        self._fetch = fetch
        self._parse = parse
        self._asked: set[str] = set()
        self.found: list[Candidate] = []

    async def visit(self, urls: Iterator[str], how: str) -> None:
        for url in urls:
            if url in self._asked or len(self._asked) >= MOST:
                continue
            self._asked.add(url)
            try:
                answer = await self._fetch(url)
            except FetchError:
                continue
            if isinstance(answer, NotModified) or any(known.url == answer.url for known in self.found):
                continue
            if candidate := await self.read(answer.body, answer.url, answer.headers, how):
                self.found.append(candidate)

    async def read(self, body: bytes, url: str, headers: Mapping[str, str], how: str) -> Candidate | None:
        try:
            feed = await self._parse(body, url, headers)
        except FeedError:
            return None
        # a sitemap of everything is a feed of nothing: only entries make one
        return Candidate(url, feed.title, len(feed.entries), how) if feed.entries else None

    async def sitemaps(self, url: str) -> Iterator[str]:
        """The site's sitemaps that call themselves news, by robots.txt, and the usual names."""
        try:
            answer = await self._fetch(urljoin(url, "/robots.txt"))
            lines = [] if isinstance(answer, NotModified) else answer.body.decode("utf-8", "replace").splitlines()
        except FetchError:
            lines = []
        named = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("sitemap:")]
        news = [sitemap for sitemap in named if "news" in urlsplit(sitemap).path.lower()]
        return iter([*news, *(urljoin(url, path) for path in NEWS_SITEMAPS)])


def _named(html: bytes, url: str) -> Iterator[str]:
    """What the page names as its alternates, in its order."""
    page, url = _page(html, url)
    for link in page:
        if link.tag != "link":
            continue
        rels = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if ("alternate" in rels and kind in FEED_TYPES) or "feed" in rels:
            yield from _absolute(url, link.get("href"))


def _linked(html: bytes, url: str) -> Iterator[str]:
    """Links whose own words say that they lead to a feed."""
    page, url = _page(html, url)
    for link in page:
        if link.tag != "a":
            continue
        href = (link.get("href") or "").lower()
        words = set(href.replace("/", " ").replace(".", " ").replace("-", " ").replace("?", " ").split())
        if words & {"rss", "feed", "feeds", "atom", "rdf"}:
            yield from _absolute(url, link.get("href"))


def _page(html: bytes, url: str) -> tuple[list[lxml.html.HtmlElement], str]:
    """A page's elements, and the address that its links are relative to: the first <base>'s, where it has one."""
    try:
        page = lxml.html.fromstring(html)
    except (etree.LxmlError, ValueError):
        return [], url
    first = next((one.get("href") for one in page.iter("base") if one.get("href") is not None), None)
    return list(page.iter("link", "a")), next(_absolute(url, first), url)


def _absolute(url: str, href: str | None) -> Iterator[str]:
    if not href:
        return
    try:
        target = urljoin(url, href.strip())
        check_url(target)
    except (Refused, ValueError):
        return
    yield target
