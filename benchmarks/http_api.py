"""What the HTTP API bears: searches and articles from a file, and 200 listeners to events while news comes in.

Run: .venv/bin/python benchmarks/http_api.py [ARTICLES] [LISTENERS]
Made-up articles of 450 words (benchmarks/search.py). Requests come from eight callers at once, each of an address of
its own on loopback, since the API lets one address ask a hundred times a second: Linux has all of 127.0.0.0/8.
Listeners are a process of their own; the news goes through all stages with the real model, as in `wirewatch up`.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import httpx
from search import AT_ONCE, QUERIES, article

from alerts.subscriptions import identity
from producers.article.build import from_row
from schemas.alert import Subscription
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.topics import ARTICLES, SUBSCRIPTIONS
from wirewatch.compose import web
from wirewatch.compose.local import LocalPipeline
from wirewatch.demo_server import DemoServer
from wirewatch.settings import Settings

CALLERS = 8
SECONDS = 10
# Published one by one, so that no article waits for the one before it.
PUBLISHED = 40

PARAGRAPH = (
    "The mayor of Halvern spoke of the Tomahawk for the {number}th time on Tuesday. “We will wait {number} days and "
    "not one more,” said Edith Quayle, who heads the council. She added that the harbour would stay open. "
)


def row(number: int) -> dict[str, str]:
    """An article of about 500 words."""
    text = "\n".join(PARAGRAPH.format(number=number * 31 + part) for part in range(12))
    return {"id": str(number), "title": f"Report {number}", "text": text, "language": "en"}


def main() -> None:
    """Print the figures."""
    if sys.argv[1:2] == ["listen"]:
        print(json.dumps(asyncio.run(_listen(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))))
        return
    articles, listeners = (int(word) for word in (*sys.argv[1:], "5000", "200")[:2])
    with tempfile.TemporaryDirectory() as folder:
        _requests(Settings(db=Path(folder) / "full.db", http_port=0), articles)
        _events(Settings(db=Path(folder) / "events.db", http_port=0, channel_hosts="127.0.0.1"), listeners)


def _requests(settings: Settings, articles: int) -> None:
    with LocalPipeline(settings) as wire:
        for start in range(0, articles, AT_ONCE):
            wire.store.write([article(number) for number in range(start, min(start + AT_ONCE, articles))])
    known = [article(number).id for number in range(0, articles, 50)]
    print(f"{articles} articles in a file, {CALLERS} callers at once, {SECONDS} s each:")
    with serving(settings) as (address, process):
        _load("search, 20 a page", address, process, lambda random: ("/articles", {"q": random.choice(QUERIES)}))
        _load("one article", address, process, lambda random: (f"/articles/{random.choice(known)}", {}))


@contextmanager
def serving(settings: Settings) -> Iterator[tuple[str, int]]:
    """As `wirewatch serve`, in a process of its own: its address and number."""
    code = """
import sys
from pathlib import Path
from wirewatch.collector import collect_rarely
from wirewatch.compose import web
from wirewatch.settings import Settings

collect_rarely()
settings = Settings(db=Path(sys.argv[1]), http_port=0)
with web.opened(settings) as here:
    print(web.serve(here, settings).address, flush=True)
    sys.stdin.read()
"""
    command = [sys.executable, "-c", code, str(settings.db)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip(), server.pid
        server.communicate()


def cpu_seconds(process: int) -> float:
    """What a process and all its threads have used (schedstat, in nanoseconds). It depends on nobody else's work."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def _load(name: str, address: str, process: int, request: Callable[[Random], tuple[str, dict[str, str]]]) -> None:
    took: list[float] = []

    def ask(number: int) -> None:
        random = Random(number)
        by = httpx.HTTPTransport(local_address=f"127.0.0.{2 + number}")
        with httpx.Client(base_url=f"{address}/api/v1", transport=by, timeout=60) as client:
            client.get("/health")
            while time.monotonic() < end:
                path, parameters = request(random)
                began = time.monotonic()
                client.get(path, params=parameters).raise_for_status()
                took.append(time.monotonic() - began)

    used, began = cpu_seconds(process), time.monotonic()
    end = began + SECONDS
    callers = [threading.Thread(target=ask, args=(number,)) for number in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    each = f"{(cpu_seconds(process) - used) * 1000 / len(took):.3g} ms of CPU each"
    print(f"  {name:20} {len(took) / (time.monotonic() - began):6.0f} a second   {each}   {spread(took, 1000, 'ms')}")


def _events(settings: Settings, listeners: int) -> None:
    told = DemoServer(utc_now())
    alert = Subscription(id=identity("t"), name="t", query="tomahawk", channels=(told.webhook,), policy="every")
    with LocalPipeline(settings) as wire:
        wire.publish([Output(SUBSCRIPTIONS, alert)])
        wire.start()
        server = web.serve(web.of_pipeline(wire), settings)
        print(f"{PUBLISHED} articles of 500 words, one by one, through all stages:")
        _publish(wire, told, range(-2, 0))  # the first ones load the model
        _, alone = _publish(wire, told, range(PUBLISHED))
        print(f"  to the webhook, nobody listens      {spread(alone, 1, 's')}")
        more = range(PUBLISHED, 2 * PUBLISHED)
        command = [sys.executable, __file__, "listen", server.address, str(listeners), str(PUBLISHED)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            process.stderr.readline()  # all are connected
            published, meanwhile = _publish(wire, told, more)
            heard = json.loads(process.communicate(timeout=120)[0])
        server.close()
    told.close()
    print(f"  to the webhook, {listeners} listen          {spread(meanwhile, 1, 's')}")
    late = [at - published[id] for id, at in heard if id in published]
    assert len(late) == listeners * PUBLISHED, f"{len(late)} events came"
    print(f"  to the event, each of {listeners}           {spread(late, 1, 's')}")


def _publish(wire: LocalPipeline, told: DemoServer, numbers: range) -> tuple[dict[str, float], list[float]]:
    """When each was published, by id, in seconds of the wall clock; and how long each took to the webhook."""
    published, took = {}, []
    for number in numbers:
        one = from_row(row(number), "benchmark", utc_now())
        published[one.id] = time.time()
        wire.publish([Output(ARTICLES, one)])
        told.told.get(timeout=120)
        took.append(time.time() - published[one.id])
    return published, took


async def _listen(address: str, listeners: int, events: int) -> list[tuple[str, float]]:
    """Article and moment of every event that every listener hears, `events` each."""
    place = urlsplit(address)
    lines = [await asyncio.open_connection(place.hostname, place.port, limit=2**20) for _ in range(listeners)]
    for reader, writer in lines:
        writer.write(f"GET /api/v1/events HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
        await reader.readuntil(b": listening\n")
    print("listening", file=sys.stderr, flush=True)
    heard = await asyncio.gather(*(_hear(reader, events) for reader, _ in lines))
    return [one for each in heard for one in each]


async def _hear(reader: asyncio.StreamReader, events: int) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    kind = b""
    while len(found) < events:
        line = await reader.readline()
        if line.startswith(b"event: "):
            kind = line.strip()
        elif line.startswith(b"data: ") and kind == b"event: article":
            found.append((str(json.loads(line[6:])["id"]), time.time()))
    return found


def spread(values: list[float], times: float, unit: str) -> str:
    ranked = sorted(value * times for value in values)
    at = {share: ranked[min(len(ranked) - 1, len(ranked) * share // 100)] for share in (50, 95, 99)}
    return "   ".join(f"{share} % {value:.3g} {unit}" for share, value in at.items())


if __name__ == "__main__":
    main()
