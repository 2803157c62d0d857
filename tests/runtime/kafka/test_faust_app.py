"""How a worker's Faust reaches Kafka: the same way as every other client."""

import pytest
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth

from runtime.kafka.codec import Cluster
from runtime.kafka.faust_app import make_app
from runtime.kafka.security import Access, Security

SIGNING_IN = {"sasl_mechanism": "PLAIN", "sasl_plain_username": "newsroom", "sasl_plain_password": "secret"}


@pytest.mark.parametrize(
    ("security", "encrypted", "signing_in"),
    [
        ("PLAINTEXT", False, {}),
        ("SSL", True, {}),
        ("SASL_PLAINTEXT", False, SIGNING_IN),
        ("SASL_SSL", True, SIGNING_IN),
    ],
)
def test_faust_is_told_what_all_clients_are(security: Security, encrypted: bool, signing_in: dict[str, str]) -> None:
    access = Access(security, mechanism="PLAIN", user="newsroom", password="secret")
    app = make_app("enrich", Cluster("one:9092", access=access), 64)
    told = dict(credentials_to_aiokafka_auth(app.conf.broker_credentials))
    assert (told.pop("ssl_context", None) is not None) == encrypted
    assert told == {"security_protocol": security, **signing_in}
    asked = access.arguments()
    assert {name: asked[name] for name in told} == told
