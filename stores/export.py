"""Writes what is derived from the table of search fields for people to read; a test keeps it current.

stores/elastic/mappings/NAME.json, and the table of fields in docs/query-language.md.
"""

import json
import re
from pathlib import Path

from stores.elastic.mapping import ANALYSIS, MAPPINGS, mapping
from stores.query.field import Field
from stores.query.fields import COUNTABLE, FIELDS

FOLDER = Path(__file__).parent / "elastic" / "mappings"
PAGE = Path(__file__).parents[1] / "docs" / "query-language.md"
_TABLE = re.compile(r"^\| field \|.*\n(\|.*\n)+", re.MULTILINE)


def documents() -> dict[Path, str]:
    """File -> text."""
    mappings = {name: mapping(name) for name in MAPPINGS}
    return {
        **{FOLDER / f"{name}.json": _json(content) for name, content in {**mappings, "analysis": ANALYSIS}.items()},
        PAGE: _TABLE.sub(lambda _: _table(), PAGE.read_text(encoding="utf-8")),
    }


def _json(content: object) -> str:
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _table() -> str:
    rows = ["| field | also | what it holds | compared as | counted |", "|---|---|---|---|---|", *map(_row, FIELDS)]
    return "\n".join(rows) + "\n"


def _row(field: Field) -> str:
    aliases = " ".join(f"`{alias}:`" for alias in field.aliases)
    meaning = field.meaning.replace("quotes:(…)", "`quotes:(…)`")
    counted = "yes" if field in COUNTABLE else ""
    cells = (f"`{field.name}:`", aliases, meaning, field.kind.name.lower(), counted)
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def main() -> None:
    """Write all of them."""
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
