"""Opens the store that the settings name to take care of its indexes, with nobody beside who writes its file."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from runtime.local.lock import FileInUse, Lock
from stores.open import open_store, store_file
from stores.sqlite.database import DatabaseError
from stores.store import Maintenance, MaintenanceError
from wirewatch.settings import Settings


@contextmanager
def maintained(settings: Settings) -> Iterator[Maintenance]:
    """The store. Raises MaintenanceError where there is none yet, or another process works on its file."""
    file = store_file(settings)
    if file is None:
        with closing(open_store(settings)) as store:
            yield store
        return
    if not file.exists():
        raise MaintenanceError(f"there is no {file} yet: it is made, with its indexes, when it is first written")
    try:
        with Lock(file), closing(open_store(settings)) as store:
            yield store
    except (FileInUse, DatabaseError) as error:
        raise MaintenanceError(str(error)) from error
