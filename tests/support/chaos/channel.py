"""Webhooks on loopback that people are told by: they remember what they took.

They refuse, are slow, or lose their answers when told so.
"""

import json
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from loopback import Asked, Reply, Site

from schemas.clock import utc_now
from schemas.webhook import Webhook

NAMES = ("/a", "/b", "/c", "/d")
SLOW_SECONDS = 3.0


@dataclass(frozen=True)
class Taken:
    """A message that a channel took."""

    at: datetime
    """When it came."""
    message: Webhook
    lost: bool = False
    """Whether it was answered as if it were not taken."""


class Channels:
    """Four of them: while one is away the others are told."""

    def __init__(self, site: Site) -> None:
        self.taken: list[Taken] = []
        self._refusing: set[str] = set()
        self._slow: set[str] = set()
        self._losing: set[str] = set()
        # The seconds that Apprise waits: a busy machine is not a channel that is away.
        self.addresses = [f"json://127.0.0.1:{site.port}{name}?cto=60&rto=60" for name in NAMES]
        for name in NAMES:
            site.pages[name] = self._take

    def _take(self, asked: Asked) -> Reply:
        at = utc_now()
        name = asked.path.partition("?")[0]
        if name in self._slow:
            time.sleep(SLOW_SECONDS)
        if name in self._refusing:
            return Reply(503)
        lost = name in self._losing
        self.taken.append(Taken(at, Webhook.model_validate(json.loads(asked.body)), lost))
        return Reply(503 if lost else 204)

    def refusing(self, name: str) -> AbstractContextManager[None]:
        """This one takes nothing."""
        return _among(self._refusing, name)

    def slow(self, name: str) -> AbstractContextManager[None]:
        """This one takes its time."""
        return _among(self._slow, name)

    def losing(self, name: str) -> AbstractContextManager[None]:
        """This one takes what comes, and nobody hears of it."""
        return _among(self._losing, name)


@contextmanager
def _among(names: set[str], name: str) -> Iterator[None]:
    """Two that overlap end with the first."""
    names.add(name)
    try:
        yield
    finally:
        names.discard(name)
