"""Origins: whose reporting an article is, beside what was judged by hand.

    PYTHONPATH=. python benchmarks/origins.py [DATA]   # DATA: a folder of articles, ../shared/data/articles

The judged sample (benchmarks/judged/origins.tsv) has ids and verdicts only. It holds most articles in which an agency
is named at the beginning, at the end or in the by-line, whether credited or only spoken of, and others at random.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.article import Article
from stores.origins import origin

DATA = Path("../shared/data/articles")
JUDGED = Path(__file__).parent / "judged" / "origins.tsv"


def main(data: Path = DATA) -> None:
    """Print what differs from the verdicts, and the share of it."""
    if not data.is_dir():
        sys.exit(f"{data} is not there: the data is not part of the project; name its folder")
    verdicts = {row[0]: (row[1], row[2]) for row in _verdicts()}
    scored = wrong = agencies = 0
    for article in _articles(data, verdicts.keys()):
        found = origin(article)
        given = (found.kind, "" if found.kind == "unknown" else found.name)
        scored += 1
        agencies += verdicts[article.id][0] == "agency"
        if given != verdicts[article.id]:
            wrong += 1
            print(f"{article.id}: {' '.join(given)}, judged {' '.join(verdicts[article.id])}")
    print(f"{scored} of {len(verdicts)} judged articles, {agencies} of agencies: {wrong} wrong, {wrong / scored:.1%}")


def _verdicts() -> Iterator[list[str]]:
    lines = JUDGED.read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


def _articles(data: Path, wanted: Any) -> Iterator[Article]:
    for path in sorted(data.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["id"] in wanted:
                yield _article(row)


def _article(row: dict[str, Any]) -> Article:
    authors = row.get("authors") or ()
    return Article(
        id=row["id"],
        revision="1",
        text=row["text"],
        url=row.get("url") or None,
        source=row.get("source") or None,
        authors=(authors,) if isinstance(authors, str) else tuple(filter(str.strip, authors)),
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
