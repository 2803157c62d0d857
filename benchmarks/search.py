"""How fast articles go into a store and are found in it: on SQLite or, where one is named, on Elasticsearch.

Run: .venv/bin/python benchmarks/search.py [ARTICLES] [--file FILE | --elasticsearch URL [--keep]]
Made-up news of about 450 words an article over a vocabulary as uneven as English, 12 names and 6 quotes each, 20 s
apart. A FILE is kept, filled on to so many articles by commits of 500 that wait for no disk, and may be asked again.
Elasticsearch is written to as the index stage does it: 64 articles a request, nothing refreshed by force; its indexes
are dropped at the end. With --keep they are filled on, with refreshing put off, and left to be asked again.
SQLite answers within this process, so its times are CPU times: they stay the same beside other work. Of Elasticsearch
the time until the answer is told, how much of it the server says it took, and what its process and this one took of the
CPU, on average; each question is asked fifteen times before it counts, since Java compiles what is asked often.
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any

from elastic_transport import TransportApiResponse
from elasticsearch import Elasticsearch

from schemas.article import Entity, Quote, Speaker, WireArticle
from schemas.clock import utc_now
from stores.archive.exporting import export
from stores.archive.window import within
from stores.elastic.store import ElasticStore
from stores.elastic.transport import SERIALIZERS, WholeAnswers
from stores.query import parse
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from stores.store import FACETS, Said, Store

START = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE, AT_A_COMMIT = 64, 500
PREFIX = "benchmark-"
WRITERS = 2  # one makes articles while the server is busy with the other's
QUERIES = (
    "w3",
    "w3000",
    "w3 w40 w500",
    '"w3 w4"',
    '"w30 w40"~5',
    "w300*",
    "w20 -w21",
    "person:name7",
    "quotes:(speaker:name7 AND w30)",
    "w50 source:site3.example",
    "w50 first_seen:[now-1d TO now]",
    "source:site3.example NOT w300",
    "w30 OR source:site3.example",
    "w50 published:2026-01-02",
)
WEEK = ("2026-01-02", "2026-01-08")
ROUNDS = 15

_vocabulary = [f"w{rank}" for rank in range(60_000)]
_weights = list(accumulate(1 / (rank + 3) for rank in range(60_000)))
_names = [f"Given{rank % 90} Name{rank}" for rank in range(4_000)]
_name_weights = list(accumulate(1 / (rank + 5) for rank in range(4_000)))


def _seen(number: int) -> datetime:
    return START + timedelta(seconds=number * 20)


def article(number: int) -> WireArticle:
    """One made-up article: the same for the same number."""
    random = Random(number)
    words = random.choices(_vocabulary, cum_weights=_weights, k=450)
    named = random.choices(_names, cum_weights=_name_weights, k=12)
    text = " ".join([*named, *words]) + "."
    entities, quotes, at = [], [], 0
    for name in named:
        entities.append(Entity(start=at, end=at + len(name), kind="person", text=name, name=name))
        at += len(name) + 1
    for name, start in zip(named[:6], range(at, len(text) - 200, 200), strict=False):
        speaker = Speaker(start=0, end=1, text=name, name=name)
        quotes.append(Quote(start=start, end=start + 150, kind="direct", speaker=speaker))
    seen = _seen(number)
    return WireArticle(
        id=f"a{number}",
        revision="1",
        title=" ".join(words[:8]),
        text=text,
        source=f"site{number % 50}.example",
        language="en",
        published=seen,
        fetched_at=seen,
        first_seen=seen,
        story_id=f"s{number // 3}",
        entities=tuple(entities),
        quotes=tuple(quotes),
        names=tuple(named),
    )


class TimedDatabase(Database):
    """Notes how long each transaction holds the writer."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.seconds: list[float] = []

    @contextmanager
    def write(self) -> Iterator[object]:  # type: ignore[override]  # the connection, timed
        """As Database.write."""
        started = time.monotonic()
        with super().write() as connection:
            yield connection
        self.seconds.append(time.monotonic() - started)


def spread(seconds: list[float]) -> str:
    """Median, 95 % and longest, in ms."""
    ranked = sorted(1000 * one for one in seconds)
    late = ranked[int(len(ranked) * 0.95) - 1]
    return f"median {statistics.median(ranked):7.2f}, 95 % {late:7.2f}, longest {ranked[-1]:7.2f} ms"


