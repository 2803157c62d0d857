"""The HTTP API of a file with two articles, asked over real HTTP on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from served_api import Served, news_file, served

from wirewatch.compose.local import LocalPipeline


@pytest.fixture
def pipeline(tmp_path: Path) -> Iterator[LocalPipeline]:
    """A file with two articles, two hours after noon."""
    with news_file(tmp_path) as pipeline:
        yield pipeline


@pytest.fixture
def here(pipeline: LocalPipeline) -> Iterator[Served]:
    """Its API."""
    with served(pipeline) as one:
        yield one
