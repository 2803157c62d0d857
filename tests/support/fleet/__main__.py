"""A worker that enriches by signing: python -m fleet FOLDER, with the program's settings in the environment."""

import sys
from pathlib import Path

from fleet.signing import light_stages, listed
from runtime.kafka import watchdog
from wirewatch.compose.cluster_run import run_worker
from wirewatch.settings import load


def main() -> None:
    """Work until stopped."""
    # A step that hangs is stuck at once: a test waits for it.
    watchdog.STALL_SECONDS = 5.0
    with listed(light_stages(Path(sys.argv[1]))):
        run_worker("enrich", load())


if __name__ == "__main__":
    main()
