"""Nothing dies or stands still in silence: what a round raises is seen, and a thread that ends, ends its process."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest

from runtime.exit import STUCK
from runtime.rounds import Rounds
from schemas.outcome import Hold

pytestmark = pytest.mark.usefixtures("counted_children")

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_round_that_raises_is_seen_and_the_next_one_comes() -> None:
    errors = iter([KeyError("body 5"), SystemExit(1), Hold("the disk is full")])
    seen: list[str] = []
    done = threading.Event()

    def once(number: int) -> None:
        seen.extend(wait.why for wait in rounds.waits)
        if (error := next(errors, None)) is not None:
            raise error
        assert number >= 3
        if number == 4:
            done.set()

    rounds = Rounds("housekeeping", 0.001, once, lambda: NOW)
    rounds.start()
    assert done.wait(60)
    rounds.stop()
    assert seen == ["KeyError: 'body 5'", "SystemExit: 1", "the disk is full"]
    assert rounds.waits == ()


def test_a_thread_that_ends_by_an_error_ends_the_process() -> None:
    for error in ("ValueError('a surprise')", "SystemExit(0)"):
        program = (
            "import threading, time\n"
            "from runtime.rounds import end_with_any_thread\n"
            "def work(): raise " + error + "\n"
            "end_with_any_thread()\n"
            "threading.Thread(target=work, name='calls', daemon=True).start()\n"
            "time.sleep(60)\n"
        )
        ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=50)
        assert ended.returncode == STUCK
        assert "the thread calls ended by" in ended.stdout + ended.stderr


def test_it_ends_the_process_where_nobody_reads_what_is_said() -> None:
    program = (
        "import threading, time\n"
        "from runtime.rounds import end_with_any_thread\n"
        "def work(): raise ValueError('a surprise')\n"
        "end_with_any_thread()\n"
        "threading.Thread(target=work, daemon=True).start()\n"
        "time.sleep(60)\n"
    )
    read, unread = os.pipe()
    os.close(read)
    try:
        ended = subprocess.run([sys.executable, "-c", program], stdout=unread, stderr=unread, timeout=50)
    finally:
        os.close(unread)
    assert ended.returncode == STUCK
