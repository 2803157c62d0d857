"""Passwords: what is kept of one, and whether one is right. Knows nobody's name."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Between the 8 characters that NIST SP 800-63B asked for in revision 3 and the 15 of revision 4 (3.1.1.2), since tries
# are few (web/signing_in.py). The longest is no sentence any more, and bounds what a stranger makes this process hash.
SHORTEST, LONGEST = 12, 1_000
# argon2id with what OWASP's Password Storage Cheat Sheet asks for at least: 19 MiB, two passes, one lane. Some 25 ms of
# one core; the memory is what the service `web` of docker-compose.yml has to spare for it.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class PasswordError(ValueError):
    """A password that is too short or too long: one line for a person."""


def hashed(password: str) -> str:
    """What is kept of a password. Raises PasswordError."""
    length = len(password)
    if not SHORTEST <= length <= LONGEST:
        raise PasswordError(f"a password has {SHORTEST} to {LONGEST} characters, this one {length}")
    return _HASHER.hash(_alike(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether it is the password that this is kept of. Where nothing is, it takes as long, and is not."""
    try:
        right = _HASHER.verify(kept or _nobodys(), _alike(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash("")


def _alike(password: str) -> bytes:
    """Keyboards write one letter in several ways (NIST SP 800-63B, 3.1.1.2: NFKC)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
