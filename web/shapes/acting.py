"""What the socket beside a file takes and answers, beyond the rest of /api/v1: a field may be added, none change."""

from typing import Any

from pydantic import AwareDatetime, BaseModel, Field

from web.shapes.problem import Problem


class SentRecord(BaseModel, extra="forbid"):
    """A record, and where it goes on."""

    topic: str
    record: dict[str, Any] = Field(description="As schemas/json has the topic's records.")


class RecordsPost(BaseModel, extra="forbid"):
    """Records to put on their topics, all or none."""

    records: list[SentRecord]


class Accepted(BaseModel):
    """What became of articles that were published: how many go on, how many were dropped and by which rule."""

    accepted: int
    dropped: list[tuple[str, int]]


class ReplayPost(BaseModel, extra="forbid"):
    """Since when a stage is to run again, and under which name an interrupted replay goes on."""

    since: AwareDatetime
    name: str | None = None


class ReplayLine(BaseModel):
    """A line of a replay's answer; of the fields only one is there. The last has `number` or `problem`."""

    progress: tuple[int, int] | None = Field(default=None, description="How many records are done, and of how many.")
    number: int | None = Field(default=None, description="All are done: so many.")
    problem: Problem | None = Field(default=None, description="It ended, and not well.")
