"""Webhooks on loopback that people are told by: they remember what they took, and refuse or are slow when told so."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
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


class Channels:
    """Four of them: while one is away the others are told."""

    def __init__(self, site: Site) -> None:
        self.taken: list[Taken] = []
        self._refusing: set[str] = set()
        self._slow: set[str] = set()
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
        self.taken.append(Taken(at, Webhook.model_validate(json.loads(asked.body))))
        return Reply(204)

    @contextmanager
    def refusing(self, name: str) -> Iterator[None]:
        """This one takes nothing."""
        self._refusing.add(name)
        try:
            yield
        finally:
            self._refusing.discard(name)

    @contextmanager
    def slow(self, name: str) -> Iterator[None]:
        """This one takes its time."""
        self._slow.add(name)
        try:
            yield
        finally:
            self._slow.discard(name)
