"""What is told where Kafka cannot be reached: the reason that its client leaves to the log."""

import logging

import pytest
from kafka.errors import KafkaConnectionError, KafkaError, KafkaTimeoutError, SaslAuthenticationFailedError

from runtime.kafka.codec import Cluster
from runtime.kafka.errors import explain, reasons
from runtime.kafka.security import Access

OPEN = Cluster("one:9092")
SIGNING_IN = Cluster("one:9092", access=Access("SASL_SSL", user="newsroom"))
HUNG_UP = KafkaConnectionError("socket disconnected")
REFUSED = SaslAuthenticationFailedError("invalid credentials")


def given_up_after(*heard: KafkaError) -> KafkaError:
    """What is raised where the client logs these and gives up."""
    with pytest.raises(KafkaError) as raised, reasons():
        _give_up(heard)
    return raised.value


def _give_up(heard: tuple[KafkaError, ...]) -> None:
    """As kafka-python does it."""
    log = logging.getLogger("kafka.net.manager")
    for error in heard:
        log.warning("Bootstrap connection to %s failed: %s", "one", error)
    log.error("Bootstrap failed: %s", KafkaTimeoutError("unable"))
    raise KafkaTimeoutError("unable")


def test_the_reason_is_raised_instead_of_the_giving_up() -> None:
    away = KafkaConnectionError("no route")
    assert given_up_after(away, HUNG_UP) is away
    assert isinstance(given_up_after(), KafkaTimeoutError)


def test_that_a_user_is_refused_goes_before_all_else() -> None:
    assert given_up_after(HUNG_UP, REFUSED, HUNG_UP) is REFUSED


def test_what_is_told_names_the_user_where_one_signs_in() -> None:
    assert explain(SIGNING_IN, REFUSED) == "Kafka at one:9092 refuses the user 'newsroom' or its password"
    assert "does not answer, or refuses the user 'newsroom'" in explain(SIGNING_IN, HUNG_UP)
    assert explain(OPEN, HUNG_UP).startswith("Kafka at one:9092 does not answer: ")
