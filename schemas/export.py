"""Writes schemas/json/NAME.json from the records, for programs in other languages; a test keeps them current."""

import json
from pathlib import Path

from schemas.topics import TOPICS
from schemas.webhook import Webhook

FOLDER = Path(__file__).parent / "json"


def documents() -> dict[str, str]:
    """File name -> JSON Schema of what travels on each topic, and of what webhooks get."""
    records = {topic.name: topic.record for topic in TOPICS} | {"webhook": Webhook}
    return {
        f"{name}.json": json.dumps(record.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
        for name, record in records.items()
    }


def main() -> None:
    """Write all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
