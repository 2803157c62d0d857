"""A worker that enriches by signing: python -m fleet FOLDER, with the program's settings in the environment."""

import sys
from pathlib import Path

from fleet.signing import signing
from runtime.kafka.worker import work
from wirewatch.compose.cluster import cluster_of, layout_of
from wirewatch.settings import load


def main() -> None:
    """Work until stopped."""
    settings = load()
    work(lambda: signing(Path(sys.argv[1])), cluster_of(settings), layout_of(settings), settings.metrics_port)


if __name__ == "__main__":
    main()
