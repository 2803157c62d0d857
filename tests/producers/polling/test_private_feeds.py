"""A secret in a feed's address is used to ask for the feed, and is in nothing else that a producer says or sends."""

import asyncio
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from loopback import Asked, Reply, Site
from poll_bench import LONG, NOW, Bench, extract, feed_of

from producers.fetch import FetchError
from producers.parse import parse_feed
from producers.polling.health import judge
from producers.polling.poller import Poller
from producers.polling.scheduler import PollScheduler
from runtime.memory import MemoryLog
from schemas.article import Article
from schemas.feed import Feed, FeedState
from schemas.outcome import Output
from schemas.topics import FEEDS, FEEDSTATE

SECRET = "S3CRETs3cret1234"
LOGIN = f"Basic {b64encode(f'user:{SECRET}'.encode()).decode()}"
NEWS = feed_of(f"2 Two|{LONG}", "1 One|In short.")


def _with(site: Site, url: str) -> str:
    return url.replace("SITE", f"127.0.0.1:{site.port}")


def _guarded(reply: Reply) -> "Reply | object":
    def page(asked: Asked) -> Reply:
        is_let_in = asked.headers.get("authorization") == LOGIN or SECRET in asked.path
        return reply if is_let_in else Reply(401)

    return page


@pytest.fixture(params=[f"http://user:{SECRET}@SITE/feed", f"http://SITE/feed?a=1&token={SECRET}"])
def bench(site: Site, request: pytest.FixtureRequest) -> Bench:
    site.pages["/feed"] = _guarded(Reply(200, NEWS))  # type: ignore[assignment]  # it is a function of the request
    bench = Bench(site)
    bench.feed = Feed(url=_with(site, request.param), added=NOW)
    bench.log = MemoryLog()
    bench.publish = bench.log.publish
    bench.log.publish([Output(FEEDS, bench.feed)])
    return bench


def _sent(bench: Bench) -> str:
    """All that was sent but the list of feeds, from which only producers read."""
    return "".join(repr(output.record) for output in bench.log.sent if output.topic is not FEEDS)


def test_the_feed_is_read_and_its_articles_do_not_say_how(bench: Bench) -> None:
    result = bench.poll()
    assert (result.became, result.new) == ("read", 2)
    assert {article.feed for article in bench.articles} == {bench.feed.url}
    assert SECRET not in bench.feed.url
    assert SECRET not in _sent(bench) + repr(result) + repr(bench.feed)


TROUBLE = [
    Reply(500),
    Reply(404),
    Reply(401),
    Reply(200, b"no feed"),
    Reply(302, headers={"Location": "/feed"}),
    Reply(302, headers={"Location": "ftp://h/"}),
    Reply(302, headers={"Location": "http://169.254.1.1/"}),
    Reply(200, b"x", {"Content-Encoding": "gzip"}),
    Reply(200, b"x" * 6_000_000),
    Reply(410),
]


@pytest.mark.parametrize("reply", TROUBLE, ids=str)
def test_no_trouble_makes_it_say_the_secret(bench: Bench, reply: Reply) -> None:
    reply = replace(reply, headers=dict(reply.headers))
    bench.site.pages["/feed"] = reply
    result = bench.poll()
    assert result.became in ("failed", "gone")
    health = judge(bench.feed, result.memory or FeedState(url=bench.feed.url), NOW)
    assert SECRET not in _sent(bench) + repr(result) + repr(health)


@pytest.mark.parametrize(
    "url",
    [
        f"http://user:{SECRET}@127.0.0.1:x/",
        f"http://user:{SECRET}@[::1/",
        f"http://user:{SECRET}/{SECRET}@h/",
        f"http://user:{SECRET}@127.0.0.1:1/feed",
        f"http://user:{SECRET}@10.0.0.1/",
        f"http://user:{SECRET}@h\x7f/",
        f"ftp://user:{SECRET}@h/",
        f"http://user:{SECRET}@/",
    ],
)
def test_an_address_that_cannot_be_asked_is_told_without_it(bench: Bench, url: str) -> None:
    async def ask(poller: Poller) -> str:
        with pytest.raises(FetchError) as told:
            await poller.fetch(url)
        return str(told.value)

    told = bench.run(ask)
    assert told
    assert SECRET not in told


