"""An error as /api/v1 answers it (RFC 9457, application/problem+json): a field may be added, none change."""

from pydantic import BaseModel, Field


class Problem(BaseModel):
    """What went wrong, for a program (`status`, `title`) and for a person (`detail`)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    position: int | None = None
    """Of a query: the code point at which it is wrong."""
    away: str | None = Field(default=None, description="Of a 503: what is away, in the words of who waits for it.")
