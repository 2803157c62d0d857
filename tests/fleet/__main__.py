"""A worker that enriches by signing: python -m fleet FOLDER, with the program's settings in the environment."""

import sys
from pathlib import Path

from fleet.signing import signing
from runtime.kafka import watchdog
from runtime.kafka.worker import work
from wirewatch.compose.cluster import cluster_of, layout_of, services_of
from wirewatch.pipeline import topology
from wirewatch.settings import load


def main() -> None:
    """Work until stopped."""
    settings = load()
    # A step that hangs is stuck at once: a test waits for it.
    watchdog.STALL_SECONDS = 5.0
    work(
        signing(Path(sys.argv[1])),
        lambda state: services_of(settings, state),
        cluster_of(settings),
        layout_of(settings),
        topology().topics,
        settings.metrics_port,
    )


if __name__ == "__main__":
    main()
