"""A line for each alert while `up` runs: what was found, for whom, and what became of telling it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from alerts import in_words
from runtime.rounds import Rounds
from schemas.alert import Recorded
from schemas.clock import Clock, utc_now
from stores.store import Store

# A person reads along: sooner is not seen, and the store is asked in vain most of the time.
LOOK_SECONDS = 1.0
# What is recorded was matched a little before. Where it takes longer, `alert history` has it.
LATE = timedelta(seconds=60)
# More in a minute than anybody reads: `alert history` has all.
MOST = 50


class AlertLines:
    """Prints alerts, each once, in the order in which they were matched."""

    def __init__(self, store: Store, tell: Callable[[str], object], clock: Clock = utc_now) -> None:
        self._store = store
        self._tell = tell
        self._clock = clock
        self._began = clock()
        self._told: dict[str, datetime] = {}
        self._rounds = Rounds("alert lines", LOOK_SECONDS, self._look, clock)

    def start(self) -> None:
        """Begin with what is matched from now on."""
        self._rounds.start()

    def close(self) -> None:
        """End, with what came last."""
        self._rounds.stop()
        self._look(0)

    def _look(self, _: int) -> None:
        since = max(self._began, self._clock() - LATE)
        page = self._store.alerts(since=since, limit=MOST)
        self._told = {id: at for id, at in self._told.items() if at >= since}
        for one in reversed(page.alerts):
            if one.id not in self._told:
                self._told[one.id] = one.matched_at
                self._tell(line(one))


def line(one: Recorded) -> str:
    """One alert."""
    return f"{one.matched_at:%H:%M:%S} {one.subscription_name}: {one.title or one.url} ({in_words.telling(one)})"
