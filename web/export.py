"""Writes docs/openapi.json from the app itself; a test keeps it current: python -m web.export."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from runtime.ports import Reader
from web.app import create_app
from web.installation import Installation

FILE = Path(__file__).parents[1] / "docs" / "openapi.json"


def openapi() -> dict[str, Any]:
    """The API's description, of no installation in particular."""
    nothing = cast(Callable[..., Any], None)
    app = create_app(Installation(cast(Reader, None), nothing, nothing, nothing))
    described: dict[str, Any] = app.openapi()
    return described


def document() -> str:
    """The file's text."""
    return json.dumps(openapi(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
