"""What is derived from the table of search fields for people to read is what the code says now."""

from pathlib import Path

import pytest

from stores import export


@pytest.mark.parametrize("path", export.documents(), ids=lambda path: path.name)
def test_it_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == export.documents()[path], "run `make docs`"


def test_every_mapping_has_a_file_and_no_other() -> None:
    assert set(export.FOLDER.iterdir()) == {path for path in export.documents() if path.parent == export.FOLDER}
