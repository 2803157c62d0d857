"""All feeds for ever, in virtual time: which are polled, when, and what ends it."""

import asyncio
import itertools
import random
import threading
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from typing import Any

import pytest
from newsday.virtual_time import VirtualLoop, run

from producers.fetch import FetchError, NotModified, Response
from producers.fulltext import Page
from producers.parse import Entry, ParsedFeed
from producers.politeness.host_throttle import HostThrottle
from producers.polling.hosts import EveryHost, Watcher
from producers.polling.poller import Poller
from producers.polling.scheduler import PollScheduler
from producers.polling.settings import PollSettings
from runtime.memory import MemoryLog
from schemas.feed import Feed, FeedState
from schemas.outcome import Hold, Output
from schemas.topics import FEEDS, FEEDSTATE


class TownHosts(EveryHost):
    """Hosts that the test gives and takes."""

    def __init__(self) -> None:
        self.owned: Callable[[str], bool] = lambda _host: True
        self.changed: Watcher | None = None

    def mine(self, host: str) -> bool:
        return self.owned(host)

    def watch(self, changed: Watcher | None) -> None:
        self.changed = changed

    def tell(self, owned: Callable[[str], bool]) -> None:
        """As a group does, from another thread."""
        self.owned = owned
        assert self.changed is not None
        self.changed()


