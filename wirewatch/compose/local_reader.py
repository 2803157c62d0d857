"""The local installation, opened to read, beside whoever writes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from runtime.ledger import Balance
from runtime.local import account
from runtime.local.backup import backup
from runtime.local.ledger import indexed, ledger, trace
from runtime.local.log import Log
from runtime.ports import Held, StageReport
from schemas.clock import Clock, utc_now
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

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.topology = topology()
        self.database = Database(settings.db)
        self.log = Log(self.database, clock, self.topology.read)
        account.keep(self.database, self.topology.way)
        self.store = open_store(settings, self.database)

    @property
    def state(self) -> Log:
        """As Reader.state: the log keeps it."""
        return self.log

    def ledger(self, prove: bool = False) -> Balance:
        """As Reader.ledger."""
        return ledger(self.database, self.topology.way, prove)

    def tally(self) -> Mapping[str, Mapping[str, int]]:
        """How many outcomes of each kind each stage has entered: as it was kept, so at the cost of a few rows."""
        return account.tally(self.database.read)

    def indexed(self, but: Iterable[str] = ()) -> Mapping[str, datetime]:
        """As Reader.indexed."""
        return indexed(self.database, self.topology.way, but)

    def trace(self, identity: str) -> list[OutcomeRow]:
        """As Reader.trace."""
        return trace(self.database, identity)

    def dead_letters(self) -> list[Letter]:
        """As Reader.dead_letters."""
        records = (entry.record for entry in self.log.read(DEAD, 0, ALL_LETTERS))
        return [record for record in records if isinstance(record, Letter)]

    def status(self) -> list[StageReport]:
        """As Reader.status: by the word of the process that works on the file; where there is none, nothing is held."""
        # here: what asks for no status needs nothing of it
        from web.client import Client, NotReached

        try:
            return Client(self.settings.db, self.topology.names).status()
        except NotReached:
            return self.reports({})

    def reports(self, held: Held) -> list[StageReport]:
        """How each stage stands, where this is held."""
        beside = dict(held)
        reports = [
            StageReport(stage.name, self.log.lag(stage), beside.pop(stage.name, ())) for stage in self.topology.stages
        ]
        return reports + [StageReport(name, 0, waits) for name, waits in beside.items()]

    def backup(self, path: Path) -> str:
        """As Reader.backup: the whole file, as it is at one moment."""
        return f"{self.settings.db} is copied: {backup(self.database, path) >> 20} MiB"

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
