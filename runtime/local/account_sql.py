"""The SQL by which the ledger's account is kept in the file (runtime.local.account): tables and triggers.

A place is where a revision's way stands (runtime.ledger.Place).
"""

from runtime.ledger import ENDED
from schemas.ledger import FETCH

# way: the stages of an article's way by rank, from its fetch on; the last row, ENDED, stands for its end.
# ends: how many revisions stand at each place. under_way: those that have not ended. tally: all outcomes, by stage.
TABLES = {
    "way": "rank INTEGER PRIMARY KEY, stage TEXT NOT NULL",
    "ends": "stage TEXT, outcome TEXT, reason TEXT, number INTEGER NOT NULL, PRIMARY KEY(stage, outcome, reason)",
    "under_way": "id TEXT, revision TEXT, PRIMARY KEY(id, revision)",
    "tally": "stage TEXT, outcome TEXT, number INTEGER NOT NULL, PRIMARY KEY(stage, outcome)",
}


def place(id: str, revision: str, outcome: str = "o.outcome", reason: str = "o.reason") -> str:
    """The first stage of the way that a revision has not passed; arguments are expressions of SQL."""
    return (
        f"SELECT w.stage AS stage, coalesce({outcome}, '') AS outcome, coalesce({reason}, '') AS reason FROM way w"
        f" LEFT JOIN outcomes o ON o.id={id} AND o.stage=w.stage AND o.revision={revision}"
        f" WHERE ({outcome}) IS NOT 'done' ORDER BY w.rank LIMIT 1"
    )


def _moved(row: str, was: str) -> str:
    """A revision leaves the place at which it stood, and comes to the one at which it stands now.

    `row`: what was written; `was`: what stood there before, NULL for nothing.
    """
    before = [
        f"CASE WHEN w.stage={row}.stage THEN {was if was == 'NULL' else f'{was}.{column}'} ELSE o.{column} END"
        for column in ("outcome", "reason")
    ]
    key = f"{row}.id", f"{row}.revision"
    now = place(*key)
    return (
        f"UPDATE ends SET number=number-1 WHERE (stage, outcome, reason)=({place(*key, *before)});"
        f" INSERT INTO ends SELECT stage, outcome, reason, 1 FROM ({now})"
        f" WHERE stage<>'{FETCH}' OR outcome<>'' ON CONFLICT DO UPDATE SET number=number+1;"
        f" DELETE FROM under_way WHERE id={key[0]} AND revision={key[1]};"
        f" INSERT INTO under_way SELECT {key[0]}, {key[1]} FROM ({now})"
        f" WHERE stage NOT IN ('{ENDED}', '{FETCH}') AND outcome='';"
    )


def _trigger(event: str, row: str, was: str) -> str:
    """Where a stage is none of the way, the place is as it was."""
    return f"AFTER {event} ON outcomes WHEN {row}.stage IN (SELECT stage FROM way) BEGIN {_moved(row, was)} END"


_MORE = "INSERT INTO tally VALUES(NEW.stage, NEW.outcome, 1) ON CONFLICT DO UPDATE SET number=number+1;"
_LESS = "UPDATE tally SET number=number-1 WHERE stage=OLD.stage AND outcome=OLD.outcome;"
TRIGGERS = {
    "account_inserted": _trigger("INSERT", "NEW", "NULL"),
    "account_updated": _trigger("UPDATE", "NEW", "OLD"),
    "account_deleted": _trigger("DELETE", "OLD", "OLD"),
    "tally_inserted": f"AFTER INSERT ON outcomes BEGIN {_MORE} END",
    "tally_updated": f"AFTER UPDATE ON outcomes BEGIN {_LESS} {_MORE} END",
    "tally_deleted": f"AFTER DELETE ON outcomes BEGIN {_LESS} END",
}
