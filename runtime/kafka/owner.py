"""Who owns a stage, by the broker's word: a worker that was stopped for a while believes that it does itself.

A group's member that is not heard of for its session's time is expelled, and its partitions are another's; when it
wakes it goes on where it stood until its client has noticed.
"""

import logging
from collections.abc import Callable
from typing import Any

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from runtime.exit import leave
from runtime.kafka.codec import Cluster
from runtime.kafka.errors import reasons
from runtime.kafka.topic_reader import answering
from schemas.outcome import Hold

# It warns of every member whose metadata are Faust's own.
logging.getLogger("kafka.admin._groups").setLevel(logging.ERROR)


class Owner:
    """Asks for one worker; not for several threads at once."""

    def __init__(self, cluster: Cluster, stage: str, topic: str, member: Callable[[], str]) -> None:
        """`topic`: the one that the stage reads, as Kafka names it; `member`: this worker's id in the group."""
        self._cluster = cluster
        self._group = cluster.group(stage)
        self._topic = topic
        self._member = member
        self._admin: Any = None

    def confirm(self) -> None:
        """Return where the partitions are this worker's. Ends the process where they are another's.

        Raises Hold where they are being given out, or the broker is away.
        """
        group = self._asked()
        if group["group_state"] != "Stable":
            raise Hold(f"the partitions of {self._topic} are being given out anew")
        if not any(self._is_mine(member) for member in group["members"]):
            leave(f"{self._topic} is another's: this worker was not heard of for too long")

    def is_nobodys(self) -> bool:
        """Whether the partitions are given out, and none to anybody.

        So they are where the member that gives them out knew of no such topic, as for a moment after the broker has
        begun. All others are content with that for ever. Raises Hold where the broker is away.
        """
        group = self._asked()
        return group["group_state"] == "Stable" and not any(map(self._has_some, group["members"]))

    def _asked(self) -> dict[str, Any]:
        try:
            with answering(self._cluster):
                return self._described()
        except Hold:
            self._forget_connection()
            raise

    def _described(self) -> dict[str, Any]:
        if self._admin is None:
            with reasons():
                self._admin = KafkaAdminClient(**self._cluster.arguments())
        group: dict[str, Any] = self._admin.describe_groups([self._group])[self._group]
        if group["error"]:
            raise KafkaError(group["error"])
        return group

    def _is_mine(self, member: dict[str, Any]) -> bool:
        return bool(member["member_id"] == self._member()) and self._has_some(member)

    def _has_some(self, member: dict[str, Any]) -> bool:
        assignment = member["member_assignment"]
        if not isinstance(assignment, dict):  # it has none yet
            return False
        return any(each["topic"] == self._topic and each["partitions"] for each in assignment["assigned_partitions"])

    def _forget_connection(self) -> None:
        if self._admin is not None:
            self._admin.close()
            self._admin = None
