"""How Kafka's clients are told to reach it."""

import pytest

from runtime.kafka.codec import Cluster
from runtime.kafka.security import Access


def test_by_default_in_the_open_and_as_nobody() -> None:
    told = Cluster("one:9092").arguments()
    assert (told["bootstrap_servers"], told["security_protocol"], told["ssl_context"]) == (
        ["one:9092"],
        "PLAINTEXT",
        None,
    )
    assert not [name for name in told if name.startswith("sasl_")]


def test_a_user_signs_in() -> None:
    told = Access("SASL_PLAINTEXT", mechanism="PLAIN", user="newsroom", password="secret").arguments()
    assert told == {
        "security_protocol": "SASL_PLAINTEXT",
        "ssl_context": None,
        "sasl_mechanism": "PLAIN",
        "sasl_plain_username": "newsroom",
        "sasl_plain_password": "secret",
    }


@pytest.mark.parametrize("security", ["SSL", "SASL_SSL"])
def test_what_is_encrypted_is_checked_by_name(security: str) -> None:
    context = Access(security, user="newsroom").tls()  # type: ignore[arg-type]  # one of its names
    assert context is not None
    assert context.check_hostname


def test_a_password_is_in_no_log() -> None:
    assert "secret" not in repr(Cluster("one:9092", access=Access(password="secret")))
