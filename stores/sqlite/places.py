"""Where articles lie, in SQLite: read off the record, without the body and without the checks of a whole article."""

import sqlite3

from pydantic_core import from_json

from stores.outlines import PlacedPage, placed
from stores.query.tree import Node
from stores.sqlite.matching import Matching
from stores.sqlite.packing import unpack


def page(connection: sqlite3.Connection, root: Node, limit: int, after: str | None) -> PlacedPage:
    """One page; see Store.places."""
    newest = Matching.of(connection, root).newest_articles("a.record AS record", after, limit + 1)
    found = connection.execute(*newest).fetchall()
    following = str(found[limit - 1]["rowid"]) if len(found) > limit else None
    return PlacedPage(tuple(placed(from_json(unpack(row["record"]))) for row in found[:limit]), following)
