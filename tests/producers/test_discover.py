"""From a site's address to its feeds, each read before it is offered."""

import asyncio
from collections.abc import Mapping

import pytest
from loopback import Reply, Site

from producers.discover import MOST, Candidate, discover
from producers.fetch import Fetcher, FetchError
from producers.parse import ParsedFeed, parse_feed

FEED = b"""<rss version="2.0"><channel><title>Town news</title><link>http://h.example/</link>
<item><title>One</title><link>http://h.example/1</link></item></channel></rss>"""


def found(url: str) -> list[Candidate]:
    async def parse(body: bytes, where: str, headers: Mapping[str, str]) -> ParsedFeed:
        return parse_feed(body, where, headers)

    async def run() -> list[Candidate]:
        async with Fetcher(agent="test", allow_hosts=("127.0.0.1",)) as fetcher:
            return await discover(url, fetcher, parse)

    return asyncio.run(run())


def page(body: str) -> Reply:
    return Reply(200, f"<html><head><title>Town</title></head><body>{body}</body></html>".encode())


def test_a_feeds_own_address_is_its_own_answer(site: Site) -> None:
    site.pages["/any"] = Reply(200, FEED)
    assert found(f"{site.url}/any") == [Candidate(f"{site.url}/any", "Town news", 1, "the address itself")]


def test_what_the_page_names_is_found_and_what_is_no_feed_is_left_out(site: Site) -> None:
    site.pages["/"] = page(
        '<link rel="alternate" type="application/rss+xml" href="/a.xml">'
        '<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="b.xml">'
        '<link rel="alternate" type="application/rss+xml" href="/broken.xml">'
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">'
        '<link rel="alternate" hreflang="de" href="/de">'
        '<link rel="stylesheet" type="text/css" href="/style.css">'
    )
    site.pages["/a.xml"] = site.pages["/b.xml"] = Reply(200, FEED)
    site.pages["/broken.xml"] = Reply(200, b"<html>no feed</html>")
    assert [one.url for one in found(f"{site.url}/")] == [f"{site.url}/a.xml", f"{site.url}/b.xml"]
    assert "/de" not in site.paths()


def test_links_that_say_feed_are_followed(site: Site) -> None:
    site.pages["/"] = page('<a href="/about">About</a> <a href="/service/rss">Feeds</a>')
    site.pages["/service/rss"] = Reply(200, FEED)
    assert [(one.url, one.found) for one in found(site.url)] == [(f"{site.url}/service/rss", "linked from the page")]


def test_usual_places_are_tried_where_the_page_is_silent(site: Site) -> None:
    site.pages["/news"] = page("nothing here")
    site.pages["/feed.xml"] = Reply(200, FEED)
    assert [(one.url, one.found) for one in found(f"{site.url}/news")] == [(f"{site.url}/feed.xml", "in a usual place")]


def test_a_news_sitemap_is_found_by_robots_txt(site: Site) -> None:
    site.pages["/"] = page("nothing here")
    site.pages["/robots.txt"] = Reply(200, f"Sitemap: {site.url}/all.xml\nSitemap: {site.url}/my-news.xml".encode())
    site.pages["/my-news.xml"] = Reply(200, FEED)
    assert [one.found for one in found(site.url)] == ["a news sitemap"]
    assert "/all.xml" not in site.paths()


def test_nothing_found_is_an_empty_list_after_a_bounded_number_of_requests(site: Site) -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{number}">' for number in range(99))
    site.pages["/"] = page(links)
    assert found(site.url) == []
    assert len(site.asked) <= MOST + 2


def test_a_site_that_is_not_there_says_so() -> None:
    with pytest.raises(FetchError, match=r"no-such-name\.invalid"):
        found("http://no-such-name.invalid/")


@pytest.mark.parametrize(
    ("base", "href", "path"),
    [
        ("/sub/", "news.xml", "/sub/news.xml"),
        ("sub/page.html", "news.xml", "/sub/news.xml"),
        ("/sub/", "/news.xml", "/news.xml"),
        ("javascript:0", "news.xml", "/news.xml"),
        ("", "news.xml", "/news.xml"),
    ],
)
@pytest.mark.parametrize("tag", ['<link rel="alternate" type="application/rss+xml" href="{}">', '<a href="{}">RSS</a>'])
def test_links_are_relative_to_the_pages_base(site: Site, base: str, href: str, path: str, tag: str) -> None:
    href = href.replace("news", "news.rss")
    path = path.replace("news", "news.rss")
    body = f'<html><head><base href="{base}"><base href="/other/"></head><body>{tag.format(href)}</body></html>'
    site.pages["/"] = Reply(200, body.encode())
    site.pages[path] = Reply(200, FEED)
    assert [one.url for one in found(f"{site.url}/")] == [f"{site.url}{path}"]
