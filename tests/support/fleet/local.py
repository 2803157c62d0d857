"""A process that works a file until stopped, with the light enrich: python -m fleet.local FILE.

It says "working" when others can reach it. Its clock is moved by the file `clock` beside it (fleet.moved_clock).
"""

import sys
from pathlib import Path

from fleet.moved_clock import moved_by
from fleet.signing import light_stages, listed
from runtime.rounds import end_with_any_thread
from runtime.shutdown import Stopping
from wirewatch.compose.local import LocalPipeline
from wirewatch.logging import log_to_terminal
from wirewatch.settings import Settings


def main() -> None:
    """Work until stopped."""
    log_to_terminal()
    end_with_any_thread()
    stopping = Stopping()
    db = Path(sys.argv[1])
    clock = moved_by(db.with_name("clock"))
    with listed(light_stages(db.parent)), LocalPipeline(Settings(db=db), clock) as working:
        working.start()
        print("working", flush=True)
        stopping.wait()


if __name__ == "__main__":
    main()