def fill(store: Store, number: int) -> float:
    """Write so many articles; articles a second, making them not counted."""
    made, spent = map(article, range(number)), 0.0
    while portion := list(islice(made, AT_ONCE)):
        started = time.monotonic()
        store.write(portion)
        spent += time.monotonic() - started
    return number / spent


def fill_on(database: Database, number: int) -> None:
    """Bring a file to so many articles, and tell how far it is."""
    store = EmbeddedStore(database)
    database.create("PRAGMA synchronous=OFF")
    for start in range(store.count(), number, AT_A_COMMIT):
        with database.write():
            store.write([article(one) for one in range(start, min(start + AT_A_COMMIT, number))])
        print(f"\r{start:>9,} of {number:,}", end="", file=sys.stderr, flush=True)


def fill_server(client: Elasticsearch, store: ElasticStore, number: int) -> None:
    """Bring a server to so many articles, and tell how far it is: nothing is refreshed, nor waits for the disk."""

    def write(start: int) -> int:
        store.write([article(one) for one in range(start, min(start + AT_A_COMMIT, number))])
        return start

    # The last ones may have been written out of order when they were interrupted, and are written again.
    start = max(0, store.count() - WRITERS * AT_A_COMMIT)
    for month in {f"{_seen(one):%Y.%m}": _seen(one) for one in range(start, number, AT_A_COMMIT)}.values():
        store.months.ensure(month)
    while_filling = {
        "refresh_interval": "-1",
        "translog.durability": "async",
        "translog.flush_threshold_age": "1h",  # else a portion every minute, however small, and more to merge
    }
    client.indices.put_settings(index=f"{PREFIX}*", settings=while_filling)
    with ThreadPoolExecutor(WRITERS) as writers:
        for done in writers.map(write, range(start, number, AT_A_COMMIT)):
            print(f"\r{done:>9,} of {number:,}", end="", file=sys.stderr, flush=True)
    client.indices.put_settings(index=f"{PREFIX}*", settings=dict.fromkeys(while_filling))
    client.indices.refresh(index=f"{PREFIX}*")


def timed(ask: Callable[[], object], clock: Callable[[], float], warming: int = 1) -> list[float]:
    """Seconds of each of some rounds, after those that warm."""
    for _ in range(warming):
        ask()
    seconds = []
    for _ in range(ROUNDS):
        started = clock()
        ask()
        seconds.append(clock() - started)
    return seconds


def in_process(ask: Callable[[], object]) -> str:
    """What SQLite takes for a question: CPU."""
    return spread(timed(ask, time.process_time))


class Noting(WholeAnswers):
    """Adds up what the server says that its answers took."""

    took = 0

    def perform_request(self, method: str, target: str, **kwargs: Any) -> TransportApiResponse:
        """As Transport.perform_request."""
        response = super().perform_request(method, target, **kwargs)
        if isinstance(response.body, dict):
            Noting.took += response.body.get("took", 0)
        return response


class OnServer:
    """What Elasticsearch takes for a question."""

    def __init__(self, client: Elasticsearch) -> None:
        self._client = client

    def __call__(self, ask: Callable[[], object]) -> str:
        """Time, what the server says of it, and CPU of both sides."""
        timed(ask, time.monotonic)
        before, told = self._cpu(), Noting.took
        seconds = timed(ask, time.monotonic, warming=0)
        took, spent = Noting.took - told, 1000 * (self._cpu() - before)
        return f"{spread(seconds)}; took {took / ROUNDS:5.1f} ms, CPU {spent / ROUNDS:5.1f} ms"

    def _cpu(self) -> float:
        time.sleep(1.1)  # Elasticsearch looks once a second
        nodes = self._client.nodes.stats(metric="process")["nodes"].values()
        spent: float = sum(node["process"]["cpu"]["total_in_millis"] for node in nodes) / 1000
        return time.process_time() + spent


