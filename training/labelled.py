"""Labelled texts in files of JSON lines: {"id", "text", "entities": [[start, end, label], ...]}, code points.

The form in which gold data is given and silver data may be looked at. Knows no model.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processors.entities.mention import KINDS
from schemas.article import EntityKind

# Longer texts are cut: an archive's transcripts would else outweigh its news.
LONGEST = 9_000

LABELS: dict[EntityKind, str] = {
    "person": "PER",
    "organisation": "ORG",
    "place": "LOC",
    "group": "NORP",
    "product": "PRODUCT",
    "weapon": "PRODUCT",
    "event": "EVENT",
}
"""Kind -> label of the network. Weapons are products to it: which of them is one, the lists know better."""

Marked = tuple[int, int, str]
"""Start, end (code points, half-open) and label."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what it names, in order, none overlapping."""

    text: str
    entities: tuple[Marked, ...]


def texts(files: Iterable[Path]) -> Iterator[str]:
    """The texts of JSON-lines files, cut to LONGEST."""
    for line in _lines(files):
        if text := line.get("text"):
            yield str(text)[:LONGEST]


def gold(files: Iterable[Path]) -> Iterator[Labelled]:
    """Texts labelled by people. Labels that are none of ours are left out, not guessed at."""
    for line in _lines(files):
        marked = (
            (int(start), int(end), LABELS[KINDS[label]]) for start, end, label in line["entities"] if label in KINDS
        )
        yield Labelled(str(line["text"]), tuple(sorted(marked)))


def _lines(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        with file.open(encoding="utf8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())
