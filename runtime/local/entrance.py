"""What is let into the log: of an article each revision once, and nothing of one that was forgotten."""

import sqlite3

from schemas.ledger import FETCH, FORGOTTEN_RULE, SAME_REVISION_RULE, identity
from schemas.record import Record
from schemas.topics import FORGOTTEN


def refusal(connection: sqlite3.Connection, article: Record) -> str | None:
    """The rule by which an article is not let in, or None."""
    id, revision = identity(article)
    if is_forgotten(connection, id):
        return FORGOTTEN_RULE
    known = connection.execute(
        "SELECT revision FROM outcomes WHERE id=? AND stage=? ORDER BY at DESC", (id, FETCH)
    ).fetchall()
    # A feed that shows an earlier revision again has taken an edit back; a file only says it again.
    compared = known[:1] if _is_polled(article) else known
    return SAME_REVISION_RULE if any(row["revision"] == revision for row in compared) else None


def is_forgotten(connection: sqlite3.Connection, id: str) -> bool:
    """Whether an article was taken out for good."""
    return (
        connection.execute("SELECT 1 FROM state WHERE topic=? AND key=?", (FORGOTTEN.name, id)).fetchone() is not None
    )


def _is_polled(article: Record) -> bool:
    return str(getattr(article, "feed", None) or "").startswith(("http://", "https://"))
