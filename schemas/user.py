"""Somebody who may sign in to the pages, and the sessions that they have open."""

from typing import Literal

from pydantic import ConfigDict, Field

from schemas.record import Record, Utc
from schemas.token import SCOPES, Scope

Role = Literal["reader", "editor"]
"""reader: sees everything that is stored; editor: changes alerts and feeds too, forgets, and replays letters."""

SCOPES_OF: dict[Role, tuple[Scope, ...]] = {"reader": ("read",), "editor": SCOPES}
"""What each may do, in the words that tokens have for it."""


class User(Record):
    """A person. The password is nowhere: what is kept is an argon2id hash of it (RFC 9106), in its PHC string."""

    model_config = ConfigDict(hide_input_in_errors=True)

    name: str = Field(min_length=1, max_length=100, pattern=r"^[^\s/\x00-\x1f\x7f][^/\x00-\x1f\x7f]*$")
    password: str = Field(repr=False)
    role: Role = "reader"
    created: Utc
    deleted: bool = False


class Session(Record):
    """One browser that is signed in. A person has a few places for them; a new session takes one that has ended."""

    id: str
    """The person's name, a stroke, and the number of the place."""
    user: str
    digest: str = Field(min_length=64, max_length=64)
    """SHA-256 of what the browser keeps, in hexadecimal: 256 random bits, so that no slower hash is needed."""
    password_digest: str
    """SHA-256 of the hash of the password that it began with: another password ends it."""
    began: Utc
    ends: Utc
    deleted: bool = False
    """Ended before its time."""