class Town:
    """A poller whose web is a function, and the polls that it made: (seconds, address)."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.loop = loop
        self.log = MemoryLog()
        self.polls: list[tuple[float, str]] = []
        self.ended: list[float] = []
        """When each was answered or given up."""
        self.broken: set[str] = set()
        self.retry_after: dict[str, str] = {}
        self.hosts = TownHosts()
        self.answers_after_s = 1.0
        self.feeds_every_s = 10.0
        self.stop = asyncio.Event()

    def add(self, *urls: str) -> None:
        self.log.publish([Output(FEEDS, Feed(url=url)) for url in urls])

    def remove(self, url: str) -> None:
        self.log.publish([Output(FEEDS, Feed(url=url, deleted=True))])

    async def fetch(
        self, url: str, *, etag: str | None = None, modified: str | None = None, **_: object
    ) -> Response | NotModified:
        self.polls.append((self.loop.time(), url))
        try:
            await asyncio.sleep(self.answers_after_s)
        finally:
            self.ended.append(self.loop.time())
        if url in self.retry_after:
            raise FetchError("429", status=429, headers={"retry-after": self.retry_after[url]})
        return Response(url, b"", {})

    async def parse(self, _body: bytes, url: str, _headers: Mapping[str, str]) -> ParsedFeed:
        if url in self.broken:
            raise ZeroDivisionError
        return ParsedFeed(entries=(Entry(guid="1", title="One", summary=url),))

    async def extract(self, _html: bytes, _url: str) -> Page:
        return Page()

    async def run(self, seconds: float) -> None:
        self.loop.call_later(seconds, self.stop.set)
        poller = Poller(
            publish=self.log.publish,
            state=self.log,
            parse=self.parse,
            extract=self.extract,
            clock=self.loop.now,
            settings=PollSettings(full_text=False, feeds_every_s=self.feeds_every_s),
            fetch=self.fetch,
            throttle=HostThrottle(5.0, seconds=self.loop.time),
            rng=random.Random(1),
        )
        await PollScheduler(poller, self.hosts).run(self.stop)

    def polled(self) -> set[str]:
        return {url for _, url in self.polls}


def away(*_: object, **__: object) -> Any:
    """Whatever is asked of the log."""
    raise Hold("the log is away")


def in_town(story: Callable[[Town], Coroutine[Any, Any, None]]) -> Town:
    async def main(loop: VirtualLoop) -> Town:
        town = Town(loop)
        await story(town)
        return town

    return run(main)


def test_all_feeds_are_polled_at_once_and_again() -> None:
    async def story(town: Town) -> None:
        town.add("http://a.example/f", "http://b.example/f")
        await town.run(24 * 3600)

    town = in_town(story)
    assert {url for seconds, url in town.polls if seconds < 1} == {"http://a.example/f", "http://b.example/f"}
    assert len(town.polls) >= 4


def test_a_feed_is_polled_when_it_is_due_and_not_when_the_list_is_read_again() -> None:
    async def story(town: Town) -> None:
        town.feeds_every_s = 86_400.0
        town.broken.add("http://a.example/f")  # due again after five minutes
        town.add("http://a.example/f")
        await town.run(400)

    town = in_town(story)
    assert [round(seconds) for seconds, _ in town.polls] == [0, 301]


def test_a_section_that_wants_rest_again_and_again_goes_after_the_others() -> None:
    async def story(town: Town) -> None:
        town.retry_after["http://a.example/1"] = "600"
        town.add(*(f"http://a.example/{number}" for number in range(1, 31)))
        for number in range(1, 31):
            peak = 1000.0 if number == 1 else 0.1  # the first to lose something is the one in trouble
            memory = FeedState(url=f"http://a.example/{number}", polled_at=town.loop.now(), window=10, peak=peak)
            town.log.publish([Output(FEEDSTATE, memory)])
        await town.run(3 * 3600)

    town = in_town(story)
    first = next(seconds for seconds, url in town.polls if url.endswith("/1"))
    assert len({url for seconds, url in town.polls if seconds < first + 900}) == 30


def test_a_feed_added_meanwhile_is_heard_and_a_removed_one_left() -> None:
    async def story(town: Town) -> None:
        town.add("http://a.example/f")
        town.loop.call_later(30, town.add, "http://b.example/f")
        town.loop.call_later(100, town.remove, "http://a.example/f")
        await town.run(12 * 3600)

    town = in_town(story)
    assert 30 <= next(seconds for seconds, url in town.polls if "b.example" in url) <= 41
    assert max(seconds for seconds, url in town.polls if "a.example" in url) <= 110


def test_feeds_of_one_host_are_polled_one_after_the_other() -> None:
    async def story(town: Town) -> None:
        town.add(*(f"http://a.example/{number}" for number in range(20)))
        await town.run(60)

    times = [seconds for seconds, _ in in_town(story).polls]
    assert len(times) == 20
    assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(times))


def test_a_feed_that_comes_back_is_polled_once_at_a_time() -> None:
    async def story(town: Town) -> None:
        town.add("http://a.example/f")
        for second in range(50, 1000, 50):
            town.loop.call_later(second, town.remove, "http://a.example/f")
            town.loop.call_later(second + 25, town.add, "http://a.example/f")
        await town.run(24 * 3600)

    async def calm(town: Town) -> None:
        town.add("http://a.example/f")
        await town.run(24 * 3600)

    assert len(in_town(story).polls) <= len(in_town(calm).polls) + 2


def test_of_two_feeds_that_wait_the_one_nearest_to_losing_something_goes_first() -> None:
    async def story(town: Town) -> None:
        urls = [f"http://a.example/{name}" for name in ("asleep", "fast", "slow")]
        now = town.loop.now()
        for url, peak in zip(urls, (0.0, 100.0, 1.0), strict=True):
            state = FeedState(url=url, polled_at=now, next_poll=now, window=10, peak=peak)
            town.log.publish([Output(FEEDSTATE, state)])
        town.add(*urls)
        await town.run(30)

    assert [url.rpartition("/")[2] for _, url in in_town(story).polls] == ["fast", "slow", "asleep"]


def test_a_schedule_survives_a_restart() -> None:
    async def story(town: Town) -> None:
        town.add("http://a.example/f")
        await town.run(60)
        before = len(town.polls)
        town.stop.clear()
        await town.run(60)
        assert len(town.polls) == before

    in_town(story)


def test_one_broken_feed_does_not_end_the_others_rounds() -> None:
    async def story(town: Town) -> None:
        town.add("http://a.example/f", "http://b.example/f")
        town.broken.add("http://a.example/f")
        await town.run(3600)

    town = in_town(story)
    assert sum("a.example" in url for _, url in town.polls) > 2
    assert "http://b.example/f" in town.polled()


def test_a_host_whose_turn_breaks_gets_another_with_all_its_feeds(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_s, broken = HostThrottle.wait_s, ["a.example"]

    def breaks_once(throttle: HostThrottle, host: str) -> float:
        if host in broken:
            broken.remove(host)
            raise ZeroDivisionError
        return wait_s(throttle, host)

    monkeypatch.setattr(HostThrottle, "wait_s", breaks_once)

    async def story(town: Town) -> None:
        town.feeds_every_s = 86_400.0  # it is not the list, read again, that brings them back
        town.add("http://a.example/1", "http://a.example/2", "http://b.example/f")
        await town.run(3600)

    town = in_town(story)
    first = {url: next(seconds for seconds, asked in town.polls if asked == url) for url in town.polled()}
    assert first.keys() == {"http://a.example/1", "http://a.example/2", "http://b.example/f"}
    assert first.pop("http://b.example/f") < 1
    assert all(300 <= seconds < 400 for seconds in first.values())


def test_a_host_that_wants_rest_gets_it_for_all_its_feeds() -> None:
    async def story(town: Town) -> None:
        town.add("http://a.example/1")
        town.retry_after["http://a.example/1"] = "7200"
        town.loop.call_later(60, town.add, "http://a.example/2")
        await town.run(3 * 3600)

    town = in_town(story)
    assert [seconds for seconds, _ in town.polls if 1 < seconds < 7200] == []
    assert "http://a.example/2" in town.polled()


def test_only_my_hosts_are_polled_and_those_that_become_mine() -> None:
    async def story(town: Town) -> None:
        town.add("http://a.example/f", "http://b.example/f")
        town.hosts.owned = lambda host: host == "a.example"
        town.loop.call_later(100, setattr, town.hosts, "owned", lambda host: host == "b.example")
        await town.run(24 * 3600)

    town = in_town(story)
    assert max(seconds for seconds, url in town.polls if "a.example" in url) <= 110
    assert 100 <= min(seconds for seconds, url in town.polls if "b.example" in url) <= 111


def test_a_poll_is_given_up_when_its_host_becomes_anothers() -> None:
    async def story(town: Town) -> None:
        town.add("http://a.example/f")
        town.answers_after_s = 300
        town.loop.call_later(20, setattr, town.hosts, "owned", lambda _host: False)
        await town.run(600)
        assert town.log.sent[1:] == []

    assert len(in_town(story).polls) == 1


def test_a_host_that_is_taken_away_is_let_go_of_at_once() -> None:
    async def story(town: Town) -> None:
        town.answers_after_s = 3600
        town.feeds_every_s = 3600
        town.add("http://a.example/f")
        town.loop.call_later(20, town.hosts.tell, lambda _host: False)
        await town.run(600)

    assert [round(seconds) for seconds in in_town(story).ended] == [20]


def test_a_host_is_let_go_of_while_the_log_is_away() -> None:
    async def story(town: Town) -> None:
        town.answers_after_s = 3600
        town.add("http://a.example/f")
        town.loop.call_later(15, setattr, town.log, "items", away)
        town.loop.call_later(20, town.hosts.tell, lambda _host: False)
        await town.run(600)

    assert [round(seconds) for seconds in in_town(story).ended] == [20]


def test_a_host_that_is_given_is_polled_at_once() -> None:
    async def story(town: Town) -> None:
        town.feeds_every_s = 3600
        town.hosts.owned = lambda _host: False
        town.add("http://a.example/f")
        town.loop.call_later(20, town.hosts.tell, lambda _host: True)
        await town.run(60)

    assert [round(seconds) for seconds, _ in in_town(story).polls] == [20]


def test_a_host_that_is_taken_and_given_again_is_polled_on() -> None:
    async def story(town: Town) -> None:
        town.feeds_every_s = 60
        town.answers_after_s = 30
        town.add("http://a.example/f")
        town.loop.call_later(20, town.hosts.tell, lambda _host: False)
        town.loop.call_later(21, town.hosts.tell, lambda _host: True)
        await town.run(120)
        assert town.log.get(FEEDSTATE, "http://a.example/f", FeedState) is not None

    assert [round(seconds) for seconds, _ in in_town(story).polls] == [0, 21]


def test_a_producer_that_is_cut_off_from_the_others_begins_no_poll() -> None:
    async def story(town: Town) -> None:
        town.feeds_every_s = 3600
        town.add(*(f"http://a.example/{number}" for number in range(3)))
        town.loop.call_later(2, setattr, town.hosts, "owned", lambda _host: False)  # and nobody tells it
        await town.run(600)

    assert len(in_town(story).polls) < 3


def test_while_the_list_cannot_be_read_the_known_feeds_are_polled_and_later_the_new() -> None:
    async def story(town: Town) -> None:
        read = town.log.items

        town.add("http://a.example/f")
        town.loop.call_later(15, setattr, town.log, "items", away)
        town.loop.call_later(20, town.add, "http://b.example/f")
        town.loop.call_later(2 * 3600, setattr, town.log, "items", read)
        await town.run(6 * 3600)

    polls = in_town(story).polls
    assert any(20 < seconds < 7200 for seconds, url in polls if "a.example" in url)
    assert min(seconds for seconds, url in polls if "b.example" in url) >= 7200


def test_a_feed_whose_memory_cannot_be_read_is_asked_later() -> None:
    async def story(town: Town) -> None:
        read = town.log.get

        town.add("http://a.example/f")
        town.loop.call_later(0.5, setattr, town.log, "get", away)
        town.loop.call_later(12 * 3600, setattr, town.log, "get", read)
        await town.run(24 * 3600)

    assert max(seconds for seconds, _ in in_town(story).polls) > 12 * 3600


def test_a_stop_is_heard_while_the_log_is_away() -> None:
    async def story(town: Town) -> None:
        town.add("http://a.example/f")
        keep, town.log.publish = town.log.publish, away  # type: ignore[method-assign]  # a log that is away
        await town.run(3600)
        assert town.loop.time() == 3600
        town.log.publish = keep  # type: ignore[method-assign]  # and is back
        assert town.log.sent[1:] == []

    in_town(story)


def test_a_stop_waits_for_what_is_being_published() -> None:
    """Whoever stops the poller closes the log's file next."""
    began, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def publish(_outputs: object) -> None:
        began.set()
        go_on.wait(5)
        ended.set()

    async def main() -> None:
        town = Town(VirtualLoop())
        town.loop.close()
        poller = Poller(
            publish=publish,
            state=town.log,
            parse=town.parse,
            extract=town.extract,
            fetch=_empty,
            throttle=HostThrottle(0.0),
        )
        town.add("http://a.example/f")
        stop = asyncio.Event()
        running = asyncio.ensure_future(PollScheduler(poller).run(stop))
        await asyncio.to_thread(began.wait, 5)
        stop.set()
        asyncio.get_running_loop().call_later(0.05, go_on.set)
        await running
        assert ended.is_set()

    asyncio.run(main())