def ask(store: Store, taken: Callable[[Callable[[], object]], str]) -> None:
    """Print each query's time for a page of 20 with its total, and of the other questions."""
    now = store.search(parse("*", START), 1).articles[0].first_seen
    for text in QUERIES:
        query = parse(text, now)
        hits = store.search(query)
        total = f"{hits.total}{'' if hits.total_exact else '+'}"
        print(f"  {text:34} {total:>7} found  {taken(partial(store.search, query))}", flush=True)
    for name, question in _others(store, now).items():
        print(f"  {name:50} {taken(question)}", flush=True)


def _others(store: Store, now: datetime) -> dict[str, Callable[[], object]]:
    common, rare, source = parse("w30", now), parse("w3000", now), parse("source:site3.example", now)
    week, about = within(common, *WEEK, now), parse("w3000", now, in_quote=True)
    return {
        "w30, with all facets": lambda: store.search(common, facets=FACETS),
        "w30, by relevance": lambda: store.search(common, order="relevance"),
        "w30 in one source, by relevance": lambda: store.search(
            parse("w30 source:site3.example", now), order="relevance"
        ),
        "w30, by date": lambda: store.search(common, order="published"),
        "w30, counted": lambda: store.count(common),
        "w30 of a week, counted": lambda: store.count(week),
        "w30, story by story": lambda: store.stories(common),
        "w3000, over time": lambda: store.histogram(rare),
        "w30, over time": lambda: store.histogram(common),
        "quotes of one speaker": lambda: store.quotes(Said(speaker="Name7")),
        "quotes in one source": lambda: store.quotes(Said(where=source)),
        "who speaks of w3000": lambda: store.speakers(Said(about=about)),
        "whom one source quotes": lambda: store.speakers(Said(where=source)),
    }


def write_out(store: Store, clock: Callable[[], float]) -> None:
    """Print how fast everything is exported, and the memory that it took."""
    with tempfile.TemporaryDirectory() as folder:
        started, spent = clock(), time.process_time()
        manifest = export(store, parse("*", START), Path(folder) / "all.csv", utc_now, "", lambda *_: None)
        rate = manifest.articles / (clock() - started)
        own = manifest.articles / (time.process_time() - spent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"  export to CSV: {rate:.0f} articles a second, {own:.0f} a CPU-second, {peak} MiB of memory at most so far")


def on_sqlite(number: int, file: Path | None) -> None:
    """Print SQLite's figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = file or Path(folder) / "wire.db"
        database = TimedDatabase(path)
        if file:
            fill_on(database, number)
        else:
            rate = fill(EmbeddedStore(database), number)
            print(f"SQLite: {rate:.0f} articles a second; transactions {spread(database.seconds)}")
        store = EmbeddedStore(database)
        number = store.count()
        print(f"SQLite: {number} articles, {path.stat().st_size / number / 1024:.1f} KiB an article in the file")
        ask(store, in_process)
        write_out(store, time.process_time)
        database.close()


def on_server(number: int, url: str, *, keep: bool) -> None:
    """Print Elasticsearch's figures."""
    with Elasticsearch(url, request_timeout=120, transport_class=Noting, serializers=SERIALIZERS) as client:
        store = ElasticStore(client, prefix=PREFIX)
        if keep:
            fill_server(client, store, number)
        else:
            print(f"Elasticsearch: {fill(store, number):.0f} articles a second", flush=True)
            client.indices.refresh(index=f"{PREFIX}*")
        stored = client.indices.stats(index=f"{PREFIX}*", metric="store")["_all"]["primaries"]["store"]["size_in_bytes"]
        number = store.count()
        print(f"Elasticsearch: {number} articles, {stored / number / 1024:.1f} KiB an article", flush=True)
        ask(store, OnServer(client))
        write_out(store, time.monotonic)
        if not keep:
            store.expire(START + timedelta(days=4_000))


def main() -> None:
    """Print the figures of a store."""
    options = argparse.ArgumentParser()
    options.add_argument("articles", nargs="?", type=int, default=5_000)
    options.add_argument("--file", type=Path)
    options.add_argument("--elasticsearch")
    options.add_argument("--keep", action="store_true")
    given = options.parse_args()
    if given.elasticsearch:
        on_server(given.articles, given.elasticsearch, keep=given.keep)
    else:
        on_sqlite(given.articles, given.file)


if __name__ == "__main__":
    main()
