"""What a stage is opened with (schemas.services.Services), as both runtimes provide it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from runtime.subprocess_pool import SubprocessPool
from schemas.clock import Clock, utc_now
from schemas.services import Sink, StageSettings, WorkerSpec
from schemas.state import State

T = TypeVar("T")
R = TypeVar("R")


def _nothing(_: str) -> None:
    """Forbids no address."""


def _alone() -> None:
    """One process has one owner. A runtime of several puts its own in this place."""


class ProcessServices:
    """Services that live as long as the process; close when it ends."""

    def __init__(
        self,
        settings: StageSettings,
        state: State,
        open_store: Callable[[], Sink],
        clock: Clock = utc_now,
        observe: Callable[[datetime], object] = lambda now: None,
        forbids: Callable[[str], str | None] = _nothing,
    ) -> None:
        """`open_store` is called when a stage first asks for the store: most never do."""
        self.forbids = forbids
        self.confirm_owner: Callable[[], None] = _alone
        self.settings = settings
        self.state = state
        self.clock = clock
        self._open_store = open_store
        self._observe = observe
        self._store: Sink | None = None
        self._pools: dict[tuple[Any, ...], SubprocessPool[Any, Any]] = {}

    @property
    def store(self) -> Sink:
        """The store; opened once."""
        if self._store is None:
            self._store = self._open_store()
        return self._store

    def observe(self, now: datetime) -> None:
        """As Services.observe."""
        self._observe(now)

    def pool(self, spec: WorkerSpec[T, R], size: int) -> SubprocessPool[T, R]:
        """The pool for this work; the same for the same: a stage opened again finds its children warm."""
        known = (spec.make, spec.arguments, size)
        if known not in self._pools:
            self._pools[known] = SubprocessPool(spec, size)
        return cast(SubprocessPool[T, R], self._pools[known])

    def close(self) -> None:
        """End the children."""
        for pool in self._pools.values():
            pool.close()