async def _empty(
    url: str, *, etag: str | None = None, modified: str | None = None, **_: object
) -> Response | NotModified:
    return Response(url, b"", {})


def test_a_feed_that_somebody_asks_for_is_polled_at_once() -> None:
    async def main(loop: VirtualLoop) -> list[tuple[float, str]]:
        town = Town(loop)
        town.add("http://a.example/feed", "http://b.example/feed")
        asked = Feed(url="http://a.example/feed", asked=loop.now() + timedelta(seconds=60))
        loop.call_later(60, lambda: town.log.publish([Output(FEEDS, asked)]))
        await town.run(100)
        return town.polls

    polls = run(main)
    assert sorted(url for _, url in polls) == [
        "http://a.example/feed",
        "http://a.example/feed",
        "http://b.example/feed",
    ]
    assert 60 <= max(at for at, _ in polls) <= 75


def test_a_feed_that_was_removed_and_added_again_does_not_wait_for_its_old_failures() -> None:
    async def main(loop: VirtualLoop) -> list[tuple[float, str]]:
        town = Town(loop)
        before = {"polled_at": loop.now() - timedelta(hours=2), "next_poll": loop.now() + timedelta(hours=20)}
        state = FeedState(url="http://a.example/feed", failures=9, error="answered 500", **before)  # type: ignore[arg-type]
        added = Feed(url="http://a.example/feed", asked=loop.now())
        town.log.publish([Output(FEEDSTATE, state), Output(FEEDS, added)])
        await town.run(30)
        return town.polls

    assert len(run(main)) == 1
