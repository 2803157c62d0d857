"""What the commands call: one worker, all workers, or the producers, on the Kafka and the store of the settings."""

import functools

import structlog

from runtime.exit import TRY_AGAIN
from runtime.kafka.host_group import HostGroup
from runtime.kafka.publisher import KafkaPublish
from runtime.kafka.state import KafkaState
from runtime.kafka.supervisor import Supervisor
from runtime.kafka.topic_check import tell_problems
from runtime.kafka.topic_reader import answering
from runtime.kafka.topics import create, create_hosts
from runtime.kafka.worker import work
from runtime.metrics import Metrics, serve
from runtime.rounds import end_with_any_thread
from runtime.shutdown import Stopping
from schemas.clock import utc_now
from schemas.outcome import Hold
from wirewatch.collector import collect_rarely
from wirewatch.compose.cluster import cluster_of, layout_of
from wirewatch.compose.cluster_services import services_of
from wirewatch.first_run import begin
from wirewatch.logging import log_to_terminal
from wirewatch.pipeline import topology
from wirewatch.settings import Settings
from wirewatch.sources import run_sources

logger = structlog.get_logger()


def run_worker(stage: str, settings: Settings) -> None:
    """Work one stage until stopped. Ends with SystemExit: 0 asked to stop, 75 start again, 70 stuck."""
    stages = topology()
    work(
        stages.stage(stage),
        lambda state: services_of(settings, state),
        cluster_of(settings),
        layout_of(settings),
        stages.topics,
        settings.metrics_port,
    )


def run_all(settings: Settings) -> None:
    """Work every stage, each in a process of its own that is started again when it ends, until stopped.

    Each serves its metrics on a port of its own: `metrics_port` for the first, then one more for each.
    """
    Supervisor(topology().names, functools.partial(_run_one, settings)).run()


def _run_one(settings: Settings, stage: str) -> None:
    log_to_terminal()  # a process of its own knows nothing of what its parent has set up
    collect_rarely()
    port = settings.metrics_port and settings.metrics_port + topology().names.index(stage)
    run_worker(stage, settings.model_copy(update={"metrics_port": port}))


def run_producers(settings: Settings) -> None:
    """Poll the feeds and publish what they bring, until stopped. Ends with SystemExit 75 where Kafka is away.

    Where no feed or no alert was ever known it begins with those of seeds/.
    """
    end_with_any_thread()
    stopping = Stopping()
    metrics = Metrics()
    if settings.metrics_port:
        serve(metrics, settings.metrics_port)
    cluster = cluster_of(settings)
    try:
        with answering(cluster):
            create(cluster, layout_of(settings), topology().topics)
            create_hosts(cluster, layout_of(settings))
            publish = KafkaPublish(cluster)
        tell_problems(cluster, layout_of(settings), topology().topics)
        state = KafkaState(cluster)
        for line in begin(publish, state, utc_now()).lines():
            logger.info(line)
        group = HostGroup(cluster, settings.host_pause_seconds)
    except Hold as hold:
        logger.warning(hold.why)
        raise SystemExit(TRY_AGAIN) from hold
    group.start()
    sources = run_sources(settings, publish, state, group.hosts)
    metrics.waits = lambda: (*sources.waits(), *group.waits())
    stopping.wait()
    sources.close()
    group.stop()
    publish.close()
    state.close()
