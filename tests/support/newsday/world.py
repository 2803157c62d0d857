"""Publishers by the thousand: how often they publish, in what windows, with what manners. From one seed.

Rates are log-normal (most publish a few articles a day, some hundreds), days have a night, some feeds
publish in batches or in bursts; servers answer with honest, missing or lying marks, some fail for a
while, and newspapers have many sections on one host.
"""

import bisect
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from newsday.virtual_time import START
from producers.parse import Entry, ParsedFeed

DAY_S = 86_400.0
Mark = Literal["etag", "date", "none", "liar"]


@dataclass(slots=True)
class Publisher:
    """One feed: when its articles came out (seconds from START, sorted), and how it answers."""

    number: int
    host: str
    times: list[float]
    window: int
    mark: Mark
    headers: dict[str, str] = field(default_factory=dict)
    ttl_minutes: int | None = None
    down: tuple[float, float] = (-1.0, -1.0)
    held_etag: str | None = None
    """The liar's: the first ETag that it gave, to which it says "not modified" for ever."""
    port: int = 80

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/feed/{self.number}"

    def shown(self, now_s: float) -> tuple[int, int]:
        """The articles in the document now, by number: from the first to before the last."""
        last = bisect.bisect_right(self.times, now_s)
        return max(0, last - self.window), last

    def visible_s(self, number: int) -> float:
        """For how long an article that has left the document could be seen there, the server being up."""
        came, gone = self.times[number], self.times[number + self.window]
        hidden = max(0.0, min(gone, self.down[1]) - max(came, self.down[0]))
        return gone - came - hidden

    def article(self, number: int) -> str:
        return f"http://{self.host}:{self.port}/{self.number}/{number}"

    def answer(self, now_s: float, asked: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body, for a request with these (lower-case) headers."""
        if self.down[0] <= now_s < self.down[1]:
            return 503, {"retry-after": "600"}, b""
        first, last = self.shown(now_s)
        headers = dict(self.headers)
        etag = f'"{self.number}-{last}"'
        if self.mark == "liar":
            if asked.get("if-none-match"):
                return 304, headers, b""
            etag = self.held_etag = self.held_etag or etag
        if self.mark in ("etag", "liar"):
            headers["etag"] = etag
        if self.mark == "date" and last:
            moment = START + timedelta(seconds=math.floor(self.times[last - 1]))
            headers["last-modified"] = moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
        if asked.get("if-none-match") == etag or (
            self.mark == "date" and asked.get("if-modified-since") == headers.get("last-modified")
        ):
            return 304, headers, b""
        return 200, headers, f"{self.number} {first} {last}".encode()


class World:
    """All publishers of a seed, and the reading of their documents."""

    def __init__(self, feeds: int, seed: int, port: int = 80) -> None:
        rng = random.Random(seed)
        self.publishers = [_publisher(number, feeds, rng) for number in range(feeds)]
        for publisher in self.publishers:
            publisher.port = port
        self.by_url = {publisher.url: publisher for publisher in self.publishers}

    async def parse(self, body: bytes, url: str, _headers: Mapping[str, str]) -> ParsedFeed:
        """The entries of a document, the newest first."""
        number, first, last = map(int, body.split())
        publisher = self.publishers[number]
        entries = tuple(_entry(publisher, article) for article in reversed(range(first, last)))
        return ParsedFeed(title=f"Feed {number}", ttl_minutes=publisher.ttl_minutes, entries=entries)


def _entry(publisher: Publisher, number: int) -> Entry:
    return Entry(
        guid=f"{publisher.number}/{number}",
        title=f"Story {number} of feed {publisher.number}",
        link=publisher.article(number),
        published=START + timedelta(seconds=publisher.times[number]),
        summary="What happened in the town today, in short, as the feed tells it.",
    )


def _publisher(number: int, feeds: int, rng: random.Random) -> Publisher:
    window = rng.choice((10, 15, 20, 20, 25, 30, 50, 100))
    a_day = min(4 * math.exp(rng.gauss(0, 1.3)), 12 * window)  # no feed turns over within two hours, but in bursts
    batch_s = rng.choice((0.0,) * 9 + (3600.0,))
    down_at = rng.uniform(0, DAY_S) if rng.random() < 0.05 else -1.0
    return Publisher(
        number=number,
        host=_host(number, feeds, rng),
        times=_times(a_day, window, batch_s, rng),
        window=window,
        mark=rng.choices(("etag", "date", "none", "liar"), (60, 25, 13, 2))[0],
        headers={"cache-control": f"max-age={rng.choice((60, 300, 900))}"} if rng.random() < 0.4 else {},
        ttl_minutes=rng.choice((5, 15, 60)) if rng.random() < 0.2 else None,
        down=(down_at, down_at + rng.uniform(300, 7200)) if down_at >= 0 else (-1.0, -1.0),
    )


def _host(number: int, feeds: int, rng: random.Random) -> str:
    """Half of the feeds have a host of their own; the others are sections of newspapers, large and small."""
    if number % 2:
        return f"site-{number}.example"
    newspapers = max(1, feeds // 20)
    return f"paper-{int(newspapers * rng.random() ** 2)}.example"


def _times(a_day: float, window: int, batch_s: float, rng: random.Random) -> list[float]:
    """From before START (the first window) to the end of the day."""
    moment = -DAY_S * max(1.0, 1.5 * window / a_day)
    burst_at = rng.uniform(0, DAY_S) if rng.random() < 0.1 else -DAY_S * 1000
    times: list[float] = []
    while True:
        hour = (moment % DAY_S) / 3600
        daylight = 1 + 0.8 * math.sin((hour - 8) / 24 * 2 * math.pi)
        factor = 5.0 if burst_at <= moment < burst_at + 7200 else 1.0
        moment += rng.expovariate(a_day * daylight * factor / DAY_S)
        if moment >= DAY_S:
            return sorted(times)
        times.append(math.ceil(moment / batch_s) * batch_s if batch_s else moment)
