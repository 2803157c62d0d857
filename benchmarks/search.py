"""How fast articles go into a store and are found in it, on SQLite and, where one is named, on Elasticsearch.

Run: .venv/bin/python benchmarks/search.py [ARTICLES] [ELASTICSEARCH_URL]
Made-up news of about 450 words an article over a vocabulary as uneven as English, 12 names and 6 quotes each.
Elasticsearch is written to as the index stage does it: 64 articles a request, nothing refreshed by force.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from random import Random

from elasticsearch import Elasticsearch

from schemas.article import Entity, Quote, Speaker, WireArticle
from schemas.clock import utc_now
from stores.archive.exporting import export
from stores.elastic.store import ElasticStore
from stores.query import parse
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from stores.store import FACETS, Said, Store

START = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 64
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
)
ROUNDS = 15

_vocabulary = [f"w{rank}" for rank in range(60_000)]
_weights = list(accumulate(1 / (rank + 3) for rank in range(60_000)))
_names = [f"Given{rank % 90} Name{rank}" for rank in range(4_000)]
_name_weights = list(accumulate(1 / (rank + 5) for rank in range(4_000)))


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
    seen = START + timedelta(seconds=number * 20)
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


def timed(ask: Callable[[], object]) -> list[float]:
    """Seconds of each of some rounds, after one that warms."""
    ask()
    seconds = []
    for _ in range(ROUNDS):
        started = time.monotonic()
        ask()
        seconds.append(time.monotonic() - started)
    return seconds


def ask(store: Store, number: int) -> None:
    """Print each query's time for a page of 20 with its total, and one with all facets."""
    now = START + timedelta(seconds=number * 20)
    for text in QUERIES:
        query = parse(text, now)
        hits = store.search(query)
        total = f"{hits.total}{'' if hits.total_exact else '+'}"
        print(f"  {text:34} {total:>7} found  {spread(timed(partial(store.search, query)))}")
    query = parse("w30", now)
    print(f"  {'w30, with all facets':50} {spread(timed(lambda: store.search(query, facets=FACETS)))}")
    print(f"  {'w30, by relevance':50} {spread(timed(lambda: store.search(query, order='relevance')))}")
    print(f"  {'w30, by date':50} {spread(timed(lambda: store.search(query, order='published')))}")
    print(f"  {'w30, counted':50} {spread(timed(lambda: store.count(query)))}")
    print(f"  {'w30, story by story':50} {spread(timed(lambda: store.stories(query)))}")
    print(f"  {'w3000, over time':50} {spread(timed(lambda: store.histogram(parse('w3000', now))))}")
    print(f"  {'quotes of one speaker':50} {spread(timed(lambda: store.quotes(Said(speaker='Name7'))))}")
    month = Said(where=parse("source:site3.example", now))
    print(f"  {'whom one source quotes':50} {spread(timed(lambda: store.speakers(month)))}")


def write_out(store: Store) -> None:
    """Print how fast everything is exported, and the memory that it took."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        manifest = export(store, parse("*", START), Path(folder) / "all.csv", utc_now, "", lambda *_: None)
        rate = manifest.articles / (time.monotonic() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"  export to CSV: {rate:.0f} articles a second, {peak} MiB of memory at most so far")


def main() -> None:
    """Print the figures of each store."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wire.db"
        database = TimedDatabase(path)
        store = EmbeddedStore(database)
        print(f"SQLite: {number} articles, {fill(store, number):.0f} a second; transactions {spread(database.seconds)}")
        ask(store, number)
        write_out(store)
        database.close()
        print(f"  {path.stat().st_size / number / 1024:.1f} KiB an article in the file")
    if len(sys.argv) > 2:
        with Elasticsearch(sys.argv[2]) as client:
            elastic = ElasticStore(client, prefix="benchmark-")
            print(f"Elasticsearch: {number} articles, {fill(elastic, number):.0f} a second")
            client.indices.refresh(index="benchmark-*")
            ask(elastic, number)
            elastic.expire(START + timedelta(days=4_000))


if __name__ == "__main__":
    main()
