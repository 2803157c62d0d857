"""An article as a row, and back: the record as JSON, the body stored once elsewhere. Knows no queries."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

from schemas.article import WireArticle
from stores.document import Document
from stores.sqlite import bodies
from stores.sqlite.packing import pack, unpack

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = "rowid, id, version, id_folded, source, language, feed, story, published, first_seen, record, body_id"
INSERT = f"INSERT INTO articles({_COLUMNS}) VALUES({', '.join('?' * 12)})"


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970, as the tables keep times."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def values(rowid: int, article: WireArticle, document: Document, body_id: int) -> tuple[object, ...]:
    """What INSERT needs."""
    keywords = document.keywords
    return (
        rowid,
        article.id,
        article.version,
        *(keywords[field] for field in ("id", "source", "language", "feed", "story")),
        None if article.published is None else milliseconds(article.published),
        milliseconds(article.first_seen),
        pack(article.model_dump_json(exclude=bodies.FIELDS, exclude_defaults=True)),
        body_id,
    )


def article(connection: sqlite3.Connection, row: sqlite3.Row) -> WireArticle:
    """The article of a row that holds record and body_id."""
    text, original = bodies.get(connection, row["body_id"])
    return WireArticle.model_validate({**json.loads(unpack(row["record"])), "text": text, "original": original})
