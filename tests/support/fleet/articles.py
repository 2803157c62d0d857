"""Articles for the fleet: real ones where the data folder is there, and generated ones that resemble no other."""

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from schemas.article import Article

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "articles"


def article(name: str, title: str = "", text: str = "", revision: str = "1") -> Article:
    """One article; without a text, one of words that no other article has."""
    words = " ".join(hashlib.sha256(f"{name}{number}".encode()).hexdigest()[:9] for number in range(60))
    return Article(
        id=name,
        revision=revision,
        title=title or f"Headline of {name}",
        text=text or f"Tomahawk {words}.",
        fetched_at=datetime.now(UTC),
    )


def generated(count: int, prefix: str) -> list[Article]:
    """So many articles, each a story of its own."""
    return [article(f"{prefix}-{number}") for number in range(count)]


def real(count: int) -> list[Article] | None:
    """So many real articles, or None where there is no data."""
    if not DATA.is_dir():
        return None
    return read(sorted(DATA.glob("*.jsonl")), count)


def read(paths: Iterable[Path], count: int) -> list[Article]:
    """The first so many articles of files of JSON lines with id, title and text."""
    return list(itertools.islice(_read(paths), count))


def _read(paths: Iterable[Path]) -> Iterator[Article]:
    now = datetime.now(UTC)
    seen: set[str] = set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["id"] in seen or not row.get("text"):
                continue
            seen.add(row["id"])
            text = row["text"]
            yield Article(
                id=row["id"],
                revision=hashlib.sha256(text.encode()).hexdigest()[:16],
                title=row.get("title") or "",
                text=text,
                fetched_at=now,
            )
