"""What the commands call: one worker, all workers, or the producers, on the Kafka and the store of the settings."""

import functools

import structlog

from processors.agents.leaving import TRY_AGAIN
from producers.publish import KafkaPublish
from schemas.outcome import Hold
from wirewatch.cluster.assemble import cluster_of, layout_of, work_of
from wirewatch.cluster.host_group import HostGroup
from wirewatch.cluster.reading import answering
from wirewatch.cluster.state import KafkaState
from wirewatch.cluster.supervise import Supervisor
from wirewatch.cluster.topics import create
from wirewatch.cluster.worker import serve_metrics, work
from wirewatch.pipeline import STAGE_NAMES
from wirewatch.settings import Settings
from wirewatch.sources import run_sources
from wirewatch.stopping import Stopping
from wirewatch.version import CODE_VERSION

logger = structlog.get_logger()


def run_worker(stage: str, settings: Settings) -> None:
    """Work one stage until stopped. Ends with SystemExit: 0 asked to stop, 75 start again, 70 stuck."""
    cluster = cluster_of(settings)
    # The state is the process's: it ends with it.
    work(lambda: work_of(stage, settings, KafkaState(cluster)), cluster, layout_of(settings), settings.metrics_port)


def run_all(settings: Settings) -> None:
    """Work every stage, each in a process of its own that is started again when it ends, until stopped.

    Each serves its metrics on a port of its own: `metrics_port` for the first, then one more for each.
    """
    Supervisor(STAGE_NAMES, functools.partial(_run_one, settings)).run()


def _run_one(settings: Settings, stage: str) -> None:
    port = settings.metrics_port and settings.metrics_port + STAGE_NAMES.index(stage)
    run_worker(stage, settings.model_copy(update={"metrics_port": port}))


def run_producers(settings: Settings) -> None:
    """Poll the feeds and publish what they bring, until stopped. Ends with SystemExit 75 where Kafka is away."""
    stopping = Stopping()
    if settings.metrics_port:
        serve_metrics(settings.metrics_port)
    cluster = cluster_of(settings)
    try:
        with answering(cluster):
            create(cluster, layout_of(settings))
            publish = KafkaPublish(cluster, CODE_VERSION)
        state = KafkaState(cluster)
        group = HostGroup(cluster, settings.host_pause_seconds)
    except Hold as hold:
        logger.warning(hold.why)
        raise SystemExit(TRY_AGAIN) from hold
    group.start()
    sources = run_sources(settings, publish, state, group.hosts)
    stopping.wait()
    sources.close()
    group.stop()
    publish.close()
    state.close()
