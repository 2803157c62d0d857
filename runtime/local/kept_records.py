"""Records as the file has them, read. Raises Hold where one is of a newer version: a newer process can read it."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from schemas.outcome import Hold
from schemas.record import Record
from schemas.topics import Topic

R = TypeVar("R", bound=Record)

# Rows read at one go: some megabytes.
AT_ONCE = 1000


def with_body(topic: Topic, payload: str, body: Mapping[str, Any]) -> Record:
    """A record of the log, and its body where it has one."""
    return readable(topic, partial(_with_body, topic, payload, body))


def _with_body(topic: Topic, payload: str, body: Mapping[str, Any]) -> Record:
    if not body:
        return topic.record.model_validate_json(payload)
    return topic.record.model_validate(json.loads(payload) | body)


def records(topic: Topic, kind: type[R], rows: sqlite3.Cursor) -> Iterator[R]:
    """The records of rows of state."""
    while some := rows.fetchmany(AT_ONCE):
        for row in some:
            yield readable(topic, partial(kind.model_validate_json, row["record"]))


def readable(topic: Topic, read: Callable[[], R]) -> R:
    """A record of the topic."""
    try:
        return read()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Hold(
            f"a record of {topic.name} is of another version ({where}: {first['msg']}): start the version that wrote it"
        ) from error
