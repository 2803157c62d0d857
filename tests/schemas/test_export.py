"""The exported JSON Schemas are those of the records."""

import pytest
from pydantic import ValidationError

from schemas.article import Article, Span
from schemas.export import FOLDER, documents
from schemas.topics import TOPICS


def test_exported_schemas_are_current() -> None:
    written = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.json")}
    assert written == documents(), "run `make docs`"


def test_every_record_refuses_unknown_fields_by_name() -> None:
    for topic in TOPICS:
        with pytest.raises(ValidationError, match="colour"):
            topic.record.model_validate({"colour": "red"})


def test_every_topic_has_its_key_in_its_record() -> None:
    for topic in TOPICS:
        assert topic.key in topic.record.model_fields


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        Article.model_validate({"id": "a", "revision": "r", "text": "t", "fetched_at": "2026-01-01T00:00:00"})


def test_a_span_is_never_empty() -> None:
    with pytest.raises(ValidationError, match="empty"):
        Span(start=3, end=3)
