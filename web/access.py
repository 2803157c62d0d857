"""Who may ask what: programs by tokens with scopes, people by sessions and roles; without either only who sits at this
machine.

Token and session are looked up by their hashes, so that a wrong one learns nothing, not even by how long it takes.
"""

import base64
import ipaddress
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from schemas.token import SCOPES, Scope
from schemas.user import SCOPES_OF
from web.installation import Installation
from web.owner import is_owner
from web.problems import ProblemError, for_a_person
from web.tokens import digest, tokens
from web.users import SignedIn, signed_in

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
# Set by proxies: who comes through one is not at this machine, although the proxy is.
_PROXIED = ("forwarded", "x-forwarded-for", "via")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
COOKIE = "wirewatch"
LOGIN = "/login"

# Documents the scheme in OpenAPI; what is in it is read by hand, so that every refusal is a problem with its reason.
_BEARER = HTTPBearer(auto_error=False, description="A token of `wirewatch token add`. None is needed on loopback.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, in words, and what they may do."""

    called: str
    scopes: tuple[Scope, ...]
    by: SignedIn | None = None
    """The session, where it is a person's."""


def needs(scope: Scope) -> Callable[[Request], None]:
    """A dependency: the request may do this, or is refused with 401 or 403."""

    def look(request: Request, _: object = Depends(_BEARER)) -> None:
        caller = request.state.caller = _caller(request)
        if scope not in caller.scopes:
            has = ", ".join(caller.scopes)
            raise ProblemError(403, f"{caller.called} may not do that: it has {has}, not {scope}")

    return look


def owner_only(request: Request, _: object = Depends(_BEARER)) -> None:
    """A dependency: who comes by the network is refused with 401 or 403, whatever the token."""
    _caller(request)
    if not is_owner(request.scope):
        raise ProblemError(403, "this is done by the socket beside the file alone: `wirewatch` itself does it")


def _caller(request: Request) -> Caller:
    if is_owner(request.scope):
        return Caller("who owns the file", SCOPES)
    header = request.headers.get("authorization", "")
    if not header.lower().startswith("bearer"):  # a browser sends the others by itself, whichever page asks
        refuse_foreign_page(request)
    if secret := _given(header):
        return Caller("this token", _of_token(request, secret))
    if at_this_machine(request):
        return Caller("who sits at this machine", SCOPES)
    if by := session_of(request):
        refuse_foreign_page(request, unless_own=True)
        return Caller(f"the role {by.user.role}", SCOPES_OF[by.user.role], by)
    raise _unauthorised(request)


def session_of(request: Request) -> SignedIn | None:
    """The open session that the browser tells of."""
    installation: Installation = request.app.state.installation
    secret = request.cookies.get(COOKIE)
    return signed_in(installation.reader, secret, installation.clock()) if secret else None


def _given(header: str) -> str | None:
    """The token of an Authorization header: a bearer's, or the password of basic authentication (feed readers)."""
    kind, _, value = header.partition(" ")
    if kind.lower() == "basic":
        with suppress(ValueError):  # no base64, or no UTF-8
            return base64.b64decode(value, validate=True).decode().partition(":")[2] or None
    return value.strip() if kind.lower() == "bearer" else None


def _of_token(request: Request, secret: str) -> tuple[Scope, ...]:
    installation: Installation = request.app.state.installation
    wanted = digest(secret)
    for token in tokens(installation.reader):
        if secrets.compare_digest(token.digest, wanted):
            return token.scopes
    raise _unauthorised(request)


def _unauthorised(request: Request) -> ProblemError:
    if for_a_person(request):
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        if request.method in _SAFE:
            return ProblemError(303, "sign in first", {"Location": f"{LOGIN}?{urlencode({'next': wanted})}"})
        return ProblemError(401, f"you are not signed in any more: sign in at {LOGIN}", {"WWW-Authenticate": "Bearer"})
    line = "give a token: Authorization: Bearer … (`wirewatch token add` makes one)"
    return ProblemError(401, line, {"WWW-Authenticate": "Bearer"})


def at_this_machine(request: Request) -> bool:
    """Whether the caller is a program or a browser on this machine, by no proxy, and asked for it by its own name.

    The name is looked at since a page elsewhere may give its own host this machine's address (DNS rebinding).
    """
    client = request.client
    if client is None or not _is_loopback(client.host) or any(name in request.headers for name in _PROXIED):
        return False
    return _host(request.headers.get("host", "")) in _LOOPBACK_NAMES


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host(header: str) -> str:
    """A Host header without its port."""
    bare, colon, port = header.rpartition(":")
    return (bare if colon and port.isdigit() else header).lower()


def refuse_foreign_page(request: Request, *, unless_own: bool = False) -> None:
    """A page of another site, open in a browser here, must not change anything here (CSRF). Raises ProblemError.

    Browsers say with every form which site it is of. `unless_own`: so is refused what does not say it.
    """
    origin = request.headers.get("origin")
    foreign = urlsplit(origin).netloc != request.headers.get("host") if origin else unless_own
    if request.method not in _SAFE and foreign:
        raise ProblemError(403, "a page of another site may not do this")
