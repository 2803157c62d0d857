"""WebSub with a hub on loopback: asked, verified, pushed, renewed; and everybody who is not the hub."""

import asyncio
import hashlib
import hmac
import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from loopback import Reply, Site

from producers.fetch import Fetcher
from producers.fulltext import Page
from producers.parse import ParsedFeed, parse_feed
from producers.polling.poller import Poller
from producers.polling.settings import PollSettings
from producers.websub.protocol import Answer, WebSub, due
from producers.websub.subscriber import Subscriber
from runtime.memory import MemoryLog
from schemas.article import Article
from schemas.feed import Feed, FeedState
from schemas.outcome import Hold, Output
from schemas.topics import FEEDS, FEEDSTATE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOPIC = "http://127.0.0.1/feed"
WEBSUB = WebSub("https://watch.example/", b"a key")
PUSHED = b"""<rss version="2.0"><channel><title>T</title><link>http://h.example/</link>
<item><title>Pushed</title><link>http://h.example/1</link><description>News</description></item></channel></rss>"""


def signed(feed: str, body: bytes, method: str = "sha256") -> dict[str, str]:
    secret = WEBSUB.request(FeedState(url=feed, hub="h", topic="t"))["hub.secret"]
    return {"x-hub-signature": f"{method}={hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()}"}


class Bench:
    """A poller, a subscriber and a hub; the test plays the web server that hands calls over."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.now = NOW
        self.log = MemoryLog()
        self.feed = Feed(url=f"{site.url}/feed")
        state = FeedState(url=self.feed.url, hub=f"{site.url}/hub", topic=TOPIC)
        self.log.publish([Output(FEEDS, self.feed), Output(FEEDSTATE, state)])
        site.pages["/hub"] = Reply(202)

    def do(self, work: Any) -> Any:
        async def main() -> Any:
            async with Fetcher(agent="test", allow_hosts=("127.0.0.1",)) as fetcher:
                poller = Poller(
                    publish=self.log.publish,
                    state=self.log,
                    parse=parse,
                    extract=extract,
                    clock=lambda: self.now,
                    settings=PollSettings(full_text=False),
                    fetch=fetcher,
                    rng=random.Random(1),
                )
                return await work(Subscriber(poller, WEBSUB, fetcher.post))

        return asyncio.run(main())

    def ask(self) -> None:
        self.do(lambda subscriber: subscriber.ask(self.feed))

    def call(self, url: str | None = None, **asked: str) -> Answer:
        """The hub's GET on our callback."""
        parts = urlsplit(WEBSUB.callback_of(url or self.feed.url))
        query = f"{parts.query}&{urlencode({'hub.' + name: value for name, value in asked.items()})}"
        answer: Answer = self.do(lambda subscriber: subscriber.verify(parts.path, query))
        return answer

    def push(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(WEBSUB.callback_of(self.feed.url))
        answer: Answer = self.do(lambda subscriber: subscriber.receive(parts.path, parts.query, headers, body))
        return answer

    @property
    def state(self) -> FeedState:
        found = self.log.get(FEEDSTATE, self.feed.url, FeedState)
        assert found
        return found

    @property
    def articles(self) -> list[str]:
        return [output.record.title for output in self.log.sent if isinstance(output.record, Article)]


async def parse(body: bytes, url: str, headers: Mapping[str, str]) -> ParsedFeed:
    return parse_feed(body, url, headers)


async def extract(_html: bytes, _url: str) -> Page:
    return Page()


@pytest.fixture
def bench(site: Site) -> Bench:
    return Bench(site)


def test_a_hub_is_asked_with_a_callback_of_ours_and_a_secret(bench: Bench) -> None:
    bench.ask()
    form = {name: values[0] for name, values in parse_qs(bench.site.asked[0].body.decode()).items()}
    assert (form["hub.mode"], form["hub.topic"]) == ("subscribe", TOPIC)
    assert form["hub.callback"].startswith("https://watch.example/websub/")
    assert len(form["hub.secret"]) >= 32
    assert bench.state.hub_asked == NOW


def test_a_hub_is_not_asked_again_the_same_day(bench: Bench) -> None:
    bench.ask()
    bench.now += timedelta(hours=20)
    bench.ask()
    assert len(bench.site.asked) == 1
    bench.now += timedelta(hours=5)
    bench.ask()
    assert len(bench.site.asked) == 2


def test_a_lease_is_confirmed_kept_and_renewed_in_time(bench: Bench) -> None:
    bench.ask()
    answer = bench.call(mode="subscribe", topic=TOPIC, challenge="abc", lease_seconds="864000")
    assert answer == Answer(200, "abc")
    assert bench.state.lease_until == NOW + timedelta(days=10)
    bench.now += timedelta(days=7)
    assert not due(bench.feed, bench.state, bench.now)
    bench.now += timedelta(days=1, seconds=1)
    assert due(bench.feed, bench.state, bench.now)


@pytest.mark.parametrize(
    "asked",
    [
        {"mode": "subscribe", "topic": "http://other.example/feed", "challenge": "abc"},
        {"mode": "subscribe", "topic": TOPIC},
        {"mode": "publish", "topic": TOPIC, "challenge": "abc"},
        {"mode": "unsubscribe", "topic": TOPIC, "challenge": "abc"},
        {},
    ],
)
def test_what_we_did_not_ask_for_is_not_confirmed(bench: Bench, asked: dict[str, str]) -> None:
    bench.ask()
    assert bench.call(**asked).status == 404
    assert bench.state.lease_until is None


def test_a_callback_that_we_never_gave_is_unknown(bench: Bench) -> None:
    parts = urlsplit(WebSub("https://watch.example/", b"another key").callback_of(bench.feed.url))
    query = f"{parts.query}&hub.mode=subscribe&hub.topic={TOPIC}&hub.challenge=x"
    assert bench.do(lambda subscriber: subscriber.verify(parts.path, query)).status == 404
    body = PUSHED
    headers = signed(bench.feed.url, body)
    assert bench.do(lambda subscriber: subscriber.receive(parts.path, parts.query, headers, body)).status == 404


def test_a_denied_subscription_ends_the_lease(bench: Bench) -> None:
    bench.call(mode="subscribe", topic=TOPIC, challenge="abc")
    assert bench.state.lease_until
    assert bench.call(mode="denied", topic=TOPIC, reason="no").status == 200
    assert bench.state.lease_until is None


def test_a_feed_no_longer_watched_may_be_unsubscribed_and_is_gone(bench: Bench) -> None:
    bench.log.publish([Output(FEEDS, bench.feed.model_copy(update={"deleted": True}))])
    assert bench.call(mode="subscribe", topic=TOPIC, challenge="abc").status == 404
    assert bench.call(mode="unsubscribe", topic=TOPIC, challenge="abc") == Answer(200, "abc")
    assert bench.push(PUSHED, signed(bench.feed.url, PUSHED)).status == 410


@pytest.mark.parametrize("method", ["sha256", "sha384", "sha512"])
def test_a_signed_push_is_published(bench: Bench, method: str) -> None:
    assert bench.push(PUSHED, signed(bench.feed.url, PUSHED, method)).status == 202
    assert bench.articles == ["Pushed"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-hub-signature": ""},
        {"x-hub-signature": "sha256="},
        {"x-hub-signature": "sha256=" + "0" * 64},
        signed("http://127.0.0.1/other", PUSHED),
        signed("x", PUSHED, "sha1"),
        {"x-hub-signature": "md5=" + "0" * 32},
    ],
)
def test_a_push_without_our_signature_is_ignored(bench: Bench, headers: dict[str, str]) -> None:
    assert bench.push(PUSHED, headers).status == 202
    assert bench.articles == []


