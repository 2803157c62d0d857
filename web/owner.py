"""Who asks by the socket beside the file: its owner, who may do all that this process may (ASGI middleware)."""

from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

_OWNER = "wirewatch.owner"


class OwnersAlone:
    """Wraps an app that is served where nobody but the owner can reach it: no token is asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        await self._app({**scope, _OWNER: True}, receive, send)


def is_owner(scope: Mapping[str, Any]) -> bool:
    """Whether a request came there."""
    return bool(scope.get(_OWNER))
