"""Where a fleet works: the program's settings, with topics and indexes of its own, and a folder of the test's."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from runtime.kafka.codec import Cluster
from wirewatch.compose.cluster import cluster_of
from wirewatch.settings import PREFIX, Settings


@dataclass(frozen=True)
class Place:
    """What the fleet's processes are told."""

    settings: Settings
    folder: Path
    """Where they run and write their logs, and where tests leave signs for the light enrich."""

    @property
    def cluster(self) -> Cluster:
        """Its Kafka."""
        return cluster_of(self.settings)

    def at(self, **servers: str) -> "Place":
        """The same on other servers, by the settings' names."""
        return replace(self, settings=self.settings.model_copy(update=servers))


def apart(kafka: str, elasticsearch: str) -> Settings:
    """Settings for these servers, with topics and indexes that no other test uses."""
    name = f"t{uuid4().hex[:8]}-"
    return Settings(
        kafka=kafka, kafka_prefix=name, elasticsearch=elasticsearch, index_prefix=name, channel_hosts="127.0.0.1"
    )


def environment(settings: Settings) -> dict[str, str]:
    """These settings as a process is given them, beside what the test's own has."""
    named = {PREFIX + name.upper(): str(getattr(settings, name)) for name in settings.model_fields_set}
    return {**os.environ, **named}
