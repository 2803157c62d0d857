"""A podcast's transcript is fetched as a page is, and is its article's text."""

import asyncio
import re
from collections.abc import Mapping

import pytest
from loopback import Reply, Site
from poll_bench import Bench, extract

from producers.fulltext import Page, transcript
from producers.parse import ParsedFeed, parse_feed
from producers.polling.poller import Poller

SAID = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Quay>Nothing that the notes say.\n"
NOTES = "In this episode we talk to the harbour master. " * 60
FEED = """<rss version="2.0" xmlns:PC="https://podcastindex.org/namespace/1.0"><channel><title>Quay talk</title>
<item><title>Episode 3</title><guid isPermaLink="false">3</guid><description>{notes}</description>
<enclosure url="/3.mp3" type="audio/mpeg" length="1"/>
<PC:transcript url="/3.txt" type="text/plain"/><PC:transcript url="/3.vtt" type="text/vtt" language="en"/>
<PC:transcript url="/3.html" type="text/html"/></item></channel></rss>"""


async def parse(body: bytes, url: str, headers: Mapping[str, str]) -> ParsedFeed:
    return parse_feed(body, url, headers)


async def transcribe(body: bytes, kind: str) -> Page:
    return transcript(body, kind)


@pytest.fixture
def bench(site: Site) -> Bench:
    site.pages["/feed"] = Reply(200, FEED.format(notes="Notes.").encode())
    site.pages["/3.vtt"] = Reply(200, SAID.encode())
    return Bench(site)


def _poll(bench: Bench) -> None:
    async def main() -> None:
        poller = Poller(
            publish=bench.publish,
            state=bench.log,
            parse=parse,
            extract=extract,
            transcribe=transcribe,
            settings=bench.settings,
        )
        try:
            await poller.poll_once(bench.feed)
        finally:
            await poller.close()

    asyncio.run(main())


def test_the_form_that_says_who_speaks_is_asked_for_as_robots_txt_allows(bench: Bench) -> None:
    _poll(bench)
    assert bench.site.paths() == ["/feed", "/robots.txt", "/3.vtt"]
    [article] = bench.articles
    assert (article.title, article.text) == ("Episode 3", "Ada Quay: Nothing that the notes say.")


def test_where_robots_txt_forbids_it_the_notes_are_the_text(bench: Bench) -> None:
    bench.site.pages["/robots.txt"] = Reply(200, b"User-agent: *\nDisallow: /3.vtt")
    _poll(bench)
    assert bench.site.paths() == ["/feed", "/robots.txt"]
    assert [article.text for article in bench.articles] == ["Notes."]


def test_one_that_the_feed_names_later_than_its_episode_makes_a_new_revision(bench: Bench) -> None:
    whole = FEED.format(notes="Notes.")
    bench.site.pages["/feed"] = Reply(200, re.sub("<PC:transcript[^>]*>", "", whole).encode())
    _poll(bench)
    bench.site.pages["/feed"] = Reply(200, whole.encode())
    _poll(bench)
    _poll(bench)
    assert [article.text for article in bench.articles] == ["Notes.", "Ada Quay: Nothing that the notes say."]
    assert len({article.id for article in bench.articles}) == 1


def test_long_notes_do_not_keep_it_from_being_asked(bench: Bench) -> None:
    bench.site.pages["/feed"] = Reply(200, FEED.format(notes=NOTES).encode())
    bench.site.pages["/3.vtt"] = Reply(200, SAID.replace("say.", f"say. {NOTES * 3}").encode())
    _poll(bench)
    assert bench.articles[0].text.startswith("Ada Quay: Nothing that the notes say.")
