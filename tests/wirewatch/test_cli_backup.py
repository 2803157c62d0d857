"""`backup` and `restore`: an installation in one file, and another one made of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_an_installation_is_made_of_a_backup(filled: Callable[..., Any], tmp_path: Path) -> None:
    assert filled("backup", "copy").status == 0
    assert filled("--db", "new.db", "restore", "copy").status == 0
    (hit,) = filled("--db", "new.db", "search", "tomahawk", "--json").rows
    assert hit == filled("search", "tomahawk", "--json").rows[0]
    assert filled("--db", "new.db", "ledger").status == 0


def test_what_cannot_be_is_told_in_one_line(filled: Callable[..., Any], articles_file: Path) -> None:
    assert filled("backup", "copy").status == 0
    for arguments, why in (
        (("backup", "copy"), "copy is there already"),
        (("restore", "copy"), "wirewatch.db is there: stop what works on it and move it away"),
        (("--db", "new.db", "restore", articles_file.name), "is no backup of wirewatch"),
        (("--db", "new.db", "restore", "nowhere"), "there is no file nowhere"),
    ):
        ran = filled(*arguments)
        assert (ran.status, ran.err.count("\n")) == (1, 1)
        assert why in ran.err
