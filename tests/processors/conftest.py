"""Loading a model takes a second: the readers of both profiles are shared by all tests of a run."""

import pytest

from processors.enrich import Enricher


@pytest.fixture(scope="session")
def enricher() -> Enricher:
    return Enricher()


@pytest.fixture(scope="session")
def fast_enricher() -> Enricher:
    return Enricher("fast")
