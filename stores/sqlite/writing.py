"""Writing articles into SQLite: versions decide, terms are made beforehand, transactions stay short.

Knows the tables; searching is searching.py's.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.article import WireArticle
from schemas.outcome import Done, Dropped, Outcome
from stores.document import MOST_QUOTES, Document, counted_values, document, storable, word_count
from stores.sqlite import bodies, revisions, rows
from stores.sqlite.schema import ARTICLE_COLUMNS, QUOTE_COLUMNS, listed, quote_rowid
from stores.sqlite.terms import Terms, terms_of

# Some 500 terms a millisecond go in, so that a transaction takes about 10 ms, and on a busy machine under 50.
TERMS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with everything that can be worked out before a transaction."""

    article: WireArticle
    document: Document
    terms: Terms

    @property
    def size(self) -> int:
        """Roughly how many terms it has."""
        return sum(column.count(" ") for column in self.terms.article) + 1


def prepared(article: WireArticle) -> Prepared:
    """Work out what writing needs."""
    article = storable(article)
    searchable = document(article)
    return Prepared(article, searchable, terms_of(searchable))


def chunks(articles: Sequence[WireArticle]) -> Iterator[list[Prepared]]:
    """The articles, worked out, in portions for one transaction each."""
    portion: list[Prepared] = []
    for article in articles:
        portion.append(prepared(article))
        if sum(one.size for one in portion) >= TERMS_AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion


def put(connection: sqlite3.Connection, new: Prepared) -> Outcome:
    """Store one article within a transaction; an older version of it goes first."""
    row = connection.execute(
        "SELECT rowid, version, first_seen, record, body_id FROM articles WHERE id=?", (new.article.id,)
    ).fetchone()
    if row is not None and row["version"] > new.article.version:
        return Dropped("superseded")
    first_seen = rows.milliseconds(new.article.first_seen)
    if row is not None:
        old = remove(connection, row)
        if old.revision != new.article.revision:
            revisions.keep(connection, old, row, new.article.fetched_at)
    rowid = row["rowid"] if row is not None and row["first_seen"] == first_seen else _free(connection, first_seen)
    body_id = bodies.put(connection, new.article.text, new.article.original)
    connection.execute(rows.INSERT, rows.values(rowid, new.article, new.document, body_id))
    _put_facets(connection, rowid, new.article)
    _put_quotes(connection, rowid, new)
    _write_terms(connection, rowid, new.terms, delete=False)
    return Done()


def refresh(connection: sqlite3.Connection, rowid: int, new: Prepared) -> None:
    """Write anew what is searched by, within a transaction. The full-text tables hold nothing of the article."""
    connection.execute(rows.UPDATE, (*rows.field_values(new.article, new.document), rowid))
    connection.execute("DELETE FROM counted WHERE article=?", (rowid,))
    _remove_quotes(connection, rowid)
    _put_facets(connection, rowid, new.article)
    _put_quotes(connection, rowid, new)
    _write_terms(connection, rowid, new.terms, delete=False)


def _put_facets(connection: sqlite3.Connection, rowid: int, article: WireArticle) -> None:
    held = [f"{field} {value}" for field, values in counted_values(article).items() for value in values]
    connection.execute("INSERT INTO counted VALUES(?,?)", (rowid, rows.readable(json.dumps(held, ensure_ascii=False))))


def _put_quotes(connection: sqlite3.Connection, rowid: int, new: Prepared) -> None:
    found = []
    for number, (quote, said) in enumerate(zip(new.article.quotes, new.document.quotes, strict=True)):
        speaker = (quote.speaker.name, quote.speaker.text, quote.speaker.id) if quote.speaker else (None, None, None)
        known = (quote.kind, *(one and rows.readable(one) for one in speaker))
        found.append((quote_rowid(rowid, number), *known, word_count(said.text), rows.readable(said.text)))
    connection.executemany("INSERT INTO quotes VALUES(?,?,?,?,?,?,?)", found)


def _remove_quotes(connection: sqlite3.Connection, rowid: int) -> None:
    bounds = (quote_rowid(rowid, MOST_QUOTES), quote_rowid(rowid, 0))
    connection.execute("DELETE FROM quotes WHERE rowid BETWEEN ? AND ?", bounds)


def remove(connection: sqlite3.Connection, row: sqlite3.Row) -> WireArticle:
    """Take an article out within a transaction; what it was. `row` holds rowid, record and body_id.

    A full-text table without text has to be told the old terms: they are worked out from the old article.
    """
    old = prepared(rows.article(connection, row))
    _write_terms(connection, row["rowid"], old.terms, delete=True)
    connection.execute("DELETE FROM counted WHERE article=?", (row["rowid"],))
    _remove_quotes(connection, row["rowid"])
    connection.execute("DELETE FROM articles WHERE rowid=?", (row["rowid"],))
    return old.article


def _free(connection: sqlite3.Connection, first_seen: int) -> int:
    """The first row id from `first_seen` on that nobody has."""
    if connection.execute("SELECT 1 FROM articles WHERE rowid=?", (first_seen,)).fetchone() is None:
        return first_seen
    (free,) = connection.execute(
        "SELECT a.rowid + 1 FROM articles a LEFT JOIN articles b ON b.rowid = a.rowid + 1"
        " WHERE a.rowid >= ? AND b.rowid IS NULL ORDER BY a.rowid LIMIT 1",
        (first_seen,),
    ).fetchone()
    return int(free)


def _write_terms(connection: sqlite3.Connection, rowid: int, terms: Terms, delete: bool) -> None:
    _feed(connection, "article_terms", ARTICLE_COLUMNS, [(rowid, *terms.article)], delete)
    numbered = [(quote_rowid(rowid, number), *quote) for number, quote in enumerate(terms.quotes)]
    _feed(connection, "quote_terms", QUOTE_COLUMNS, numbered, delete)


def _feed(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    values: Sequence[tuple[object, ...]],
    delete: bool,
) -> None:
    names = listed(("rowid", *columns))
    marks = ", ".join("?" * (len(columns) + 1))
    if delete:
        sql = f"INSERT INTO {table}({table}, {names}) VALUES('delete', {marks})"
    else:
        sql = f"INSERT INTO {table}({names}) VALUES({marks})"
    connection.executemany(sql, values)
