"""The producers' consumer group: Kafka says which of them has which partitions of the hosts (producers.polling.hosts).

The topic `hosts` carries nothing; it is there to be divided. Knows nothing of feeds.
"""

import threading
from collections.abc import Iterable
from time import monotonic
from typing import Any

import structlog
from kafka import ConsumerRebalanceListener, KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import KafkaError
from kafka.protocol.consumer.metadata import ConsumerProtocolAssignment

from producers.polling.hosts import AssignedHosts
from runtime.kafka.codec import Cluster
from runtime.kafka.errors import explain
from runtime.kafka.topic_reader import opened, partitions
from runtime.kafka.topics import hosts_topic
from runtime.status import StageStatus
from schemas.stage import Wait

logger = structlog.get_logger()

# As for workers: a killed producer's hosts go to others after this time.
SESSION_S = 8.0
HEARTBEAT_S = 2.0
# Each look at the group; a rebalance waits for the slowest member's.
LOOK_S = 0.5
# One whose looks stand still for so long is expelled although its client's own thread goes on to send heartbeats.
STUCK_S = 30.0
# Whoever had a host gives up its requests there as soon as it is told; five seconds are also the usual pause.
SETTLE_S = 5.0
# A broker that is away is tried again after this time: the producer owns nothing meanwhile.
AGAIN_S = 2.0


class HostGroup(threading.Thread):
    """This producer's membership, from `start` until `stop`. `hosts` says what it owns. Raises Hold."""

    def __init__(self, cluster: Cluster, pause_s: float) -> None:
        """`pause_s`: between two requests to one host, also where the host changes hands."""
        super().__init__(name="host-group", daemon=True)
        self._cluster = cluster
        self._topic = hosts_topic(cluster)
        with opened(cluster) as plain:
            self._partitions = len(partitions(plain, self._topic))
        self.hosts = AssignedHosts(self._partitions, max(SETTLE_S, pause_s), SESSION_S)
        self._stop_asked = threading.Event()
        self._counted = False
        self._status = StageStatus("hosts")

    def waits(self) -> tuple[Wait, ...]:
        """What keeps this producer from its hosts, since when and why."""
        return self._status.waits

    def run(self) -> None:
        """Be a member until stopped; one that cannot be is one again as soon as it can."""
        while not self._stop_asked.is_set():
            try:
                self._belong()
            except KafkaError as error:
                self._status.hold(f"no host is polled, for this producer has no group: {explain(self._cluster, error)}")
            except Exception as error:  # whatever it was: without a group no host is polled, for good
                logger.exception("the group of producers was lost; it is joined again")
                self._status.hold(f"no host is polled, for this producer has no group: {type(error).__name__}: {error}")
            self._stop_asked.wait(AGAIN_S)

    def stop(self) -> None:
        """Leave the group: the others take over at once."""
        self._stop_asked.set()
        self.join()

    def _belong(self) -> None:
        # hosts that stay where they are are polled on while others move
        assignor = CooperativeStickyAssignor()
        consumer = self._consumer(assignor)
        try:
            consumer.subscribe([self._topic], listener=_Told(self.hosts, assignor))
            confirm_at = monotonic()
            while not self._stop_asked.is_set():
                consumer.poll(timeout_ms=int(LOOK_S * 1000))
                if monotonic() >= confirm_at:
                    confirm_at = monotonic() + HEARTBEAT_S
                    self._confirm(consumer)
                self._look()
        finally:
            self.hosts.lose(range(self._partitions))
            consumer.close(timeout_ms=int(AGAIN_S * 1000))

    def _confirm(self, consumer: Any) -> None:
        """Ask the group whether this is still its member: it takes a commit from no other (heartbeats are not told)."""
        asked_at = monotonic()
        mine = {each: OffsetAndMetadata(0, "", -1) for each in consumer.assignment()}
        if not mine:
            return
        try:
            consumer.commit(mine, timeout_ms=int(HEARTBEAT_S * 1000))
        except KafkaError as error:  # away, rebalancing, or this was expelled: the next looks join again
            logger.debug("not confirmed", why=str(error))
        else:
            self.hosts.confirm(asked_at)

    def _look(self) -> None:
        before, self._counted = self._counted, self.hosts.check()
        if before and not self._counted:
            self._status.hold(f"no host is polled: the producers' group has not answered for {SESSION_S:g} s")
        elif self._counted and not before:
            logger.info("the producers' group answers")
            self._status.goes_on()

    def _consumer(self, assignor: Any) -> Any:
        return KafkaConsumer(
            **self._cluster.arguments(),
            group_id=self._cluster.group("producers"),
            enable_auto_commit=False,
            partition_assignment_strategy=[assignor],
            session_timeout_ms=int(SESSION_S * 1000),
            heartbeat_interval_ms=int(HEARTBEAT_S * 1000),
            max_poll_interval_ms=int(STUCK_S * 1000),
        )


class _Told(ConsumerRebalanceListener):  # type: ignore[misc]  # it has no types
    """Hands on what Kafka assigns and revokes; called by the client's own thread."""

    def __init__(self, hosts: AssignedHosts, assignor: Any) -> None:
        self._hosts = hosts
        self._assignor = assignor

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        numbers = [each.partition for each in assigned]
        self._hosts.gain(numbers)
        logger.info("hosts are this producer's", partitions=len(numbers))

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        numbers = [each.partition for each in revoked]
        self._hosts.lose(numbers)
        logger.info("hosts are another's", partitions=len(numbers))

    def on_partitions_lost(self, lost: Iterable[TopicPartition]) -> None:
        """It was expelled, and others have these by now: else its client would claim them when it joins again."""
        self._assignor.on_assignment(ConsumerProtocolAssignment(version=1, assigned_partitions=[], user_data=b""), -1)
        self.on_partitions_revoked(lost)
