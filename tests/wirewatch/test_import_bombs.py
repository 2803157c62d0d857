"""A file that is made to fill a memory or to last for ever ends in one line; what is good of it is read."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from archived_pages import record

from producers.imports import RowError
from schemas.article import Article
from wirewatch.compose import importing
from wirewatch.compose.sandbox import Reading
from wirewatch.settings import Settings

MB = 1 << 20
RUN = "from wirewatch.cli.app import main; main()"
# Runs a command and prints the most memory, in KB, that it or a process of it had.
MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""
ROW = json.dumps({"title": "Ferry", "text": "It sails again.", "id": "1"}).encode() + b"\n"
Rows = Callable[[Path], tuple[list[str], list[str]]]


@pytest.fixture
def rows() -> Iterator[Rows]:
    """The titles, and the errors' lines, of a file read in a child."""
    with closing(Reading(Settings(parse_memory_mb=512))) as reading:

        def read(path: Path) -> tuple[list[str], list[str]]:
            found = [item for item, _ in importing.rows(path, reading)]
            titles = [item.title for item in found if isinstance(item, Article)]
            return titles, [str(item) for item in found if isinstance(item, RowError)]

        yield read


def _packed(path: Path, *pieces: bytes) -> Path:
    with gzip.open(path, "wb", compresslevel=6) as file:
        for piece in pieces:
            file.write(piece)
    return path


def test_a_line_that_unpacks_without_end_is_one_line(tmp_path: Path, rows: Rows) -> None:
    bomb = _packed(tmp_path / "bomb.jsonl.gz", ROW, b'{"text": "', *([b"a" * MB] * 200), b'"}\n', ROW)
    titles, told = rows(bomb)
    assert titles == ["Ferry"]
    assert told == ["bomb.jsonl.gz:end: it unpacks to more than 200 times its size: the rest is left out; "
                    "if it is honest, unpack it first"]  # fmt: skip


def test_the_memory_of_both_stays_bounded(tmp_path: Path) -> None:
    bomb = _packed(tmp_path / "bomb.jsonl.gz", b'{"text": "', *([b"a" * MB] * 800), b'"}\n')
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            MEASURED,
            sys.executable,
            "-c",
            RUN,
            "--db",
            tmp_path / "wire.db",
            "import",
            bomb,
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.count("bomb.jsonl.gz:end") == 1
    assert "Traceback" not in done.stderr
    # of the largest process among them: the parent of the pool, or a child of it
    assert int(done.stdout.split()[-1]) < 700 * 1024


def test_an_overlong_line_is_passed_over_and_the_next_is_read(tmp_path: Path, rows: Rows) -> None:
    file = tmp_path / "long.jsonl"
    file.write_bytes(ROW + b'{"text": "' + b"a" * (40 * MB) + b'"}\n' + ROW)
    assert rows(file) == (["Ferry"] * 2, ["long.jsonl:2: a line of more than 16,777,216 bytes: it is passed over"])


HOSTILE: dict[str, Callable[[], Iterator[bytes]]] = {
    "a document of nothing": lambda: iter([b"[\n", *([b"{}," * 100_000] * 120), b"{}]"]),
    "an endless document": lambda: iter([b"{\n", *([b" " * MB] * 70), b"}"]),
    "deep": lambda: iter([b"[" * 1_000_000, b"\n"]),
    "empty lines": lambda: iter([b"\n" * MB] * 8),
    "XML of other elements": lambda: iter([b"<a>", *([b"<b/>" * 100_000] * 100), b"</a>"]),
    "XML of one text": lambda: iter([b"<a>", *([b"x" * MB] * 60), b"</a>"]),
    "XML that laughs": lambda: iter(
        [b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]><a>', b"&c;" * 1000]
    ),
    "an archive of one page": lambda: iter([record("https://h.example/", "200 OK", "text/html", b"x" * (50 * MB))]),
    "noise": lambda: iter([bytes(range(256)) * 100]),
}


@pytest.mark.parametrize("pieces", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_in_it_the_end_is_an_error_in_words(
    tmp_path: Path, rows: Rows, capfd: pytest.CaptureFixture[str], pieces: Callable[[], Iterator[bytes]]
) -> None:
    titles, told = rows(_packed(tmp_path / "file.gz", *pieces()))
    assert titles == []
    assert all(len(line) < 300 for line in told)
    assert "Traceback" not in "".join(capfd.readouterr())


def test_gzip_of_members_without_end_is_given_up(tmp_path: Path, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH_SECONDS", 3.0)
    file = tmp_path / "members.jsonl.gz"
    file.write_bytes(gzip.compress(ROW) + gzip.compress(b"") * 4_000_000)
    _, told = rows(file)
    assert len(told) == 1
    assert "took longer than 3 s" in told[0]


def test_a_child_that_dies_costs_what_it_had_not_given(tmp_path: Path, rows: Rows) -> None:
    file = tmp_path / "rows.jsonl"
    good = [json.dumps({"title": str(number), "text": "It sails.", "id": str(number)}) for number in range(100)]
    file.write_text("\n".join([*good[:64], "[" + "[],".join([""] * 5_000_000) + "[]]", *good[64:]]))
    titles, told = rows(file)
    assert titles[:64] == [str(number) for number in range(64)]
    assert len(told) == 1


def test_a_file_as_wires_send_it_is_read_whole(tmp_path: Path, rows: Rows) -> None:
    document = json.dumps([{"title": str(n), "text": "It sails again. " * 1_000, "id": str(n)} for n in range(3_000)])
    assert len(document) > 40 * MB
    (tmp_path / "whole.json").write_text(document)
    titles, told = rows(tmp_path / "whole.json")
    assert (len(titles), told) == (3_000, [])
