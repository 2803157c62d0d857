"""A key with which a program may use the HTTP API, and what it may do with it."""

from typing import Literal

from pydantic import Field

from schemas.record import Record, Utc

Scope = Literal["read", "alerts", "feeds", "operate"]
"""read: everything that is stored; alerts: change alerts; feeds: change feeds; operate: forget, and replay letters."""

SCOPES: tuple[Scope, ...] = ("read", "alerts", "feeds", "operate")


class Token(Record):
    """An API token. The token itself is nowhere: what is kept tells nobody how to use it."""

    name: str = Field(min_length=1, max_length=100)
    digest: str = Field(min_length=64, max_length=64)
    """SHA-256 of the token, in hexadecimal. A token is 256 random bits, so that no slower hash is needed."""
    scopes: tuple[Scope, ...] = ("read",)
    created: Utc
    deleted: bool = False
