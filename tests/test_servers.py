"""The servers that the other tests stand on are real, and can be stopped and started again."""

import httpx
import pytest
from kafka import KafkaAdminClient
from servers.elasticsearch import Elasticsearch
from servers.kafka import Kafka

pytestmark = pytest.mark.servers


def test_kafka_answers(kafka_bootstrap: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    assert admin.describe_cluster()["brokers"]
    admin.close()


def test_elasticsearch_analyses_english_as_a_stock_server_does(elasticsearch_url: str) -> None:
    analyser = {
        "tokenizer": "standard",
        "filter": [
            "lowercase",
            "asciifolding",
            {"type": "stemmer", "language": "possessive_english"},
            "porter_stem",
        ],
        "text": "Kyiv\u2019s missiles, Ha\u00eft\u00ed",
    }
    answer = httpx.post(f"{elasticsearch_url}/_analyze", json=analyser)
    assert [token["token"] for token in answer.json()["tokens"]] == ["kyiv", "missil", "haiti"]


def test_elasticsearch_keeps_its_documents_over_a_restart(elasticsearch_server: Elasticsearch) -> None:
    document = f"{elasticsearch_server.url}/keeps/_doc/1"
    httpx.put(document, json={"kept": True}).raise_for_status()
    elasticsearch_server.stop()
    with pytest.raises(httpx.TransportError):
        httpx.get(document)
    elasticsearch_server.start()
    assert httpx.get(document).json()["_source"] == {"kept": True}


def test_kafka_keeps_its_topics_over_a_kill(kafka_server: Kafka) -> None:
    admin = KafkaAdminClient(bootstrap_servers=kafka_server.bootstrap)
    admin.create_topics({"kept": {"num_partitions": 1, "replication_factor": 1}})
    admin.close()
    kafka_server.kill()
    kafka_server.start()
    admin = KafkaAdminClient(bootstrap_servers=kafka_server.bootstrap)
    assert "kept" in admin.list_topics()
    admin.close()
