"""How fast articles are read: names and quotes together, by profile, with the memory; and the same with plain spaCy.

    python benchmarks/enrich.py

Articles are texts of 350 to 700 words of --data (JSON lines with "text"); speed is counted in articles of 500 words
a CPU-second of one process: fresh, and after 120 other articles (a process remembers the words that it has met). Each
profile is measured in a process of its own, or one's memory would be the other's.
"""

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import get_args

from processors.enrich import Enricher, Profile
from schemas.article import Article, Enriched

FILES = ("bbc2225.jsonl", "giveme5w1h.jsonl", "fakenewsnet_old.jsonl")
WARMING = ("this_just_in.jsonl", "celeb_satire.jsonl")
"""Read before the second measure: other articles, of other publishers."""
EACH = 40
"""Articles of each file: 120 together take some seconds, and the figure no longer moves with more."""


def articles(folder: Path, files: Sequence[str] = FILES, each: int = EACH) -> Iterator[Article]:
    """English articles of the usual length."""
    for file in files:
        texts = (json.loads(line)["text"] for line in (folder / file).read_text(encoding="utf-8").splitlines())
        usual = [text for text in texts if 350 < len(text.split()) < 700][:each]
        for number, text in enumerate(usual):
            yield Article(id=f"{file}-{number}", revision="", text=text, language="en", fetched_at=datetime.now(UTC))


def measure(profile: Profile, plain: bool, folder: Path) -> None:
    """Print one line of the table."""
    start = time.perf_counter()
    enricher = Enricher(profile, plain=plain)
    loading = time.perf_counter() - start
    read = list(articles(folder))
    fresh, first = _speed(enricher, read[::2])
    for article in articles(folder, WARMING, each=100):
        enricher.read(article)
    warm, second = _speed(enricher, read[1::2])  # other articles: the first ones' words are known by now
    enriched = first + second
    slowest = max(_seconds(enricher, article) for article in read)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    name = f"{profile}, plain spaCy" if plain else profile
    names, quotes = sum(len(one.entities) for one in enriched), sum(len(one.quotes) for one in enriched)
    print(
        f"| {name} | {fresh:.1f} | {warm:.1f} | {1000 * slowest:.0f} ms | {loading:.1f} s | {megabytes} MB "
        f"| {names} | {quotes} |",
        flush=True,
    )


def _speed(enricher: Enricher, read: Sequence[Article]) -> tuple[float, list[Enriched]]:
    """Articles of 500 words a CPU-second, and what was read."""
    start = time.process_time()
    enriched = [enricher.read(article) for article in read]
    cpu = time.process_time() - start
    return sum(len(article.text.split()) for article in read) / 500 / cpu, enriched


def _seconds(enricher: Enricher, article: Article) -> float:
    start = time.process_time()
    enricher.read(article)
    return time.process_time() - start


def main() -> None:
    """Measure both profiles, each with our fast modules and with plain spaCy."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/articles"))
    given = parser.parse_args()
    print("| profile | articles/CPU-s, fresh | warm | slowest article | loading | memory | names | quotes |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for profile, plain in product(get_args(Profile), (False, True)):
        process = multiprocessing.get_context("spawn").Process(target=measure, args=(profile, plain, given.data))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
