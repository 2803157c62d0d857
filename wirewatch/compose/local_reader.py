"""The local installation, opened to read, beside whoever writes it."""

from typing import Self

from runtime.ledger import Balance
from runtime.local.ledger import ledger, trace
from runtime.local.log import Log
from schemas.ledger import Letter, OutcomeRow
from schemas.topics import DEAD
from stores.open import open_store
from stores.sqlite.database import Database
from wirewatch.pipeline import topology
from wirewatch.settings import Settings

# All of them: letters are few, or something is very wrong and all must be seen.
ALL_LETTERS = 1_000_000


class LocalReader:
    """The Reader port (runtime.ports) on the SQLite file. Raises DatabaseError."""

    def __init__(self, settings: Settings) -> None:
        self._database = Database(settings.db)
        self.store = open_store(settings, self._database)
        self.state = Log(self._database)

    def account(self) -> Balance:
        """As Reader.account."""
        return ledger(self._database, topology().way)

    def trace(self, identity: str) -> list[OutcomeRow]:
        """As Reader.trace."""
        return trace(self._database, identity)

    def letters(self) -> list[Letter]:
        """As Reader.letters."""
        records = (entry.record for entry in self.state.read(DEAD, 0, ALL_LETTERS))
        return [record for record in records if isinstance(record, Letter)]

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
