"""The HTTP API of a file with two articles, asked over real HTTP on loopback."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from served_api import Served, news, served
from wire_articles import NOON

from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import Settings


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[LocalPipeline]:
    """A file with two articles; nobody works its stages."""
    with LocalPipeline(Settings(db=tmp_path / "wire.db"), lambda: NOON + timedelta(hours=2)) as pipeline:
        pipeline.store.write(news())
        yield pipeline


@pytest.fixture
def here(pipeline: LocalPipeline) -> Iterator[Served]:
    """Its API, two hours after noon."""
    with served(pipeline, lambda: NOON + timedelta(hours=2)) as one:
        yield one
