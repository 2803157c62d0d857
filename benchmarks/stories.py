"""Stories: are edited copies of one article joined and others kept apart, how fast, and in how much memory?

    PYTHONPATH=. python benchmarks/stories.py [DATA]   # DATA: a folder with near.jsonl and score_neardup.py

Pairwise precision and recall by the data's own scorer: in the order of the file, and in shuffled orders, because
the first copy to come decides what the next ones are compared with. Beside it rensa's MinHash with banding,
128 permutations, if it is installed. Speed and memory are of 30,000 generated articles through the story step.
"""

import importlib.util
import json
import random
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from processors.sketch import signature_of
from processors.story import StoryStep
from schemas.article import Enriched

DATA = Path("../shared/data/neardup")
ORDERS = 3
GENERATED = 30_000
START = datetime(2026, 1, 1, tzinfo=UTC)

Row = dict[str, Any]


def main(data: Path = DATA) -> None:
    """Print agreement, then speed and memory."""
    if not data.is_dir():
        sys.exit(f"{data} is not there: the data is not part of the project; name its folder")
    rows = [json.loads(line) for line in (data / "near.jsonl").read_text(encoding="utf-8").splitlines()]
    for order in range(ORDERS):
        if order:
            random.Random(order).shuffle(rows)
        started = time.process_time()
        found = _assigned(rows)
        rate = len(rows) / (time.process_time() - started)
        print(f"order {order}: {rate:,.0f} articles a CPU-second, signature and all\n{_score(data, found)}")
    if importlib.util.find_spec("rensa"):
        print(f"rensa, 128 permutations in 32 bands:\n{_score(data, _by_rensa(rows))}")
    _measure([_generated(number) for number in range(GENERATED)])


def _assigned(rows: list[Row]) -> dict[str, str]:
    """Id -> story of each row, as if all had come at the same moment."""
    step = StoryStep()
    return {row["id"]: step.member(_enriched(row)).story_id for row in rows}


def _enriched(row: Row) -> Enriched:
    title, text = str(row.get("title") or ""), str(row["text"])
    signed = signature_of(title, text)
    return Enriched(id=row["id"], revision="", title=title, text=text, fetched_at=START, signature=signed)


def _score(data: Path, stories: dict[str, str]) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as answers:
        answers.writelines(json.dumps({"id": id, "cluster": story}) + "\n" for id, story in stories.items())
        answers.flush()
        command: list[str | Path] = [sys.executable, data / "score_neardup.py", data / "near.jsonl", answers.name]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return "\n".join(f"  {line}" for line in printed.splitlines()[:2])


def _by_rensa(rows: list[Row]) -> dict[str, str]:
    """An article joins the one most like it that the bands find, at an estimated likeness of .4 or more."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=0.4, num_perm=128, num_bands=32)
    stories: dict[str, str] = {}
    signatures: list[Any] = []
    for number, row in enumerate(rows):
        words = f"{row['title']} {row['text']}".lower().split()
        signature = RMinHash(num_perm=128, seed=1)
        signature.update([" ".join(run) for run in zip(words, words[1:], words[2:], strict=False)] or words)
        found = ((signature.jaccard(signatures[other]), other) for other in lsh.query(signature))
        alike, best = max(found, default=(0, 0))
        stories[row["id"]] = stories[rows[best]["id"]] if alike >= 0.4 else row["id"]
        lsh.insert(number, signature)
        signatures.append(signature)
    return stories


def _generated(number: int) -> Enriched:
    chosen = random.Random(number)
    text = " ".join(chosen.choices(VOCABULARY, cum_weights=WEIGHTS, k=chosen.randint(60, 300)))
    return Enriched(
        id=f"{chosen.getrandbits(128):032x}",
        revision="1",
        text="",
        fetched_at=START + timedelta(seconds=9 * number),
        signature=signature_of("", text),
    )


VOCABULARY = [f"w{number}" for number in range(40_000)]
WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(VOCABULARY))))  # as words are in news: Zipf


def _measure(articles: list[Enriched]) -> None:
    step = StoryStep()
    tracemalloc.start()
    for article in articles:
        step.member(article)
    print(f"memory: {tracemalloc.get_traced_memory()[0] / len(articles):.0f} bytes an article, its id not counted")
    tracemalloc.stop()
    print(f"step: {len(articles) / _seconds(_placed(articles)):,.0f} articles a CPU-second")
    members = list(_placed(articles))
    started = time.process_time()
    StoryStep(lambda since: members).member(articles[-1])
    print(f"rebuilt: {len(members) / (time.process_time() - started):,.0f} members a CPU-second")


def _placed(articles: list[Enriched]) -> Iterator[Any]:
    step = StoryStep()
    return (step.member(article) for article in articles)


def _seconds(work: Iterator[Any]) -> float:
    started = time.process_time()
    for _ in work:
        pass
    return time.process_time() - started


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
