"""Topics that somebody else made are told, each in one line, by every worker at its start and by `doctor`."""

from typing import Any

import pytest
from fleet.fleet import Fleet
from fleet.place import Place
from fleet.waiting import until
from kafka import KafkaAdminClient
from typer.testing import CliRunner

from runtime.kafka.topic_check import problems
from runtime.kafka.topics import Layout, create
from wirewatch.cli.app import app
from wirewatch.compose.cluster import topic_problems
from wirewatch.pipeline import topology

pytestmark = pytest.mark.servers


def make(place: Place, **topics: tuple[int, dict[str, str]]) -> None:
    """As somebody else would: partitions and settings by the topic's name."""
    admin: Any = KafkaAdminClient(**place.cluster.arguments())
    admin.create_topics(
        {
            place.cluster.prefix + name: {"num_partitions": count, "replication_factor": 1, "configs": set_to}
            for name, (count, set_to) in topics.items()
        },
        wait_for_metadata=True,
    )
    admin.close()


def test_our_own_topics_are_well(place: Place) -> None:
    create(place.cluster, Layout(), topology().topics)
    assert problems(place.cluster, Layout(), topology().topics) == []


def test_what_somebody_else_made_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    make(
        place,
        enriched=(4, {"max.message.bytes": "8000000"}),
        subscriptions=(1, {"cleanup.policy": "delete", "max.message.bytes": "8000000"}),
        wire=(2, {"cleanup.policy": "compact", "retention.ms": "-1"}),
    )
    fleet = Fleet(place)
    name = place.cluster.prefix
    told = topic_problems(place.settings)
    for what in (
        f"{name}enriched has 4 partitions and must have 1",
        f"{name}subscriptions has cleanup.policy=delete, which must be compact",
        f"{name}wire has 2 partitions, not 4: set WIREWATCH_PARTITIONS=2",
        f"{name}wire has cleanup.policy=compact, which must be delete",
        f"{name}wire has max.message.bytes=1048588, which must be",
    ):
        assert any(what in line for line in told), what
    assert not any("wire has retention.ms" in line for line in told)
    try:
        (match,) = fleet.start("match")
        until(lambda: "subscriptions has cleanup.policy=delete" in match.log, within=40)
    finally:
        fleet.end()
    for key in ("kafka", "kafka_prefix", "elasticsearch"):
        monkeypatch.setenv(f"WIREWATCH_{key.upper()}", str(getattr(place.settings, key)))
    shown = CliRunner().invoke(app, ["doctor", "--json"])
    assert "subscriptions has cleanup.policy=delete" in shown.output
    assert shown.exit_code != 0
