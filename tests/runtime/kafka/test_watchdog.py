"""A worker whose stage's partitions were given to nobody ends, so that they are given out anew; a stand-by stays."""

from types import SimpleNamespace
from typing import Any

import pytest
from faust.types import TP

from processors.agents import STORY
from runtime.kafka import watchdog
from runtime.kafka.codec import Cluster
from runtime.kafka.watchdog import Watchdog
from runtime.status import StageStatus
from schemas.outcome import Hold


class Left(BaseException):
    """Stands for the process having ended."""


@pytest.fixture(autouse=True)
def _says_so_where_it_would_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(why: str, *_: int) -> None:
        raise Left(why)

    monkeypatch.setattr(watchdog, "leave", leave)


def looking(monkeypatch: pytest.MonkeyPatch, lag: int, assigned: set[TP], *nobodys: bool) -> Watchdog:
    """One that is told at each look whether the partitions are nobody's."""
    monkeypatch.setattr(watchdog, "KafkaConsumer", lambda **_: object())
    monkeypatch.setattr(watchdog, "lags", lambda *_: {0: lag})
    app: Any = SimpleNamespace(consumer=SimpleNamespace(assignment=lambda: assigned))
    said = iter(nobodys)
    return Watchdog(app, Cluster("nowhere:1"), STORY, StageStatus("story"), lambda: next(said), lambda: 0.0)


def test_what_nobody_was_given_is_given_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    dog = looking(monkeypatch, 7, set(), True, True)
    dog._look_once()
    with pytest.raises(Left, match="7 records wait, and their partitions were given to nobody"):
        dog._look_once()


@pytest.mark.parametrize(
    ("lag", "assigned", "nobodys"),
    [
        (7, set(), (False, False, False)),  # a stand-by: another works
        (7, set(), (True, False, True)),  # they were being given out
        (0, set(), ()),  # nothing waits: nobody is asked
        (7, {TP("enriched", 0)}, ()),  # it works itself
    ],
)
def test_otherwise_it_stays(
    monkeypatch: pytest.MonkeyPatch, lag: int, assigned: set[TP], nobodys: tuple[bool, ...]
) -> None:
    dog = looking(monkeypatch, lag, assigned, *nobodys)
    for _ in range(3):
        dog._look_once()


@pytest.mark.parametrize("was_away", [True, False])
def test_what_waited_while_the_broker_was_away_is_not_held_against_it(
    monkeypatch: pytest.MonkeyPatch, was_away: bool
) -> None:
    now = [1000.0]
    monkeypatch.setattr(watchdog, "time", SimpleNamespace(monotonic=lambda: now[0]))
    dog = looking(monkeypatch, 7, {TP("enriched", 0)})
    dog._status.progressed_at = now[0]
    now[0] += watchdog.STALL_SECONDS
    if was_away:
        monkeypatch.setattr(watchdog, "lags", lambda *_: _away())
    dog._look_once()
    monkeypatch.setattr(watchdog, "lags", lambda *_: {0: 7})
    now[0] += 1
    if was_away:
        dog._look_once()
        now[0] += watchdog.STALL_SECONDS
    with pytest.raises(Left, match="no progress"):
        dog._look_once()


def _away() -> dict[int, int]:
    raise Hold("Kafka is away")


def test_it_looks_again_where_a_partition_has_no_leader_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    dog = looking(monkeypatch, 0, set(), False)

    def leaderless(*_: Any) -> dict[int, int]:
        raise Hold("no leader yet")

    monkeypatch.setattr(watchdog, "lags", leaderless)
    dog._look_once()
    monkeypatch.setattr(watchdog, "lags", lambda *_: {0: 3})
    dog._look_once()
    assert dog.lag == 3
