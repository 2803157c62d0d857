"""A pool of spawned child processes that can be killed: a limit of time and of memory on each piece of work.

Knows nothing of what the work is. A child that dies, stalls or swells costs its one item, never the others.
"""

import gc
import multiprocessing
import queue
import resource
import signal
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from schemas.services import NOT_STARTED, Failure, WorkerSpec

T = TypeVar("T")
R = TypeVar("R")

MEMORY = "memory"
"""The reason of a Failure whose item asked for more memory than a child may have."""

# Loading a model on a busy machine takes seconds; a minute means that it will not come up.
START_SECONDS = 60.0


class SubprocessPool(Generic[T, R]):
    """`size` children doing one job. Thread-safe; call from as many threads as there are children."""

    def __init__(self, spec: WorkerSpec[T, R], size: int) -> None:
        self._spec = spec
        self._idle: queue.SimpleQueue[_Child[T, R]] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="children")
        self._all = [_Child(spec) for _ in range(size)]
        for child in self._all:
            self._idle.put(child)

    def start(self) -> None:
        """Start the children beside, so that the first items do not wait until they have loaded what they need.

        One that cannot be started is tried again at its item, which is told why.
        """
        for _ in self._all:
            self._threads.submit(self._prepare)

    def submit(self, item: T) -> Future[R | Failure]:
        """The work of one item, to be waited for."""
        return self._threads.submit(self._run, item)

    def map(self, items: Iterable[T]) -> list[R | Failure]:
        """The work of all items, in their order."""
        every = list(items)
        if len(every) == 1:  # as where articles come one at a time: nothing is gained by another thread
            return [self._run(every[0])]
        return [future.result() for future in [self.submit(item) for item in every]]

    def _run(self, item: T) -> R | Failure:
        child = self._idle.get()
        try:
            return child.run(item)
        finally:
            self._idle.put(child)

    def _prepare(self) -> None:
        child = self._idle.get()
        child.prepare()
        self._idle.put(child)

    def close(self) -> None:
        """End the children; work not begun is given up."""
        for child in self._all:
            child.kill()
        self._threads.shutdown(wait=False, cancel_futures=True)


class _NotStarted(Exception):  # noqa: N818 - becomes a Failure
    """Why a child could not be made ready."""


class _Child(Generic[T, R]):
    """One process and the pipe to it; started at first use, and again after it was killed."""

    def __init__(self, spec: WorkerSpec[T, R]) -> None:
        self._spec = spec
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False

    def run(self, item: T) -> R | Failure:
        try:
            pipe = self._started()
            pipe.send(item)
            if not pipe.poll(self._spec.seconds):
                self._end()
                return Failure("timeout", f"took longer than {self._spec.seconds:g} s")
            ok, result = pipe.recv()
        except _NotStarted as error:
            self._end()
            return Failure(NOT_STARTED, str(error))
        except (EOFError, OSError) as error:
            code = self._end()
            return Failure("crashed", f"the child process ended with {code} ({type(error).__name__})")
        if not ok and result[0] == MEMORY:
            self._end()  # what it holds would cost the next item its memory too
        return result if ok else Failure(*result)

    def prepare(self) -> None:
        """Make ready for the first item."""
        try:
            self._started()
        except (_NotStarted, OSError):
            self._end()

    def _started(self) -> Connection:
        if self._closed:
            raise _NotStarted("the children were closed")
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._end()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._spec), daemon=True)
        process.start()
        self._process = process
        theirs.close()
        if self._closed:  # while it was started: nobody else knows of it
            raise _NotStarted("the children were closed")
        if not self._pipe.poll(START_SECONDS):
            raise _NotStarted(f"the child was not ready after {START_SECONDS:g} s")
        try:
            problem = self._pipe.recv()
        except EOFError as error:  # killed while it loaded: no item is to blame
            raise _NotStarted("the child ended before it was ready") from error
        if problem is not None:
            raise _NotStarted(problem)
        return self._pipe

    def _end(self) -> int | None:
        if self._process is None:
            return None
        self._process.kill()
        self._process.join()
        code = self._process.exitcode
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None
        return code

    def kill(self) -> None:
        self._closed = True
        if self._process is not None:
            self._process.kill()


def _work(pipe: Connection, spec: WorkerSpec[T, R]) -> None:
    """The child: answer each item; end when the parent does (the pipe then says EOF)."""
    # The parent decides when to end: Ctrl-C in a terminal reaches the whole group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # what is loaded is there to stay: the collector's rounds over it take a tenth of the time
    try:
        function = spec.make(*spec.arguments)
    except Exception as error:  # noqa: BLE001 - the parent is told, whatever it is
        pipe.send(f"{type(error).__name__}: {error}")
        return
    gc.enable()
    if spec.memory_mb is not None:
        resource.setrlimit(resource.RLIMIT_AS, (spec.memory_mb << 20, spec.memory_mb << 20))
    try:
        pipe.send(None)
        while True:
            pipe.send(_answer(function, pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _answer(function: Callable[[T], R], item: T) -> tuple[bool, R | tuple[str, str]]:
    try:
        return True, function(item)
    except MemoryError:
        return False, (MEMORY, "needed more memory than allowed")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this item's failure and is reported as such
        where = traceback.extract_tb(error.__traceback__)[-1]
        return False, (type(error).__name__, f"{error} ({where.name}, line {where.lineno})")
