"""A hub's calls over real HTTP reach the subscriber, and only those for addresses that we gave."""

import asyncio
import http.client
import threading
from collections.abc import Iterator
from typing import cast

import httpx
import pytest

from producers.websub.protocol import Answer
from producers.websub.server import HubServer
from producers.websub.subscriber import Subscriber


class FakeSubscriber:
    def __init__(self) -> None:
        self.received: list[tuple[str, str | None, bytes]] = []

    def is_ours(self, path: str, query: str) -> bool:
        return (path, query) == ("/websub/ours", "feed=x")

    async def verify(self, path: str, query: str) -> Answer:
        return Answer(200, "challenge") if path == "/websub/ours" and query == "feed=x" else Answer(404)

    async def receive(self, path: str, query: str, headers: dict[str, str], body: bytes) -> Answer:
        self.received.append((path, headers.get("x-hub-signature"), body))
        return Answer(202)


@pytest.fixture
def subscriber() -> FakeSubscriber:
    return FakeSubscriber()


@pytest.fixture
def address(subscriber: FakeSubscriber) -> Iterator[str]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    calls = HubServer(cast(Subscriber, subscriber), loop, 0)
    yield f"http://127.0.0.1:{calls.port}"
    calls.close()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_a_hub_that_asks_gets_its_challenge_back(address: str) -> None:
    answer = httpx.get(f"{address}/websub/ours?feed=x")
    assert (answer.status_code, answer.text) == (200, "challenge")
    assert httpx.get(f"{address}/websub/other").status_code == 404


def test_what_a_hub_sends_is_handed_over_with_its_signature(address: str, subscriber: FakeSubscriber) -> None:
    answer = httpx.post(f"{address}/websub/ours?feed=x", content=b"<rss/>", headers={"X-Hub-Signature": "sha256=1"})
    assert answer.status_code == 202
    assert subscriber.received == [("/websub/ours", "sha256=1", b"<rss/>")]


def test_more_than_a_feed_is_refused_unread(address: str, subscriber: FakeSubscriber) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    calling = http.client.HTTPConnection(host, int(port))
    calling.putrequest("POST", "/websub/ours?feed=x")
    calling.putheader("Content-Length", "99999999")
    calling.endheaders()
    assert calling.getresponse().status == 413
    calling.close()
    assert subscriber.received == []


def test_a_body_for_an_address_that_we_never_gave_is_not_read(address: str, subscriber: FakeSubscriber) -> None:
    answer = httpx.post(f"{address}/websub/nobody", content=b"x" * 4_000_000)
    assert answer.status_code == 404
    assert subscriber.received == []
