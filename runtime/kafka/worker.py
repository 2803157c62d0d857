"""A worker process: topics made, metrics served, its stage run until it is stopped."""

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait

import structlog
from kafka.errors import KafkaError

from runtime.exit import TRY_AGAIN, leave
from runtime.kafka.codec import Cluster
from runtime.kafka.errors import explain
from runtime.kafka.faust_agent import run
from runtime.kafka.state import KafkaState
from runtime.kafka.topic_check import tell_problems
from runtime.kafka.topics import Layout, create
from runtime.metrics import Metrics, serve
from runtime.rounds import end_with_any_thread
from runtime.services import ProcessServices
from schemas.stage import Stage
from schemas.topics import Topic

logger = structlog.get_logger()


def work(
    stage: Stage,
    open_services: Callable[[KafkaState], ProcessServices],
    cluster: Cluster,
    layout: Layout,
    topics: Sequence[Topic],
    metrics_port: int = 0,
) -> None:
    """Run one stage. Ends with SystemExit: 0 asked to stop, 75 start again, 70 stuck, 1 crashed.

    `open_services` is called once Kafka answers. A worker that another process supervises ends when that process does.
    """
    end_with_parent()
    end_with_any_thread()
    metrics = Metrics()
    if metrics_port:
        serve(metrics, metrics_port)  # at once: one that waits for Kafka is alive
    try:
        made = create(cluster, layout, topics)
    except KafkaError as error:
        logger.warning(explain(cluster, error))
        raise SystemExit(TRY_AGAIN) from error
    tell_problems(cluster, layout, topics)
    if made:
        logger.info("topics made", topics=made)
    # The state is the process's: it ends with it.
    state = KafkaState(cluster)
    run(stage, open_services(state), state, cluster, metrics)


def end_with_parent() -> None:
    """End this process when the one that spawned it does, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        leave("its supervisor is gone")

    threading.Thread(target=watch, name="parent", daemon=True).start()
