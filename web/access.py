"""Who may ask what: tokens with scopes; without one only whoever sits at this machine.

A token is looked up by its hash, so that a wrong one learns nothing, not even by how long the answer takes.
"""

import base64
import ipaddress
import secrets
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from schemas.token import SCOPES, Scope
from web.installation import Installation
from web.problems import ProblemError, for_a_person
from web.tokens import digest, tokens

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
# Set by proxies: who comes through one is not at this machine, although the proxy is.
_PROXIED = ("forwarded", "x-forwarded-for", "via")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# Documents the scheme in OpenAPI; what is in it is read by hand, so that every refusal is a problem with its reason.
_BEARER = HTTPBearer(auto_error=False, description="A token of `wirewatch token add`. None is needed on loopback.")


def needs(scope: Scope) -> Callable[[Request], None]:
    """A dependency: the request may do this, or is refused with 401 or 403."""

    def look(request: Request, _: object = Depends(_BEARER)) -> None:
        given = _scopes(request)
        if scope not in given:
            raise ProblemError(403, f"this token may not do that: it has {', '.join(given)}, not {scope}")

    return look


def _scopes(request: Request) -> tuple[Scope, ...]:
    header = request.headers.get("authorization", "")
    if not header.lower().startswith("bearer"):  # a browser sends the others by itself, whichever page asks
        _refuse_foreign_page(request)
    if secret := _given(header):
        return _of_token(request, secret)
    if at_this_machine(request):
        return SCOPES
    raise _unauthorised(request)


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
    if for_a_person(request):  # the browser asks for name and password
        line = "give a token as the password: `wirewatch token add` makes one"
        return ProblemError(401, line, {"WWW-Authenticate": 'Basic realm="wirewatch", charset="UTF-8"'})
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


def _refuse_foreign_page(request: Request) -> None:
    """A page of another site, open in a browser here, must not change anything here (CSRF)."""
    origin = request.headers.get("origin")
    if request.method not in _SAFE and origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise ProblemError(403, "a page of another site may not do this")
