"""Who polls which host, where several producers work: each decides alone, from the same heartbeats.

A host always belongs to one producer, so that its pause holds across all workers. Rendezvous hashing
(the highest hash of member and host wins): a member that dies gives away only its own hosts.
Pure but for the clock; where heartbeats are kept is the caller's (a compacted topic).
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from schemas.clock import Clock
from schemas.feed import Heartbeat

# A heartbeat every five seconds; six missed mean death: with the reading of the list (five seconds)
# a dead producer's hosts are polled again within forty seconds.
BEAT_S = 5.0
DEAD_AFTER = timedelta(seconds=30)
# One whose own beats do not arrive stops before the others take over from it.
FENCED_AFTER = timedelta(seconds=20)
# A newcomer counts for the others after this time, and for itself after twice it: in between, the
# others have let go of what will be its own.
SETTLED_AFTER = timedelta(seconds=10)
REREAD = timedelta(seconds=1)

Beats = Callable[[], Iterable[Heartbeat]]
"""The last confirmed heartbeat of each producer, this one included."""


def owner(host: str, members: Iterable[str]) -> str | None:
    """Whose host it is; None where nobody lives."""
    return max(members, key=lambda member: (_weight(member, host), member), default=None)


def living(beats: Iterable[Heartbeat], me: str, now: datetime) -> list[str]:
    """Names of those that count, as `me` sees it."""
    return [
        beat.name
        for beat in beats
        if now - beat.at < (FENCED_AFTER if beat.name == me else DEAD_AFTER)
        and now - beat.since >= SETTLED_AFTER * (2 if beat.name == me else 1)
    ]


class Share:
    """This producer's share of the hosts."""

    def __init__(self, me: str, beats: Beats, clock: Clock) -> None:
        self._me = me
        self._beats = beats
        self._clock = clock
        self._members: list[str] = []
        self._read_at: datetime | None = None

    def mine(self, host: str) -> bool:
        """Whether this producer polls the host's feeds now."""
        members = self._living()
        return self._me in members and owner(host, members) == self._me

    def pauses(self, host: str) -> float:
        """Factor on the pause before a host's pages: all producers may read pages of a host that is another's."""
        return 1.0 if self.mine(host) else float(max(1, len(self._living())))

    def _living(self) -> list[str]:
        now = self._clock()
        if self._read_at is None or now - self._read_at >= REREAD:
            self._members = living(self._beats(), self._me, now)
            self._read_at = now
        return self._members


def _weight(member: str, host: str) -> bytes:
    return blake2b(f"{member}\x00{host}".encode(), digest_size=8).digest()
