"""An export: flat tables that agree with each other and with the manifest, in every format."""

import csv
import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from threading import Semaphore
from typing import Any

import archive_day
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_articles import NOON, wire_article

from schemas.outcome import Hold
from stores.archive.exporting import FormatError, export, run
from stores.archive.exporting.formats import CsvRows
from stores.archive.exporting.tables import TABLES
from stores.query import Query, parse
from stores.sqlite.store import EmbeddedStore
from stores.store import Hits

EVERYTHING = parse("*", NOON)
Rows = list[dict[str, Any]]


def _jsonl(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _csv(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parquet(path: Path) -> Rows:
    rows: Rows = pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()
    return rows


def _export(embedded: EmbeddedStore, to: Path, progress: Callable[[int, int], object] = lambda *_: None) -> Any:
    return export(embedded, EVERYTHING, to, lambda: NOON, "1.0", progress)


@pytest.mark.parametrize(("suffix", "read"), [(".jsonl", _jsonl), (".csv", _csv), (".parquet", _parquet)])
def test_the_tables_hold_what_the_store_has(
    suffix: str, read: Callable[[Path], Rows], embedded: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    monkeypatch.setattr(run, "PAGE", 3)
    embedded.write(archive_day.articles())
    told: list[tuple[int, int]] = []
    manifest = _export(embedded, tmp_path / f"day{suffix}", lambda done, of: told.append((done, of)))
    assert told == [(3, 8), (6, 8), (8, 8)]
    found = {table.name: read(tmp_path / f"day.{table.name}{suffix}") for table in TABLES}
    stored = embedded.search(EVERYTHING, 100).articles
    assert [row["id"] for row in found["articles"]] == [article.id for article in stored]
    assert [row["text"] for row in found["articles"]] == [article.text for article in stored]
    said = [article.text[quote.start : quote.end] for article in stored for quote in article.quotes]
    assert [row["content"] for row in found["quotes"]] == said
    assert [row["name"] for row in found["entities"]] == [one.name for article in stored for one in article.entities]
    assert {file.table: file.rows for file in manifest.files} == {name: len(rows) for name, rows in found.items()}
    for file, table in zip(manifest.files, TABLES, strict=True):
        assert sha256((tmp_path / file.name).read_bytes()).hexdigest() == file.sha256
        assert list(found[table.name][0]) == list(file.columns)
    assert json.loads((tmp_path / "day.manifest.json").read_text())["articles"] == 8


def test_a_cell_is_no_formula_and_says_what_it_holds(embedded: EmbeddedStore, tmp_path: Path) -> None:
    fields: dict[str, Any] = {"title": "=HYPERLINK(1)", "authors": ("Ann", "Bob"), "published": NOON}
    embedded.write([wire_article("a", "Half a pair: \ud83d, and, “commas”.\nA line.", **fields)])
    _export(embedded, tmp_path / "x.csv")
    (row,) = _csv(tmp_path / "x.articles.csv")
    assert (row["title"], row["authors"], row["published"]) == ("'=HYPERLINK(1)", "Ann; Bob", "2026-03-02T12:00:00Z")
    assert row["text"] == "Half a pair: ?, and, “commas”.\nA line."
    assert row["source"] == ""


@given(st.lists(st.tuples(st.text(), st.text(), st.none() | st.integers(), st.none() | st.floats()), max_size=5))
def test_csv_reads_back_as_it_was_written(rows: list[tuple[str, str, int | None, float | None]]) -> None:
    file = io.StringIO(newline="")
    CsvRows(file, {"a": (str, ""), "b": (str, ""), "c": (int, ""), "d": (float, "")}).write(rows)
    read = list(csv.reader(io.StringIO(file.getvalue(), newline="")))
    plain = [[f"'{cell}" if cell[:1] in set("=+-@\t\r") else cell for cell in row[:2]] for row in rows]
    numbers = [["" if number is None else str(number) for number in row[2:]] for row in rows]
    assert read == [["a", "b", "c", "d"], *(left + right for left, right in zip(plain, numbers, strict=True))]


def test_an_export_that_fails_leaves_the_files_of_before(
    embedded: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded.write(archive_day.articles())
    _export(embedded, tmp_path / "x.csv")
    before = {path: path.read_bytes() for path in tmp_path.glob("x.*")}

    def fail(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _export(embedded, tmp_path / "x.csv", fail)
    assert {path: path.read_bytes() for path in tmp_path.glob("x.*")} == before
    with pytest.raises(FormatError, match=r"end it with \.jsonl, \.csv, \.parquet"):
        _export(embedded, tmp_path / "x")


def test_a_page_is_written_while_the_next_is_asked_for(
    embedded: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PAGE", 3)
    embedded.write(archive_day.articles())
    search, asked = embedded.search, Semaphore(0)

    def ask(query: Query, limit: int, after: str | None = None) -> Hits:
        if after is not None:
            asked.release()
        return search(query, limit, after)

    def written(done: int, of: int) -> None:
        assert done == of or asked.acquire(timeout=20), "the next page was not asked for"

    monkeypatch.setattr(embedded, "search", ask)
    assert _export(embedded, tmp_path / "day.csv", written).articles == 8


def test_a_store_that_goes_away_ends_an_export(
    embedded: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PAGE", 3)
    embedded.write(archive_day.articles())
    search = embedded.search

    def away(query: Query, limit: int, after: str | None = None) -> Hits:
        if after is not None:
            raise Hold("Elasticsearch does not answer")
        return search(query, limit)

    monkeypatch.setattr(embedded, "search", away)
    with pytest.raises(Hold, match="does not answer"):
        _export(embedded, tmp_path / "day.csv")
    assert list(tmp_path.glob("day.*")) == []
