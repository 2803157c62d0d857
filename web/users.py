"""Who may sign in, and the sessions that are open: made, found and ended. Knows nothing of requests.

As tokens are, both are records of compacted topics, so that a file and a cluster have them alike; what is secret is
in neither.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from runtime.ports import Reader
from schemas.topics import SESSIONS, USERS
from schemas.user import Role, Session, User
from web.passwords import hashed
from web.tokens import digest

# Two weeks: longer than a holiday's weekend, shorter than a lost telephone is missed.
LASTS = timedelta(days=14)
# Browsers that one person is signed in with at once; one more, and the oldest has to sign in again.
PLACES = 20

FIRST = "newsroom"
"""Who is added where nobody may sign in yet (the setting http_password)."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person, and the session by which they are known."""

    user: User
    session: Session


def added(name: str, password: str, role: Role, now: datetime) -> User:
    """A new person. Raises PasswordError, or ValueError for a name that cannot be one."""
    return User(name=name, password=hashed(password), role=role, created=now)


def users(reader: Reader) -> list[User]:
    """Those who may sign in, by name."""
    return sorted((one for one in _users(reader).values() if not one.deleted), key=lambda one: one.name)


def user(reader: Reader, name: str) -> User | None:
    """The person of this name."""
    found = _users(reader).get(name)
    return None if found is None or found.deleted else found


def nobody_yet(reader: Reader) -> bool:
    """Whether nobody ever might sign in: who was removed is still known, as deleted."""
    return not _users(reader)


def begun(reader: Reader, who: User, now: datetime) -> tuple[str, Session]:
    """A new session: the secret that the browser keeps, and what is kept of it here."""
    secret = secrets.token_urlsafe(32)
    of_them = {one.id: one for one in _sessions(reader) if one.user == who.name}
    places = [f"{who.name}/{number}" for number in range(PLACES)]
    taken = {id for id, one in of_them.items() if _is_open(one, who, now)}
    free = [place for place in places if place not in taken]
    place = free[0] if free else min(places, key=lambda id: of_them[id].began)
    kept = Session(
        id=place, user=who.name, digest=digest(secret), password_digest=digest(who.password), began=now,
        ends=now + LASTS,
    )  # fmt: skip
    return secret, kept


def signed_in(reader: Reader, secret: str, now: datetime) -> SignedIn | None:
    """Whose session this is the secret of, where it is open still."""
    wanted = digest(secret)
    for session in _sessions(reader):
        if secrets.compare_digest(session.digest, wanted):
            who = user(reader, session.user)
            return SignedIn(who, session) if who and _is_open(session, who, now) else None
    return None


def open_sessions(reader: Reader, who: User, now: datetime) -> Sequence[Session]:
    """The sessions that somebody has open."""
    return [one for one in _sessions(reader) if one.user == who.name and _is_open(one, who, now)]


def _is_open(session: Session, who: User, now: datetime) -> bool:
    return not session.deleted and now < session.ends and session.password_digest == digest(who.password)


def _users(reader: Reader) -> Mapping[str, User]:
    return reader.state.mapping(USERS, User)


def _sessions(reader: Reader) -> Iterable[Session]:
    return reader.state.mapping(SESSIONS, Session).values()
