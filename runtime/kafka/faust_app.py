"""The Faust app of a stage: its settings, each with the reason for its number.

Left at Faust's default on purpose: processing_guarantee (at least once: ids make repeats harmless).
"""

import tempfile

import faust
from faust.types.auth import CredentialsT

from runtime.kafka.codec import LETTER_BYTES, OVERHEAD_BYTES, RECORD_BYTES, Cluster
from runtime.kafka.faust_consumer import watching
from runtime.kafka.security import Access

SESSION_SECONDS = 8.0


def make_app(stage: str, cluster: Cluster, batch: int) -> faust.App:
    """An app that only consumes and sends: no tables, no web server, no topics made, no leader elected.

    `batch`: the most records of one run (faust_consumer.py).
    """
    app = faust.App(
        cluster.group(stage),
        broker_credentials=_credentials(cluster.access),
        broker=[f"kafka://{server}" for server in cluster.servers],
        # A killed worker's partitions are read again after this; shorter would mistake a busy machine for a dead one.
        broker_session_timeout=SESSION_SECONDS,
        broker_heartbeat_interval=SESSION_SECONDS / 4,
        # A member that takes longer to let go of its batch leaves by itself (exit.GRACE_SECONDS).
        broker_rebalance_timeout=20.0,
        broker_request_timeout=20.0,
        # At most this much is done twice after a kill.
        broker_commit_interval=0.5,
        # Reading goes on while a batch is held: Hold has no limit, and must not cost the membership.
        broker_max_poll_interval=24 * 60 * 60,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=RECORD_BYTES,
        # Runs that are read ahead stay in memory, as do those that are handed on: together 512 articles, which are
        # 128 MB where they are of the largest, and usually 3.
        stream_buffer_maxsize=4,
        broker_max_poll_records=batch,
        stream_recovery_delay=0.0,
        producer_acks=-1,
        producer_compression_type="lz4",
        producer_linger=0.0,
        # An article's alerts are one batch, and the broker confirms them at once; it takes four times as much.
        producer_max_batch_size=RECORD_BYTES // 4,
        producer_max_request_size=LETTER_BYTES + OVERHEAD_BYTES,
        producer_request_timeout=20.0,
        topic_allow_declare=False,
        topic_disable_leader=True,
        reply_create_topic=False,
        web_enabled=False,
        # Faust wants a folder for tables; there are none.
        datadir=tempfile.gettempdir(),
        autodiscover=False,
    )
    app.transport.Consumer = watching(cluster)  # type: ignore[misc]  # a class variable of the transport's class
    return app


def _credentials(access: Access) -> CredentialsT | None:
    """As Faust takes it; None is in the open, and as nobody."""
    tls = access.tls()
    if access.signs_in:
        return faust.SASLCredentials(
            username=access.user, password=access.password, ssl_context=tls, mechanism=access.mechanism
        )
    return faust.SSLCredentials(tls) if tls else None
