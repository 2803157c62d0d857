"""robots.txt: obeyed for pages, asked once a day, and missing or broken as RFC 9309 has it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from loopback import Asked, Reply, Site

from producers.fetch import Fetcher
from producers.politeness.robots import LONGEST_DELAY_S, Robots, Verdict

START = datetime(2026, 11, 23, tzinfo=UTC)


class Asking:
    """Verdicts on paths of a site, with a clock that the test moves."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.now = START

    def __call__(self, *paths: str, then: timedelta = timedelta()) -> list[Verdict]:
        async def run() -> list[Verdict]:
            verdicts = []
            async with Fetcher(agent="wirewatch/0", allow_hosts=("127.0.0.1",)) as fetcher:
                robots = Robots(fetcher, lambda: self.now)
                for path in paths:
                    verdicts.append(await robots.verdict(f"{self.site.url}{path}"))
                    self.now += then
            return verdicts

        return asyncio.run(run())


@pytest.fixture
def asking(site: Site) -> Asking:
    return Asking(site)


def test_rules_are_obeyed_with_wildcards(site: Site, asking: Asking) -> None:
    site.pages["/robots.txt"] = Reply(
        200, b"User-agent: *\nDisallow: /private/\nAllow: /private/open\nDisallow: /*?print=\nCrawl-delay: 7"
    )
    verdicts = asking("/a", "/private/x", "/private/open", "/a?print=1")
    assert [one.allowed for one in verdicts] == [True, False, True, False]
    assert verdicts[0].delay_s == 7


def test_rules_for_us_by_name_come_before_those_for_all(site: Site, asking: Asking) -> None:
    site.pages["/robots.txt"] = Reply(200, b"User-agent: *\nDisallow: /\n\nUser-agent: Wirewatch\nDisallow: /no\n")
    assert [one.allowed for one in asking("/a", "/no")] == [True, False]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (401, True), (500, False), (429, False)])
def test_without_rules(site: Site, asking: Asking, status: int, allowed: bool) -> None:
    site.pages["/robots.txt"] = Reply(status)
    assert asking("/a")[0].allowed is allowed


def test_asked_once_a_day(site: Site, asking: Asking) -> None:
    site.pages["/robots.txt"] = Reply(200, b"User-agent: *\nDisallow: /no")
    asking(*["/a"] * 4, then=timedelta(hours=10))
    assert site.paths() == ["/robots.txt"] * 2


def test_a_fault_is_asked_again_within_the_hour(site: Site, asking: Asking) -> None:
    answers = iter([Reply(500), Reply(200, b"")])

    def page(_asked: Asked) -> Reply:
        return next(answers)

    site.pages["/robots.txt"] = page
    assert [one.allowed for one in asking("/a", "/a", "/a", then=timedelta(minutes=40))] == [False, False, True]


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"<html>not found</html>", b"Disallow\n:::\nUser-agent", b""])
def test_nonsense_allows_all(site: Site, asking: Asking, body: bytes) -> None:
    site.pages["/robots.txt"] = Reply(200, body)
    assert asking("/a") == [Verdict(True)]


def test_no_delay_is_endless(site: Site, asking: Asking) -> None:
    site.pages["/robots.txt"] = Reply(200, b"User-agent: *\nCrawl-delay: 86400")
    assert asking("/a")[0].delay_s == LONGEST_DELAY_S
