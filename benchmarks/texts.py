"""Texts: full text of real pages beside trafilatura's own answer, and repair of damaged and of whole text.

    PYTHONPATH=. python benchmarks/texts.py [DATA]   # DATA: a folder with html/ and mojibake/, ../shared/data

Counted by the data's own scorers (html/score_html.py: shingles of four words; mojibake/score_mojibake.py), and
for the lone U+00E2 by character: the right class is the right kind of mark (double, single or dash).
"""

import gzip
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from producers.fulltext import extract
from producers.repair import repair

DATA = Path("../shared/data")
CLASSES = str.maketrans("“”‘’–—", "\"\"''--")
Row = dict[str, Any]


def main(data: Path = DATA) -> None:
    """Print both tables."""
    logging.getLogger("trafilatura").setLevel(logging.ERROR)
    if not (data / "html").is_dir():
        sys.exit(f"{data}/html is not there: the data is not part of the project; name its folder")
    pages(data / "html")
    damage(data / "mojibake")


def pages(folder: Path) -> None:
    """F1 of the text, CPU time."""
    rows = list(read(folder / "pages.jsonl"))
    bodies = [gzip.decompress((folder / row["file"]).read_bytes()) for row in rows]
    answers: dict[str, Callable[[bytes, str], Row]] = {"wirewatch": ours, "trafilatura, fast": theirs}
    for title, answer in answers.items():
        start = time.process_time()
        told = [{"id": row["id"]} | answer(body, row["url"]) for row, body in zip(rows, bodies, strict=True)]
        rate = len(rows) / (time.process_time() - start)
        print(
            f"{title}, {rate:.0f} pages a CPU second\n{score(folder / 'score_html.py', folder / 'pages.jsonl', told)}"
        )


def ours(body: bytes, url: str) -> Row:
    """The page as we read it."""
    page = extract(body, url or None)
    return {"text": page.text, "title": page.title, "published": page.published and page.published.isoformat()}


def theirs(body: bytes, url: str) -> Row:
    """The page as trafilatura reads it, asked once."""
    page = bare_extraction(body, url=url or None, fast=True, include_comments=False, with_metadata=True)
    return {"text": page.text, "title": page.title, "published": page.date} if page else {"text": ""}  # type: ignore[union-attr]  # asked for no dict


def damage(folder: Path) -> None:
    """Each form of damage, and whole text in five languages; then the lone U+00E2 by character."""
    rows = list(read(folder / "pairs.jsonl"))
    start = time.process_time()
    told = [{"id": row["id"], "text": repair(row["damaged"]).text} for row in rows]
    rate = sum(len(row["damaged"]) for row in rows) / 1e6 / (time.process_time() - start)
    print(f"repair, {rate:.1f} million characters a CPU second")
    print(score(folder / "score_mojibake.py", folder / "pairs.jsonl", told))
    lone = [(row, one["text"]) for row, one in zip(rows, told, strict=True) if row["form"] == "lone_a_circumflex"]
    marks = [pair for row, text in lone for pair in damaged_marks(row, text)]
    right = sum(clean.translate(CLASSES) == got.translate(CLASSES) for clean, got in marks)
    left = sum(got == "â" for _, got in marks)
    print(f"lone U+00E2: {len(marks)}, right class {right / len(marks):.2%}, left {left / len(marks):.2%}")


def damaged_marks(row: Row, text: str) -> list[tuple[str, str]]:
    """What stood, and what we put, where a mark was damaged."""
    if not len(row["damaged"]) == len(row["clean"]) == len(text):
        return []
    triples = zip(row["damaged"], row["clean"], text, strict=True)
    return [(clean, got) for damaged, clean, got in triples if damaged == "â" != clean]


def read(path: Path) -> Iterable[Row]:
    """JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def score(script: Path, gold: Path, told: list[Row]) -> str:
    """What the data's scorer says of our answers."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as answers:
        answers.writelines(json.dumps(row) + "\n" for row in told)
        answers.flush()
        return subprocess.run([sys.executable, script, gold, answers.name], capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
