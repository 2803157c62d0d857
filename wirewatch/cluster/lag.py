"""How many records each stage has before it, by the broker's word."""

from processors.agents.watchdog import lags
from schemas.broker import Cluster
from wirewatch.cluster import reading
from wirewatch.pipeline import STAGE_NAMES, stage_with


def waiting(cluster: Cluster) -> dict[str, int]:
    """Stage -> records that it has not handled. Raises Hold."""
    return {name: _lag(cluster, name) for name in STAGE_NAMES}


def _lag(cluster: Cluster, name: str) -> int:
    with reading.opened(cluster, cluster.group(name)) as plain:
        topic = stage_with(name, lambda batch: []).reads
        return sum(lags(plain, cluster.name(topic)).values())
