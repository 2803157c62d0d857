"""A stop that is asked for is always heard: before, while and after one waits for it."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from runtime.shutdown import Stopping


@pytest.fixture
def stopping() -> Iterator[Stopping]:
    before = {asked: signal.getsignal(asked) for asked in (signal.SIGTERM, signal.SIGINT)}
    yield Stopping()
    signal.set_wakeup_fd(-1)
    for asked, handler in before.items():
        signal.signal(asked, handler)


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_one_that_came_before_is_heard(stopping: Stopping, asked: signal.Signals) -> None:
    assert not stopping.wait(0)
    os.kill(os.getpid(), asked)
    assert stopping.wait()
    assert stopping.wait(0)  # and stays asked


def test_one_that_comes_while_waiting_is_heard(stopping: Stopping) -> None:
    timer = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM))
    timer.start()
    assert stopping.wait()
    timer.join()


def test_one_that_another_thread_catches_ends_the_waiting(stopping: Stopping) -> None:
    """The system may hand a process's signal to any of its threads; the main thread then sleeps on by itself."""
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # of the main thread only: the other one catches it
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stopping.wait(60)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        done.set()
        other.join()
