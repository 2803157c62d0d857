"""Matching: how many articles a second pass 100,000 standing queries, beside Lucene Monitor.

    PYTHONPATH=. python benchmarks/matching.py [DATA]   # DATA: a folder with queries-100000.txt.gz and
                                                        # documents-1000.jsonl.gz, ../shared/data/standing-queries

CPU seconds of one process for ours. Lucene Monitor is run where its folder (lucene-monitor/, built as the data's
README says) is named by LUCENE_MONITOR; it prints wall seconds, of which the third round is warm.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alerts.article_terms import ArticleTerms
from alerts.percolator import Percolator
from stores.document import Document
from stores.query import parse

DATA = Path("../shared/data/standing-queries")
NOW = datetime(2026, 3, 2, tzinfo=UTC)
ROUNDS = 3


def main(data: Path = DATA) -> None:
    """Print the time to load, and articles a second in each round."""
    if not data.is_dir():
        sys.exit(f"{data} is not there: the data is not part of the project; name its folder")
    lines = _read(data / "queries-100000.txt.gz")
    articles = [json.loads(line) for line in _read(data / "documents-1000.jsonl.gz")]
    started = time.process_time()
    queries = {number: parse(line, NOW) for number, line in enumerate(lines)}
    parsed = time.process_time()
    percolator = Percolator(queries)
    loaded = time.process_time()
    print(f"{len(lines):,} queries read in {parsed - started:.1f} s, indexed in {loaded - parsed:.1f} s")
    for number in range(1, ROUNDS + 1):
        started = time.process_time()
        met = sum(len(percolator.match(ArticleTerms(_document(article)), NOW)) for article in articles)
        rate = len(articles) / (time.process_time() - started)
        print(f"round {number}: {rate:,.0f} articles a CPU-second, {met:,} matches")
    if peer := os.environ.get("LUCENE_MONITOR"):
        _lucene_monitor(Path(peer), lines, articles)


def _read(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read().splitlines()


def _document(article: dict[str, Any]) -> Document:
    return Document({"title": article["title"], "text": article["text"]}, {}, {}, {}, ())


def _lucene_monitor(folder: Path, lines: list[str], articles: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        queries, documents = Path(scratch, "queries"), Path(scratch, "documents")
        queries.write_text("\n".join(lines) + "\n")
        texts = (f"{article['title']} {article['text']}".replace("\n", " ") for article in articles)
        documents.write_text("\n".join(texts) + "\n")
        command: list[str | Path] = ["java", "-Xmx4g", "-cp", "libs/*:.", "StandingQueries", str(len(lines))]
        command += [queries, documents]
        subprocess.run(command, cwd=folder, check=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
