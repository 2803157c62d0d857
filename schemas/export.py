"""Writes schemas/json/NAME.json from the records, for programs in other languages; a test keeps them current.

What travels on a topic has the topic's name; what a command prints with --json is commands/NAME.json.
"""

import json
from pathlib import Path
from typing import Literal

from schemas.commands import SHAPES
from schemas.record import Record
from schemas.topics import TOPICS
from schemas.webhook import Webhook

FOLDER = Path(__file__).parent / "json"


def documents() -> dict[str, str]:
    """File name -> JSON Schema of what travels on each topic, what each command prints, and what webhooks get."""
    return {
        **{f"{topic.name}.json": _schema(topic.record, "validation") for topic in TOPICS},
        **{f"commands/{name}.json": _schema(record, "serialization") for name, record in SHAPES.items()},
        "webhook.json": _schema(Webhook, "validation"),
    }


def _schema(record: type[Record], mode: Literal["validation", "serialization"]) -> str:
    return json.dumps(record.model_json_schema(mode=mode), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write all of them."""
    (FOLDER / "commands").mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
