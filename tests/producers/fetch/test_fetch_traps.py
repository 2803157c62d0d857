"""What a hostile or broken server can do to a fetch: each trap on a real socket, each ends in one line."""

import asyncio
import gzip
import random
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import brotli
import pytest
import zstandard
from loopback import Asked, Reply, Site

from producers.fetch import Fetcher, FetchError, Limits, NotModified, Response

SMALL = Limits(body_bytes=100_000, total_s=5.0, connect_s=2.0, redirects=5)


def fetch(
    url: str, allow: tuple[str, ...] = ("127.0.0.1",), limits: Limits = SMALL, **conditions: str
) -> Response | NotModified:
    async def run() -> Response | NotModified:
        async with Fetcher(agent="test", limits=limits, allow_hosts=allow) as fetcher:
            return await fetcher(url, **conditions)  # type: ignore[arg-type]  # etag, modified

    return asyncio.run(run())


def refused(url: str, **more: object) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, **more)  # type: ignore[arg-type]  # passed on as they are
    return str(caught.value)


def test_a_body_comes_with_its_headers_and_address(site: Site) -> None:
    site.pages["/feed"] = Reply(200, b"<rss/>", {"ETag": '"1"', "Cache-Control": "max-age=60"})
    answer = fetch(f"{site.url}/feed")
    assert isinstance(answer, Response)
    assert (answer.body, answer.url, answer.moved_to) == (b"<rss/>", f"{site.url}/feed", None)
    assert (answer.headers["etag"], answer.headers["cache-control"]) == ('"1"', "max-age=60")


def test_it_says_who_it_is_and_asks_only_for_what_it_can_count(site: Site) -> None:
    site.pages["/feed"] = Reply(200, b"x")
    fetch(f"{site.url}/feed")
    assert site.asked[0].headers["user-agent"] == "test"
    assert site.asked[0].headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "cookie" not in site.asked[0].headers


def test_conditions_are_sent_and_304_is_an_answer(site: Site) -> None:
    site.pages["/feed"] = Reply(304, headers={"Cache-Control": "max-age=5"})
    date = "Mon, 23 Nov 2026 00:00:00 GMT"
    answer = fetch(f"{site.url}/feed", etag='"1"', modified=date)
    assert isinstance(answer, NotModified)
    assert answer.headers["cache-control"] == "max-age=5"
    assert site.asked[0].headers["if-none-match"] == '"1"'
    assert site.asked[0].headers["if-modified-since"] == date


def test_a_304_nobody_asked_for_is_an_error(site: Site) -> None:
    site.pages["/feed"] = Reply(304)
    assert "304" in refused(f"{site.url}/feed")


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("gzip", gzip.compress(b"hello " * 50)),
        ("x-gzip", gzip.compress(b"hello " * 25) + gzip.compress(b"hello " * 25)),
        ("deflate", zlib.compress(b"hello " * 50)),
        ("deflate", zlib.compress(b"hello " * 50)[2:-4]),
        ("identity", b"hello " * 50),
        ("br", brotli.compress(b"hello " * 50)),
        ("zstd", zstandard.compress(b"hello " * 25) + zstandard.compress(b"hello " * 25)),
        ("gzip, br", brotli.compress(gzip.compress(b"hello " * 50))),
        ("gzip, gzip", gzip.compress(gzip.compress(b"hello " * 50))),
        ("gzip", gzip.compress(gzip.compress(b"hello " * 50))),
        ("", gzip.compress(b"hello " * 50)),
        ("", zstandard.compress(b"hello " * 50)),
        ("br", gzip.compress(b"hello " * 50)),
        ("UTF-8", b"hello " * 50),
        ("aws-chunked,gzip", gzip.compress(b"hello " * 50)),
        ("gzip", b"hello " * 50),
        ("zstd", b"hello " * 50),
        ("gzip;q=1.0", gzip.compress(b"hello " * 50) + b"<!-- cached -->"),
        ("gzip", gzip.compress(b"hello " * 50) + b"\0" * 512),
        ("gzip", gzip.compress(b"hello " * 50) + b"\x1f\x8b no member"),
    ],
)
def test_packed_bodies_are_unpacked(site: Site, name: str, packed: bytes) -> None:
    site.pages["/feed"] = Reply(200, packed, {"Content-Encoding": name})
    answer = fetch(f"{site.url}/feed")
    assert isinstance(answer, Response)
    assert answer.body == b"hello " * 50


