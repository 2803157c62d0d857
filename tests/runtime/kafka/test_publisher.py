"""What a publisher does where Kafka is away, with a producer that the test writes."""

from typing import Any
from unittest.mock import Mock

import pytest
from kafka.errors import KafkaTimeoutError

from runtime.kafka import publisher
from runtime.kafka.codec import Cluster
from runtime.kafka.publisher import KafkaPublish


def test_closing_while_kafka_is_away_lets_go_of_what_nobody_was_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that was told so by Hold ended with a traceback, and its producer went on sending."""
    producer: Any = Mock()
    producer.close.side_effect = KafkaTimeoutError("Timeout waiting for future")
    monkeypatch.setattr(publisher, "KafkaProducer", Mock(return_value=producer))
    KafkaPublish(Cluster("127.0.0.1:1")).close()
    producer._sender.force_close.assert_called_once_with()
