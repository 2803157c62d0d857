"""Jobs for the tests of children: a spawned child must be able to import them."""

import gc
import os
import signal
import time
from collections.abc import Callable


def broken() -> Callable[[str], str]:
    raise RuntimeError("no model here")


def killed() -> Callable[[str], str]:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def collecting() -> Callable[[str], str]:
    while_loading = gc.isenabled()
    return lambda _: f"{while_loading}, then {gc.isenabled()}"


def worker(*_: object) -> Callable[[str], str]:
    def work(order: str) -> str:
        if order == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if order == "stall":
            time.sleep(3600)
        if order == "swell":
            return str(len(bytearray(4 << 30)))
        if order == "raise":
            raise ValueError("no such thing")
        return f"{order} by {os.getpid()}"

    return work