def test_a_push_that_is_no_feed_harms_nothing(bench: Bench) -> None:
    body = b"no feed"
    assert bench.push(body, signed(bench.feed.url, body)).status == 202
    assert bench.articles == []
    assert bench.state.topic == TOPIC


def test_a_poll_of_a_feed_with_a_hub_leads_to_a_request(bench: Bench) -> None:
    body = PUSHED.replace(
        b"<title>T</title>",
        f'<title>T</title><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="{bench.site.url}/hub"/>'
        f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="{TOPIC}"/>'.encode(),
    )
    bench.site.pages["/feed"] = Reply(200, body)

    async def work(subscriber: Subscriber) -> None:
        await subscriber._poller.poll_once(bench.feed)
        asking = asyncio.ensure_future(subscriber.run())
        while "/hub" not in bench.site.paths():
            await asyncio.sleep(0.005)
        asking.cancel()

    bench.do(work)
    assert f"hub.topic={TOPIC.replace(':', '%3A').replace('/', '%2F')}" in bench.site.asked[-1].body.decode()


def test_what_goes_wrong_with_one_feed_does_not_end_the_asking_of_others(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [Hold("the log is away"), ValueError("nobody thought of this")]

    async def work(subscriber: Subscriber) -> None:
        ask = subscriber.ask

        async def asked(feed: Feed) -> None:
            if wrong:
                raise wrong.pop()
            await ask(feed)

        monkeypatch.setattr(subscriber, "ask", asked)
        for _ in range(3):
            subscriber._poller.on_state(bench.feed, bench.state)
        asking = asyncio.ensure_future(subscriber.run())
        while "/hub" not in bench.site.paths() and not asking.done():
            await asyncio.sleep(0.005)
        asking.cancel()

    bench.do(work)
    assert wrong == []
    assert bench.state.hub_asked == NOW


def test_a_hub_that_cannot_be_reached_is_asked_again_the_next_day(bench: Bench) -> None:
    reached = bench.state
    bench.log.publish([Output(FEEDSTATE, reached.model_copy(update={"hub": "http://127.0.0.1:1/hub"}))])
    bench.ask()
    assert bench.state.hub_asked == NOW
    bench.log.publish([Output(FEEDSTATE, reached.model_copy(update={"hub_asked": NOW}))])
    bench.ask()
    assert bench.site.asked == []
    bench.now += timedelta(hours=25)
    bench.ask()
    assert bench.site.paths() == ["/hub"]


def test_a_callback_must_be_an_address() -> None:
    with pytest.raises(ValueError, match="public http"):
        WebSub("watch.example", b"k")


@pytest.mark.parametrize(
    "signature", ["sha256=Ж", "sha256=\xd0\x96", "sha256=\udcff", "Ж=1", "sha256", "=", "sha256=" + "0" * 9_000]
)
def test_a_signature_that_is_no_hex_is_a_wrong_one(bench: Bench, signature: str) -> None:
    assert bench.push(PUSHED, {"x-hub-signature": signature}).status == 202
    assert bench.articles == []


@pytest.mark.parametrize("token", ["Ж", "\xd0\x96", "\udcff", "", "%00", "//[::1"])
def test_a_token_that_is_no_hex_is_nobodys(token: str) -> None:
    feed = "http://127.0.0.1/feed"
    assert WEBSUB.known(f"/websub/{token}", f"feed={feed}") is None
    assert WEBSUB.known(urlsplit(WEBSUB.callback_of(feed)).path, f"feed={token}") is None
