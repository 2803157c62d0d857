"""Opens the store that the settings name: Elasticsearch's where they name one, else SQLite's file.

Which log an installation has is another choice (wirewatch/compose). A further store is a further line here.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from stores.settings import StoreSettings
from stores.sqlite.database import Database

if TYPE_CHECKING:
    from stores.store import Store


def open_store(settings: StoreSettings, database: Database | None = None) -> "Store":
    """The store; close it. `database`: the file, where it is open already because a log is in it too.

    Raises DatabaseError for a file that cannot be used. Of Elasticsearch nothing is asked yet.
    """
    # each here: Elasticsearch's client takes half a second to load, and SQLite's store a third
    if settings.elasticsearch:
        from stores.elastic.connect import connect

        return connect(settings)
    from stores.sqlite.store import EmbeddedStore

    return EmbeddedStore(database or Database(settings.db))


def store_file(settings: StoreSettings) -> Path | None:
    """The file that the store is, which one process may write at a time; None where a server keeps it."""
    return None if settings.elasticsearch else settings.db
