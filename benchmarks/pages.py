"""How soon each page begins to come, from a file of many articles: the first byte, and the server's CPU.

Run: .venv/bin/python benchmarks/pages.py [ARTICLES] [FILE]
Made-up articles of 450 words (benchmarks/search.py). FILE, where one is given, has that many already and is only read.
One reader asks for one page after another, each time for another query, article or person; http_api.py measures many
callers at once, and 200 who watch live. CPU is what the server's process took: a machine that is busy with something
else shows it in the times alone.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import httpx
from http_api import cpu_seconds, serving, spread
from search import AT_ONCE, QUERIES, START, article

from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import Settings

ROUNDS = 20

Ask = Callable[[Random], tuple[str, dict[str, str]]]


def asked(articles: int) -> dict[str, Ask]:
    """Page -> a request for one of its kind. Times are those of the made-up articles, three a minute."""
    end = START + timedelta(seconds=articles * 20)
    week = f"{end - timedelta(days=7):%Y-%m-%d}"

    def some(random: Random) -> int:
        return random.randrange(articles)

    def name(random: Random) -> str:
        return random.choice(article(some(random)).names[:6])  # those are quoted

    return {
        "the wire": lambda random: ("/", {}),
        "the wire, by a name": lambda random: ("/", {"q": f'person:"{name(random)}"'}),
        "search": lambda random: ("/search", {"q": random.choice(QUERIES)}),
        "search in a week": lambda random: ("/search", {"q": random.choice(QUERIES), "since": week}),
        "an article": lambda random: (f"/articles/a{some(random)}", {}),
        "a story": lambda random: (f"/stories/s{some(random) // 3}", {}),
        "who said what": lambda random: ("/quotes", {"speaker": name(random)}),
        "a person": lambda random: (f"/people/{name(random)}", {}),
        "the map": lambda random: ("/map", {"since": week}),
        "a briefing": lambda random: ("/briefing", {"day": f"{end - timedelta(days=random.randrange(1, 8)):%Y-%m-%d}"}),
        "alerts": lambda random: ("/alerts", {}),
        "feeds": lambda random: ("/feeds", {}),
        "operations": lambda random: ("/operations", {}),
    }


def main() -> None:
    """Print the figures."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[2]) if len(sys.argv) > 2 else filled(Path(folder) / "full.db", articles)
        print(f"{articles} articles in a file, one reader, {ROUNDS} times each; load {os.getloadavg()[0]:.0f}:")
        with (
            serving(Settings(db=file, http_port=0)) as (address, server),
            httpx.Client(base_url=address, timeout=600) as client,
        ):
            for page, ask in asked(articles).items():
                measure(page, ask, client, server)


def filled(file: Path, articles: int) -> Path:
    """A file with so many articles."""
    with LocalPipeline(Settings(db=file, http_port=0)) as wire:
        for start in range(0, articles, AT_ONCE):
            wire.store.write([article(number) for number in range(start, min(start + AT_ONCE, articles))])
    return file


def measure(page: str, ask: Ask, client: httpx.Client, server: int) -> None:
    """Print one page's figures."""
    random = Random(page)
    first, spent, size = [], [], 0
    client.get(ask(random)[0])  # its template is read at the first time
    for _ in range(ROUNDS):
        path, parameters = ask(random)
        before, began = cpu_seconds(server), time.monotonic()
        with client.stream("GET", path, params=parameters, headers={"Accept": "text/html"}) as answer:
            answer.raise_for_status()
            pieces = answer.iter_raw()
            size += len(next(pieces, b""))
            first.append(time.monotonic() - began)
            size += sum(map(len, pieces))
        spent.append(cpu_seconds(server) - before)
    print(f"  {page:20} {size / ROUNDS / 1024:4.0f} KiB   first byte {spread(first, 1000, 'ms')}")
    print(f"  {'':20} {'':8}   CPU        {spread(spent, 1000, 'ms')}", flush=True)


if __name__ == "__main__":
    main()
