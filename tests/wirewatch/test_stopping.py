"""A stop that is asked for is always heard: before, while and after one waits for it."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from wirewatch.stopping import Stopping


@pytest.fixture
def stopping():
    before = {asked: signal.getsignal(asked) for asked in (signal.SIGTERM, signal.SIGINT)}
    yield Stopping()
    signal.set_wakeup_fd(-1)
    for asked, handler in before.items():
        signal.signal(asked, handler)


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_one_that_came_before_is_heard(stopping, asked):
    assert not stopping.wait(0)
    os.kill(os.getpid(), asked)
    assert stopping.wait()
    assert stopping.wait(0)  # and stays asked


def test_one_that_comes_while_waiting_is_heard(stopping):
    timer = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM))
    timer.start()
    assert stopping.wait()
    timer.join()


def test_one_that_comes_at_any_moment_is_heard():
    """Hundreds of processes' worth of moments: the signal comes from outside while the main thread begins to wait."""
    rounds = (
        "import os, signal, threading\n"
        "from wirewatch.stopping import Stopping\n"
        "for _ in range(300):\n"
        "    stopping = Stopping()\n"
        "    other = threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGTERM))\n"
        "    other.start()\n"
        "    assert stopping.wait(30)\n"
        "    other.join()\n"
    )
    subprocess.run([sys.executable, "-c", rounds], check=True, timeout=120)