@pytest.mark.parametrize("name", ["br", "deflate"])
def test_text_that_is_said_to_be_packed_is_text(site: Site, name: str) -> None:
    site.pages["/feed"] = Reply(200, b"\xef\xbb\xbf\n<?xml version='1.0'?><rss/>", {"Content-Encoding": name})
    answer = fetch(f"{site.url}/feed")
    assert isinstance(answer, Response)
    assert answer.body.endswith(b"<rss/>")


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", lambda data: gzip.compress(data, compresslevel=1)),
        ("", lambda data: gzip.compress(data, compresslevel=1)),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data, compresslevel=1), compresslevel=1)),
        ("br", lambda data: brotli.compress(data, quality=1)),
        ("zstd", zstandard.compress),
    ],
)
def test_a_bomb_bursts_at_the_cap(site: Site, name: str, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(b"\0" * 100_000_000)
    assert len(bomb) < 1_000_000
    site.pages["/feed"] = Reply(200, bomb, {"Content-Encoding": name})
    assert "over 100,000 bytes" in refused(f"{site.url}/feed")


@pytest.mark.parametrize("packed", [b"<item/>" * 1000, zstandard.compress(random.Random(1).randbytes(7000))])
def test_an_endless_body_is_cut_off(site: Site, packed: bytes) -> None:
    def forever() -> Iterator[bytes]:
        while not site.stopping.is_set():
            yield packed

    site.pages["/feed"] = Reply(200, pieces=forever())
    assert "over 100,000 bytes" in refused(f"{site.url}/feed")


def test_a_dripping_body_meets_the_deadline(site: Site) -> None:
    def drips() -> Iterator[bytes]:
        while not site.stopping.wait(0.05):
            yield b"x"

    site.pages["/feed"] = Reply(200, pieces=drips())
    line = refused(f"{site.url}/feed", limits=Limits(total_s=0.4))
    assert "not done within 0.4 s" in line


def test_a_broken_and_a_cut_body_are_errors(site: Site) -> None:
    site.pages["/broken"] = Reply(200, b"\x1f\x8b no gzip at all", {"Content-Encoding": "gzip"})
    site.pages["/cut"] = Reply(200, gzip.compress(b"hello" * 100)[:-12], {"Content-Encoding": "gzip"})
    site.pages["/odd"] = Reply(200, b"...", {"Content-Encoding": "br"})
    site.pages["/cut-too"] = Reply(200, brotli.compress(b"hello" * 100)[:-4], {"Content-Encoding": "br"})
    assert "broken" in refused(f"{site.url}/broken")
    assert "ends too early" in refused(f"{site.url}/cut")
    assert "ends too early" in refused(f"{site.url}/cut-too")
    assert "broken" in refused(f"{site.url}/odd")


def test_loopback_is_not_fetched_unless_its_name_is_allowed(site: Site) -> None:
    site.pages["/feed"] = Reply(200, b"secret")
    line = refused(f"{site.url}/feed", allow=())
    assert "loopback" in line
    assert "allow_hosts" in line
    assert "loopback" in refused(f"http://localhost:{site.port}/feed", allow=("127.0.0.1",))
    assert site.asked == []
    assert isinstance(fetch(f"{site.url}/feed", allow=(f"127.0.0.1:{site.port}",)), Response)


@pytest.mark.parametrize("address", ["2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_loopback_by_any_other_name(site: Site, address: str) -> None:
    refused(f"http://{address}:{site.port}/feed", allow=())
    assert site.asked == []


def test_a_redirect_to_loopback_is_not_followed(site: Site) -> None:
    site.pages["/feed"] = Reply(302, headers={"Location": f"http://127.0.0.2:{site.port}/inside"})
    site.pages["/inside"] = Reply(200, b"secret")
    assert "127.0.0.2, a loopback address" in refused(f"{site.url}/feed")
    assert site.paths() == ["/feed"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)"])
def test_a_redirect_out_of_the_web_is_not_followed(site: Site, target: str) -> None:
    site.pages["/feed"] = Reply(301, headers={"Location": target})
    line = refused(f"{site.url}/feed")
    assert f"{site.url}/feed redirects to" in line


def test_a_redirect_loop_ends(site: Site) -> None:
    site.pages["/a"] = Reply(302, headers={"Location": "/b"})
    site.pages["/b"] = Reply(302, headers={"Location": "/a"})
    assert "in a circle" in refused(f"{site.url}/a")
    assert site.paths() == ["/a", "/b"]


def test_a_chain_without_end_ends(site: Site) -> None:
    for number in range(9):
        site.pages[f"/{number}"] = Reply(302, headers={"Location": f"/{number + 1}"})
    assert "more than 5 times" in refused(f"{site.url}/0")
    assert len(site.asked) == 6


def test_an_address_has_moved_as_far_as_every_hop_was_permanent(site: Site) -> None:
    site.pages["/old"] = Reply(301, headers={"Location": "/new"})
    site.pages["/new"] = Reply(308, headers={"Location": "/newer"})
    site.pages["/newer"] = Reply(302, headers={"Location": "/today"})
    site.pages["/today"] = Reply(301, headers={"Location": "/end"})
    site.pages["/end"] = Reply(200, b"x")
    answer = fetch(f"{site.url}/old")
    assert isinstance(answer, Response)
    assert (answer.url, answer.moved_to) == (f"{site.url}/end", f"{site.url}/newer")


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500, 503, 599])
def test_a_status_becomes_a_line_that_says_what_to_do(site: Site, status: int) -> None:
    site.pages["/feed"] = Reply(status, headers={"Retry-After": "120"})
    with pytest.raises(FetchError) as caught:
        fetch(f"{site.url}/feed")
    assert caught.value.status == status
    assert caught.value.headers["retry-after"] == "120"
    assert str(caught.value).startswith(f"{site.url}/feed answered {status}")
    assert ": " in str(caught.value)


@pytest.mark.parametrize(
    "url", ["", "feed", "ftp://example.org/", "http://", "http:///x", "http://[::1", "http://a b/", "http://h:99999/"]
)
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    assert refused(url)


def test_nobody_there_and_no_such_name_are_errors_in_words(site: Site) -> None:
    site.close()
    assert "asked again later" in refused(f"{site.url}/feed")
    assert "asked again later" in refused("http://no-such-name.invalid/")


def test_the_checked_address_itself_is_dialled(site: Site) -> None:
    """A name that resolves to a public address first and to loopback then (DNS rebinding) gains nothing."""
    answers = iter([["203.0.113.7"], ["127.0.0.1"]])
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    async def run() -> None:
        limits = Limits(connect_s=0.2, total_s=0.5)
        async with Fetcher(agent="test", limits=limits, resolve=rebinding) as fetcher:
            await fetcher(f"http://news.example:{site.port}/feed")

    with pytest.raises(FetchError):
        asyncio.run(run())
    assert asked == ["news.example"]
    assert site.asked == []


def test_a_name_is_dialled_at_the_address_that_was_judged(site: Site) -> None:
    site.pages["/feed"] = Reply(200, b"x")

    async def loopback(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async def run() -> Response | NotModified:
        async with Fetcher(agent="test", resolve=loopback, allow_hosts=("no-such-name.invalid",)) as fetcher:
            return await fetcher(f"http://no-such-name.invalid:{site.port}/feed")

    assert isinstance(asyncio.run(run()), Response)
    assert site.asked[0].headers["host"] == f"no-such-name.invalid:{site.port}"


def test_the_deadline_is_over_all_hops_together(site: Site) -> None:
    def slow(asked: Asked) -> Reply:
        site.stopping.wait(0.3)
        return Reply(302, headers={"Location": f"/{int(asked.path[1:]) + 1}"})

    for number in range(5):
        site.pages[f"/{number}"] = slow
    assert "not done within 0.5 s" in refused(f"{site.url}/0", limits=Limits(total_s=0.5))
    assert len(site.asked) == 2


def test_one_bad_address_among_good_ones_refuses_the_host(site: Site) -> None:
    async def mixed(_host: str, _port: int) -> list[str]:
        return ["93.184.215.14", "127.0.0.1"]

    async def run() -> None:
        async with Fetcher(agent="test", resolve=mixed) as fetcher:
            await fetcher(f"http://news.example:{site.port}/feed")

    with pytest.raises(FetchError, match="loopback"):
        asyncio.run(run())


def test_every_hop_waits_at_its_hosts_gate(site: Site) -> None:
    site.pages["/a"] = Reply(302, headers={"Location": f"http://localhost:{site.port}/b"})
    site.pages["/b"] = Reply(200, b"x")
    passed: list[str] = []

    @asynccontextmanager
    async def gate(host: str) -> AsyncIterator[None]:
        passed.append(host)
        yield

    async def run() -> None:
        async with Fetcher(agent="test", allow_hosts=("127.0.0.1", "localhost"), gate=gate) as fetcher:
            await fetcher(f"{site.url}/a")

    asyncio.run(run())
    assert passed == ["127.0.0.1", "localhost"]


def test_a_form_is_posted(site: Site) -> None:
    site.pages["/hub"] = Reply(202)

    async def run() -> int:
        async with Fetcher(agent="test", allow_hosts=("127.0.0.1",)) as fetcher:
            return await fetcher.post(f"{site.url}/hub", {"hub.mode": "subscribe"})

    assert asyncio.run(run()) == 202
    assert (site.asked[0].method, site.asked[0].body) == ("POST", b"hub.mode=subscribe")
