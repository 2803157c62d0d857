"""The floor under quality, on texts that are not part of the project: docs/quality.md has the whole tables."""

import json
from collections.abc import Callable
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]

DATA = Path(__file__).resolve().parents[4] / "shared/data/quotes"
SAMPLE = 15
"""Articles of each set: enough to see a rule break, few enough for a unit test."""

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the quotation data is not beside the project"),
]


def score(gold: list[dict[str, Any]], quotes: list[tuple[Quote, ...]]) -> dict[str, float]:
    spec = util.spec_from_file_location("score", DATA / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pair: Callable[[Any], list[int] | None] = lambda span: [span.start, span.end] if span else None  # noqa: E731 - the scorer's shape, used twice below
    found = {
        row["id"]: {"quotes": [{"content": pair(one), "speaker": pair(one.speaker)} for one in some]}
        for row, some in zip(gold, quotes, strict=True)
    }
    result, _ = module.score(gold, found)
    return {"found": result["cov30"]["F1"], "attributed": result["attributed"]["F1"]}


def rows(name: str, language: str) -> list[dict[str, Any]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["lang"] == language and row["quotes"]][:SAMPLE]


@pytest.mark.parametrize(
    ("parse", "found", "attributed"), [(True, 0.86, 0.78), (False, 0.76, 0.64)], ids=["default", "fast"]
)
def test_english_quality_stays_above_its_floor(find: Find, parse: bool, found: float, attributed: float) -> None:
    gold = rows("polnear.jsonl", "en")
    result = score(gold, [find(row["text"], parse=parse) for row in gold])
    assert result["found"] > found
    assert result["attributed"] > attributed


def test_german_quality_stays_above_its_floor(find: Find) -> None:
    gold = rows("dewikinews.jsonl", "de")
    result = score(gold, [find(row["text"], "de", parse=False) for row in gold])
    assert result["found"] > 0.6
    assert result["attributed"] > 0.45
