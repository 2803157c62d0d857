"""A process that works a file until stopped, with the light enrich: python -m fleet.local FILE.

It says "working" when others can reach it.
"""

import sys
from pathlib import Path

from fleet.signing import light_stages, listed
from runtime.rounds import end_with_any_thread
from runtime.shutdown import Stopping
from wirewatch.compose.open import open_pipeline
from wirewatch.logging import log_to_terminal
from wirewatch.settings import Settings


def main() -> None:
    """Work until stopped."""
    log_to_terminal()
    end_with_any_thread()
    stopping = Stopping()
    db = Path(sys.argv[1])
    with listed(light_stages(db.parent)), open_pipeline(Settings(db=db)) as working:
        working.start()
        print("working", flush=True)
        stopping.wait()


if __name__ == "__main__":
    main()
