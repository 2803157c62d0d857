"""Every article at hand, read once: does one make the reader fail, and is every offset exact?

    python benchmarks/offsets.py                     # all of ../shared/data/articles, some twenty minutes
    python benchmarks/offsets.py --profile fast --each 100

Exact means that text[start:end] is the surface, for names and speakers; quotes and cues, which are their offsets alone,
must begin and end with something other than a space. Ends with an error where an article's are not.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import get_args

from processors.enrich import Enricher, Profile
from schemas.article import Article, Enriched, Entity, Speaker


def articles(folder: Path, each: int | None) -> Iterator[Article]:
    """The articles of a folder's files of JSON lines, in whatever language they turn out to be."""
    for file in sorted(folder.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(islice(lines, each)):
                text = json.loads(line)["text"]
                yield Article(id=f"{file.name}:{number}", revision="1", text=text, fetched_at=datetime.now(UTC))


def exact(read: Enriched) -> bool:
    """Whether names and speakers are the text that they say, and quotes and cues begin and end with a word or mark."""
    named: list[Entity | Speaker] = [*read.entities, *(quote.speaker for quote in read.quotes if quote.speaker)]
    bare = [*read.quotes, *(quote.cue for quote in read.quotes if quote.cue)]
    return all(read.text[span.start : span.end] == span.text for span in named) and all(
        span.end <= len(read.text) and not {read.text[span.start], read.text[span.end - 1]} & set(" \n\r\t")
        for span in bare
    )


def main() -> None:
    """Read all, and print one figure a line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/articles"))
    parser.add_argument("--profile", choices=get_args(Profile), default="default")
    parser.add_argument("--each", type=int, help="so many of each file")
    given = parser.parse_args()
    enricher, languages, counts, bad = Enricher(given.profile), Counter[str](), Counter[str](), []
    start = time.process_time()
    for article in articles(given.data, given.each):
        read = enricher.read(article)
        languages[read.language or "unknown"] += 1
        counts.update(articles=1, names=len(read.entities), quotes=len(read.quotes))
        if not exact(read):
            bad.append(article.id)
    print(f"articles  {counts['articles']:,}")
    print(f"languages {', '.join(f'{language} {number:,}' for language, number in languages.most_common())}")
    print(f"names     {counts['names']:,}")
    print(f"quotes    {counts['quotes']:,}")
    print(f"inexact   {len(bad)}")
    print(f"CPU-s     {time.process_time() - start:.0f}")
    if bad:
        sys.exit(f"offsets are wrong in {', '.join(bad[:10])}")


if __name__ == "__main__":
    main()
