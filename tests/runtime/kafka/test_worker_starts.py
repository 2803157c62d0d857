"""A worker that begins while Kafka is away asks to be started again, and is not taken for one that crashed."""

import os
import subprocess
import sys

import pytest

from runtime.exit import TRY_AGAIN

pytestmark = pytest.mark.usefixtures("counted_children")

# What is behind the making of topics, which has to be done by then.
BEGIN = """
from plain_stage import plain_stage
from runtime.kafka.codec import Cluster
from runtime.kafka.faust_agent import run
from runtime.kafka.state import KafkaState
from runtime.memory import DefaultSettings, MemorySink
from runtime.metrics import Metrics
from runtime.services import ProcessServices
from schemas.topics import ARTICLES
cluster = Cluster("127.0.0.1:9")  # nobody listens there
state = KafkaState(cluster)
run(plain_stage("x", ARTICLES, list), ProcessServices(DefaultSettings(), state, MemorySink), state, cluster, Metrics())
"""


def test_kafka_goes_away_between_the_topics_and_faust() -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", BEGIN], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == TRY_AGAIN, ended.stderr
    assert "Kafka went away" in ended.stdout + ended.stderr
