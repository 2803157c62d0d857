"""The ledger at the door: every entry of every document that was read has an outcome, counted per feed."""

from collections import Counter

from runtime.ports import Reader
from schemas.address import public
from schemas.feed import FeedState
from schemas.lines import EntryAccount
from schemas.topics import FEEDSTATE
from wirewatch.cli.output import console, show


def entry_account(reader: Reader) -> EntryAccount:
    """Over all feeds."""
    totals: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    unaccounted: dict[str, int] = {}
    for state in reader.state.items(FEEDSTATE, FeedState):
        counts = state.entries
        totals.update({"read": counts.read, "published": counts.published, "known": counts.known})
        dropped.update(counts.dropped)
        if counts.unaccounted:
            unaccounted[public(state.url)] = counts.unaccounted
    return EntryAccount(
        read=totals["read"],
        published=totals["published"],
        known=totals["known"],
        dropped=dict(dropped),
        unaccounted=unaccounted,
    )


def print_entries(account: EntryAccount) -> None:
    """The account as a table; nothing where no feed was read."""
    if not account.read:
        return
    rows = [("read in feeds", account.read)]
    rows += [("of them published", account.published), ("of them known", account.known)]
    rows += [(f"of them dropped, {reason}", number) for reason, number in sorted(account.dropped.items())]
    show([{"what": what, "entries": number} for what, number in rows], ("what", "entries"), False, "")
    for url, number in account.unaccounted.items():
        console.print(f"unaccounted for: {number} entries of {url}", markup=False, highlight=False)
