"""What a stage waits for, as a worker tells others: a hold is seen by whoever asks, not only beside the worker."""

from schemas.record import Record, Utc


class Waited(Record):
    """Something that is away: what of the stage waits, since when, and what was last heard of it."""

    what: str
    since: Utc
    why: str


class HeldStage(Record):
    """What the owner of one partition of a stage's topic waits for; nothing when it goes on."""

    id: str
    """The stage and the partition: the next owner of the partition has the next word."""
    stage: str
    waits: tuple[Waited, ...] = ()
