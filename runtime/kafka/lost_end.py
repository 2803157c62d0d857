"""Where to go on in a log that lost its end, as a broker's may that was cut from its power.

A group's place then lies behind the end. What is written next stands before that place, and would be taken for read.
"""

from datetime import timedelta

from kafka import TopicPartition

from runtime.kafka import offsets, topic_reader
from runtime.kafka.codec import Cluster
from schemas.clock import utc_now

# What was sent since is read again. Records are read again without harm; a lost end is seen at the next record, or at
# the next start of the worker, which is within a day where anybody looks.
AGAIN = timedelta(days=1)


def place(cluster: Cluster, topic: str, partition: int) -> int:
    """The first record that was sent within AGAIN; the end where none was. `topic` by its name there. Raises Hold."""
    where = TopicPartition(topic, partition)
    with topic_reader.opened(cluster) as plain:
        plain.assign([where])
        ends = offsets.ends(plain, [where])
        return offsets.places(plain, utc_now() - AGAIN, ends)[where]
