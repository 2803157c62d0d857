"""Tokens of the HTTP API: making one, and those in force. Knows nothing of requests."""

import hashlib
import secrets
from datetime import datetime

from runtime.ports import Reader
from schemas.token import Scope, Token
from schemas.topics import TOKENS

PREFIX = "ww_"
"""What a token begins with: scanners of leaked secrets find it by that."""


def made(name: str, scopes: tuple[Scope, ...], now: datetime) -> tuple[str, Token]:
    """A new token, to be shown once, and what is kept of it."""
    secret = PREFIX + secrets.token_urlsafe(32)
    return secret, Token(name=name, digest=digest(secret), scopes=scopes, created=now)


def digest(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tokens(reader: Reader) -> list[Token]:
    """The tokens in force, by name."""
    every = (token for token in reader.state.items(TOKENS, Token) if not token.deleted)
    return sorted(every, key=lambda token: token.name)
