"""One worker of the fleet: python -m fleet STAGE BOOTSTRAP PREFIX ELASTICSEARCH INDEX FOLDER METRICS_PORT."""

import sys
from pathlib import Path

from fleet.stages import Place, works
from schemas.broker import Cluster
from wirewatch.cluster.topics import Layout
from wirewatch.cluster.worker import work


def main() -> None:
    """Work until stopped."""
    stage, bootstrap, prefix, elasticsearch, index, folder, metrics_port = sys.argv[1:]
    cluster = Cluster(bootstrap, prefix)
    place = Place(cluster, elasticsearch, index, Path(folder))
    work(works(place)[stage], cluster, Layout(), int(metrics_port))


if __name__ == "__main__":
    main()
