"""The source that polls feeds: from the state's feeds to articles on the log, until it is stopped."""

import socket
import threading

import poll_bench
import pytest
from fleet.waiting import until
from loopback import Reply, Site

from producers.polling.hosts import EveryHost
from producers.polling.settings import PollSettings
from producers.sources.feeds import FeedSource
from producers.websub.protocol import WebSub
from runtime.memory import MemoryLog
from schemas.article import Article
from schemas.feed import Feed
from schemas.outcome import Hold, Output
from schemas.topics import FEEDS

SETTINGS = PollSettings(allow_hosts=frozenset({"127.0.0.1"}), host_pause_s=0.0, full_text=False)
PATIENCE = 60.0


def source(settings: PollSettings = SETTINGS, **websub: object) -> FeedSource:
    return FeedSource(settings, poll_bench.parse, poll_bench.extract, poll_bench.extract, EveryHost(), **websub)  # type: ignore[arg-type]


def test_it_polls_until_it_is_stopped(site: Site) -> None:
    site.pages["/feed"] = Reply(body=poll_bench.feed_of("1 The bridge is closed|So said the council."))
    log, stop = MemoryLog(), threading.Event()
    log.publish([Output(FEEDS, Feed(url=f"{site.url}/feed"))])
    thread = threading.Thread(target=source().run, args=(log.publish, log, stop))
    thread.start()
    until(lambda: any(isinstance(output.record, Article) for output in log.sent), PATIENCE)
    stop.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_hubs_reach_it_while_it_runs_and_not_afterwards() -> None:
    log, stop, port = MemoryLog(), threading.Event(), _free_port()
    given = source(websub=WebSub("https://me.example", b"key"), hub_port=port)
    thread = threading.Thread(target=given.run, args=(log.publish, log, stop))
    thread.start()
    until(lambda: _answers(port), PATIENCE)
    stop.set()
    thread.join(PATIENCE)
    assert not _answers(port)


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    log = MemoryLog()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Hold, match=rf"port {port} for hubs' calls \(websub_port\) cannot be had"):
            source(websub=WebSub("https://me.example", b"key"), hub_port=port).run(log.publish, log, threading.Event())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
