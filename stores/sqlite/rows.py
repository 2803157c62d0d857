"""An article as a row, and back: the record as JSON, the body stored once elsewhere. Knows no queries."""

import sqlite3
from datetime import UTC, datetime, timedelta

from pydantic_core import from_json

from schemas.article import WireArticle
from stores.document import Document
from stores.query.fields import KEYWORDS, TIMES
from stores.sqlite import bodies
from stores.sqlite.packing import pack, unpack
from stores.sqlite.schema import COLUMNS, listed, quoted

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = ("rowid", "id", "version", *COLUMNS, "record", "body_id")
INSERT = f"INSERT INTO articles({listed(_COLUMNS)}) VALUES({', '.join('?' * len(_COLUMNS))})"
UPDATE = f"UPDATE articles SET {', '.join(f'{quoted(column)}=?' for column in COLUMNS)} WHERE rowid=?"


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970, as the tables keep times."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def moment(milliseconds: int | None) -> datetime | None:
    """And back; None where there is none."""
    return None if milliseconds is None else known_moment(milliseconds)


def known_moment(milliseconds: int) -> datetime:
    """A moment that is there."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def values(rowid: int, article: WireArticle, document: Document, body_id: int) -> tuple[object, ...]:
    """What INSERT needs."""
    return (
        rowid,
        article.id,
        article.version,
        *field_values(article, document),
        pack(article.model_dump_json(exclude=bodies.FIELDS, exclude_defaults=True)),
        body_id,
    )


def field_values(article: WireArticle, document: Document) -> tuple[str | int | None, ...]:
    """The values of COLUMNS."""
    moments = (document.times[field.name] for field in TIMES)
    return (
        *(document.keywords[field.name] for field in KEYWORDS),
        *(None if moment is None else milliseconds(moment) for moment in moments),
        readable(article.title),
        article.url and readable(article.url),
    )


def readable(text: str) -> str:
    """Text as a column takes it: without halves of surrogate pairs."""
    return text.encode(errors="replace").decode()


def article(connection: sqlite3.Connection, row: sqlite3.Row) -> WireArticle:
    """The article of a row that holds record and body_id."""
    return joined(row["record"], *bodies.get(connection, row["body_id"]))


def joined(record: bytes, text: str, original: str | None) -> WireArticle:
    """The article of its record and its body."""
    return WireArticle.model_validate({**from_json(unpack(record)), "text": text, "original": original})
