"""Tells a channel in a child process that can be killed: one that hangs, swells or crashes costs its own telling only.

Knows the pool of children as a Protocol; what a channel is, alerts/channels.py knows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from alerts.channel_guard import ChannelGuard
from alerts.channels import Away, Message, Notify, Refused, load, masked, notify
from schemas.outcome import Hold
from schemas.services import NOT_STARTED, Failure, Pool, WorkerSpec

# Apprise gives a connection 4 s and an answer 4 s; a channel of many receivers is told one after the other.
LONGEST_SECONDS = 60.0
# Apprise and its channels take some 100 MB of addresses; an answer without an end must not take the machine.
MEMORY_MB = 1024


@dataclass(frozen=True, slots=True)
class Told:
    """How a telling ended: taken, or as the exception of that name says."""

    ended: Literal["taken", "away", "refused"]
    why: str = ""


Telling = tuple[str, Message]
"""The address, and what it is told."""


def child(guard: ChannelGuard) -> WorkerSpec[Telling, Told]:
    """What the child process does."""
    return WorkerSpec(_make, (guard,), seconds=LONGEST_SECONDS, memory_mb=MEMORY_MB)


def told_by(pool: Pool[Telling, Told]) -> Notify:
    """Notify, by a child of this pool. Raises Hold where no child can be started."""
    return partial(_tell, pool)


def _make(guard: ChannelGuard) -> Callable[[Telling], Told]:
    load()  # before the clock of the first telling runs
    return partial(_told, guard)


def _told(guard: ChannelGuard, telling: Telling) -> Told:
    try:
        notify(*telling, guard)
    except Away as away:
        return Told("away", str(away))
    except Refused as refused:
        return Told("refused", str(refused))
    return Told("taken")


def _tell(pool: Pool[Telling, Told], address: str, message: Message) -> None:
    (told,) = pool.map([(address, message)])
    if isinstance(told, Failure):
        if told.reason == NOT_STARTED:
            raise Hold(f"channels cannot be told: {told.error}")
        raise Away(f"{masked(address)}: {told.error}")
    if told.ended == "away":
        raise Away(told.why)
    if told.ended == "refused":
        raise Refused(told.why)
