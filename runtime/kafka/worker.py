"""A worker process: topics made, metrics served, its stage run until it is stopped.

Knows nothing of how a stage is made: it is given a function that makes it, called once Kafka answers.
"""

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from wsgiref.simple_server import WSGIServer

import structlog
from kafka.errors import KafkaError
from prometheus_client import start_http_server

from runtime.kafka.codec import Cluster
from runtime.kafka.errors import explain
from runtime.kafka.exit import TRY_AGAIN, leave
from runtime.kafka.faust_agent import Work, run
from runtime.kafka.topics import Layout, create

logger = structlog.get_logger()

# Inside its container; compose publishes nothing, and a health check asks from within.
METRICS_HOST = "127.0.0.1"


def work(make: Callable[[], Work], cluster: Cluster, layout: Layout, metrics_port: int = 0) -> None:
    """Run one stage. Ends with SystemExit: 0 asked to stop, 75 start again, 70 stuck, 1 crashed.

    A worker that another process supervises ends when that process does.
    """
    end_with_parent()
    if metrics_port:
        serve_metrics(metrics_port)
    try:
        made = create(cluster, layout)
    except KafkaError as error:
        logger.warning(explain(cluster, error))
        raise SystemExit(TRY_AGAIN) from error
    if made:
        logger.info("topics made", topics=made)
    run(make(), cluster)


def serve_metrics(port: int) -> WSGIServer:
    """Serve Prometheus metrics on loopback."""
    server, _ = start_http_server(port, addr=METRICS_HOST)
    return server


def end_with_parent() -> None:
    """End this process when the one that spawned it does, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        leave("its supervisor is gone")

    threading.Thread(target=watch, name="parent", daemon=True).start()
