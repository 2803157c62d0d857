"""A Kafka that is encrypted and lets one user in: the same workers, told so by settings."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fleet.articles import generated
from fleet.fleet import STAGES, Fleet, Member
from fleet.place import Place, apart, environment
from fleet.waiting import until
from servers.kafka import MECHANISM, Kafka, Login

from runtime.exit import TRY_AGAIN

pytestmark = pytest.mark.servers

LOGIN = Login("newsroom", "let-me-in")


@pytest.fixture(scope="module")
def secured(servers_at_hand: None, server_files: Path) -> Iterator[Kafka]:
    """The broker."""
    folder = server_files / "secured"
    folder.mkdir()
    server = Kafka(folder, LOGIN)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def place(secured: Kafka, elasticsearch_url: str, tmp_path: Path) -> Place:
    """Where the fleet works."""
    told = {
        "kafka_security": "SASL_SSL",
        "kafka_authority": str(secured.authority),
        "kafka_mechanism": MECHANISM,
        "kafka_user": LOGIN.user,
        "kafka_password": LOGIN.password,
    }
    return Place(apart(secured.bootstrap, elasticsearch_url), tmp_path).at(**told)


def test_articles_go_all_the_way(fleet: Fleet) -> None:
    articles = generated(20, "s")
    fleet.start(*STAGES)
    fleet.publish(articles)
    account = fleet.settle([(each.id, each.revision) for each in articles], within=60)
    assert (account.indexed, account.balanced) == (20, True)
    assert len(fleet.indexed()) == 20


def test_a_wrong_password_is_told(place: Place) -> None:
    wrong = place.at(kafka_password="let-me-out")
    assert "refuses the user 'newsroom' or its password" in _refused(wrong)
    worker = Member("story", wrong)
    until(lambda: worker.status is not None, within=40)
    assert worker.status == TRY_AGAIN
    assert "refuses the user 'newsroom' or its password" in worker.log
    assert "let-me-out" not in worker.log


def test_a_server_that_nobody_vouches_for_is_not_spoken_to(place: Place) -> None:
    assert "certificate verify failed" in _refused(place.at(kafka_authority=""))


def _refused(place: Place) -> str:
    """The one line that a command ends with."""
    command = [str(Path(sys.executable).with_name("wirewatch")), "ledger"]
    ran = subprocess.run(command, env=environment(place.settings), cwd=place.folder, capture_output=True, text=True)
    assert ran.returncode == 1
    [line] = ran.stderr.splitlines()
    return line
