"""Starts both servers and says where they are, until stopped: PYTHONPATH=tests/support python -m servers.

What it prints can be put into the environment, so that test runs share the servers instead of starting their own.
"""

import contextlib
import signal
import tempfile
import threading
from pathlib import Path

from servers.started import started


def main() -> None:
    """Runs until SIGINT or SIGTERM."""
    stopped = threading.Event()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, lambda *_: stopped.set())
    with tempfile.TemporaryDirectory(prefix="wirewatch-servers-") as name, contextlib.ExitStack() as running:
        kafka, elasticsearch = running.enter_context(started(Path(name)))
        print(f"WIREWATCH_TEST_KAFKA={kafka.bootstrap}", flush=True)
        print(f"WIREWATCH_TEST_ELASTICSEARCH={elasticsearch.url}", flush=True)
        stopped.wait()


if __name__ == "__main__":
    main()
