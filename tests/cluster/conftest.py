"""A fleet on the real servers, with topics and an index that no other test uses."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from fleet.fleet import Fleet
from fleet.stages import Place

from schemas.broker import Cluster


@pytest.fixture
def place(kafka_bootstrap: str, elasticsearch_url: str, tmp_path: Path) -> Place:
    """Where the fleet works."""
    name = f"t{uuid4().hex[:8]}"
    return Place(Cluster(kafka_bootstrap, f"{name}-"), elasticsearch_url, name, tmp_path)


@pytest.fixture
def fleet(place: Place) -> Iterator[Fleet]:
    """An empty fleet; whatever is started in it is killed after the test."""
    made = Fleet(place)
    yield made
    made.end()