def test_the_pages_of_a_closed_site_are_asked_with_the_same_login_and_no_others(site: Site) -> None:
    site.pages["/feed"] = Reply(200, NEWS)
    site.pages["/a/1"] = _guarded(Reply(200, LONG.encode()))  # type: ignore[assignment]  # as above
    bench = Bench(site)
    bench.feed = Feed(url=_with(site, f"http://user:{SECRET}@SITE/feed"))
    bench.poll()
    assert bench.articles[0].text.strip() == LONG.strip()
    assert SECRET not in _sent(bench)


def test_links_in_which_the_publisher_repeats_the_token_do_not_show_it(site: Site) -> None:
    async def real(body: bytes, url: str, headers: object) -> object:
        return parse_feed(body, url, {})

    item = f"<item><title>T</title><link>/1?reader={SECRET}&amp;id=1</link><description>{LONG}</description></item>"
    site.pages["/feed"] = Reply(200, f"<rss><channel><title>T</title>{item}</channel></rss>".encode())
    bench = Bench(site)
    bench.feed = Feed(url=f"{site.url}/feed?token={SECRET}")

    async def main() -> None:
        poller = Poller(
            publish=bench.publish,
            state=bench.log,
            parse=real,  # type: ignore[arg-type]  # as parse has it
            extract=extract,
            settings=bench.settings,
        )
        await poller.poll_once(bench.feed)
        await poller.close()

    asyncio.run(main())
    assert bench.articles[0].url == f"{site.url}/1?id=1"
    assert SECRET not in _sent(bench)


def test_a_feed_that_moved_takes_its_login_along_and_shows_it_nowhere(bench: Bench) -> None:
    bench.site.pages["/feed"] = Reply(301, headers={"Location": f"/new?token={SECRET}"})
    bench.site.pages["/new"] = _guarded(Reply(200, NEWS))  # type: ignore[assignment]  # as above
    assert bench.poll().became == "moved"
    [moved] = [feed for feed in bench.listed().values() if not feed.deleted]
    assert moved.url == f"{bench.site.url}/new"
    bench.now += timedelta(hours=1)
    assert bench.poll(moved).became == "unchanged"
    assert SECRET not in _sent(bench)


def test_what_an_earlier_version_stored_whole_goes_on_without_a_new_article(bench: Bench) -> None:
    whole = bench.feed.asked_at
    before = Feed.model_construct(url=whole, origin=None, added=NOW)
    bench.log = MemoryLog()
    bench.publish = bench.log.publish
    bench.feed = before.model_copy(update={"private": whole, "url": whole})
    bench.poll()
    first = {article.id for article in bench.articles}
    memory = bench.state(whole).model_copy(update={"url": whole, "error": f"{whole}: it was away", "next_poll": None})
    bench.log.publish([Output(FEEDS, before), Output(FEEDSTATE, memory)])
    sent = len(bench.log.sent)

    async def main(poller: Poller) -> None:
        stop = asyncio.Event()
        poller.sleep = asyncio.sleep
        poller.on_state = lambda _feed, _state: stop.set()
        await PollScheduler(poller).run(stop)

    bench.site.pages["/feed"] = Reply(200, feed_of(f"3 Three|{LONG}") + b"\n" + NEWS.partition(b"\n")[2])
    bench.run(main)
    new = [output.record for output in bench.log.sent[sent:]]
    assert [record.title for record in new if isinstance(record, Article)] == ["Three"]
    assert len(first) == 2
    [feed] = [feed for feed in bench.listed().values() if not feed.deleted]
    assert (feed.asked_at, feed.origin) == (whole, whole)
    assert SECRET not in feed.url + repr(bench.state(feed.url))


def test_a_feed_without_a_secret_is_stored_as_ever() -> None:
    feed = Feed(url="https://h.example/@us/feed?key=politics", tags=("a",))
    assert feed.model_dump(exclude_defaults=True) == {"url": "https://h.example/@us/feed?key=politics", "tags": ("a",)}
