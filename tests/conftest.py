"""Fixtures that every test may ask for: the real servers, started once per run and only when asked for."""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn, TypeVar

# first of all: see wirewatch/__init__.py
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import hypothesis
import pytest
import pytest_randomly
import structlog
from composing import PASSWORDS, read
from counted import counted
from earlier.installations import EARLIER
from servers import maven
from servers.composed_elasticsearch import ComposedElasticsearch
from servers.elasticsearch import Elasticsearch
from servers.jdk import MissingError, java_home
from servers.kafka import Kafka

S = TypeVar("S", Kafka, Elasticsearch, ComposedElasticsearch)

# spaCy's reseeder (thinc) takes no seed above 32 bits, and pytest-randomly adds to its own. It would only
# seed numpy, which pytest-randomly does by itself, in range.
pytest_randomly.entrypoint_reseeds = []

# How long an example takes says something of the machine, not of the code.
hypothesis.settings.register_profile("wirewatch", deadline=None)
hypothesis.settings.load_profile("wirewatch")

# A run that is told to end must end its servers: pytest takes Ctrl-C so, and leaves everything on SIGTERM.
signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """A command run in this process has structlog write to what was then its terminal, which is gone after its test."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def counted_children() -> Iterator[None]:
    """The children of the module's tests are counted as covered too (tests/support/counted.py)."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in counted().items():
            patch.setenv(name, value)
        yield


def _missing(why: str) -> NoReturn:
    """Skip; but where the run forbids it (WIREWATCH_FORBID_SKIPS=1, as .ci/run does) a skip is a failure."""
    if os.environ.get("WIREWATCH_FORBID_SKIPS") == "1":
        pytest.fail(f"this run forbids skipping the servers' tests: {why}")
    pytest.skip(why)


@pytest.fixture(scope="session")
def server_files() -> Iterator[Path]:
    """A folder that another user may enter (pytest's own may not be: Elasticsearch refuses to run as root)."""
    folder = Path(tempfile.mkdtemp(prefix="wirewatch-servers-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def servers_at_hand() -> None:
    """For tests that start servers of their own: skips where these cannot be had."""
    try:
        java_home()
        maven.kafka_jars()
        maven.elasticsearch_zip()
    except MissingError as missing:
        _missing(str(missing))


@pytest.fixture(scope="session")
def _own_kafka(server_files: Path) -> Iterator[Kafka]:
    yield from _running(Kafka, server_files / "kafka")


@pytest.fixture(scope="session")
def _own_elasticsearch(server_files: Path) -> Iterator[Elasticsearch]:
    yield from _running(Elasticsearch, server_files / "elasticsearch")


def _running(kind: Callable[[Path], S], folder: Path) -> Iterator[S]:
    """A server of our own, until it is no longer needed."""
    folder.mkdir()
    try:
        server = kind(folder)
    except MissingError as missing:
        _missing(str(missing))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def composed_elasticsearch(server_files: Path) -> Iterator[ComposedElasticsearch]:
    """One with security, as docker-compose.yml has it."""
    service = read(PASSWORDS)["services"]["elasticsearch"]
    yield from _running(lambda folder: ComposedElasticsearch(folder, service), server_files / "composed")


@pytest.fixture(scope="session")
def kafka_bootstrap(request: pytest.FixtureRequest) -> str:
    """HOST:PORT of a real Kafka: the one named by WIREWATCH_TEST_KAFKA, or our own."""
    named = os.environ.get("WIREWATCH_TEST_KAFKA")
    if named:
        return named
    own: Kafka = request.getfixturevalue("_own_kafka")
    return own.bootstrap


@pytest.fixture(scope="session")
def elasticsearch_url(request: pytest.FixtureRequest) -> str:
    """The address of a real Elasticsearch: the one named by WIREWATCH_TEST_ELASTICSEARCH, or our own."""
    named = os.environ.get("WIREWATCH_TEST_ELASTICSEARCH")
    if named:
        return named
    own: Elasticsearch = request.getfixturevalue("_own_elasticsearch")
    return own.url


@pytest.fixture
def earlier_elasticsearch(server_files: Path) -> Iterator[Elasticsearch]:
    """A node of today on the data that one of 8.19 left, under wirewatch 2dd8c0b (tests/fixtures)."""
    left = EARLIER / "elasticsearch-data.tar.xz"
    folder = server_files / "earlier-elasticsearch"
    yield from _running(lambda folder: Elasticsearch(folder, data=left), folder)
    shutil.rmtree(folder)


@pytest.fixture
def kafka_server(_own_kafka: Kafka) -> Iterator[Kafka]:
    """Our own Kafka, for tests that stop or kill it; it runs again after the test."""
    yield _own_kafka
    _own_kafka.ensure_running()


@pytest.fixture
def elasticsearch_server(_own_elasticsearch: Elasticsearch) -> Iterator[Elasticsearch]:
    """Our own Elasticsearch, for tests that stop or kill it; it runs again after the test."""
    yield _own_elasticsearch
    _own_elasticsearch.ensure_running()
