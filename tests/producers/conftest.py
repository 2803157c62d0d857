"""What the producers' tests share: a web server on loopback."""

from collections.abc import Iterator

import loopback
import pytest


@pytest.fixture
def site() -> Iterator[loopback.Site]:
    """A web server on loopback, whose answers the test writes."""
    with loopback.site() as running:
        yield running
