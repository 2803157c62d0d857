"""Workers that come, go, hold and hang: the partitions are always read again, by somebody, soon."""

import time

import pytest
from fleet.articles import generated
from fleet.fleet import Fleet, Member
from fleet.waiting import until

from runtime.exit import STUCK, TRY_AGAIN
from runtime.kafka import ledger

pytestmark = pytest.mark.servers

# What docs/operations.md promises, of which the session's timeout takes 8 s and a start on a busy machine 3.
READ_AGAIN_SECONDS = 15.0


def handled(fleet: Fleet, name: str, stage: str = "enrich") -> bool:
    """Whether a stage has settled an article."""
    return stage in ledger.rows(fleet.place.cluster).get((name, "1"), {})


def has_partitions(member: Member) -> bool:
    """Whether it was assigned some."""
    return any("assigned" in line and "partitions=[]" not in line for line in member.log.splitlines())


def test_partitions_are_read_again_after_a_kill(fleet: Fleet) -> None:
    [worker] = fleet.start("enrich")
    fleet.publish(generated(4, "before"))
    until(lambda: handled(fleet, "before-0"), within=40)
    worker.kill()
    fleet.tend()
    fleet.publish(generated(8, "after"))
    until(lambda: all(handled(fleet, f"after-{number}") for number in range(8)), within=READ_AGAIN_SECONDS)


def test_a_newcomer_gets_partitions_while_another_holds(fleet: Fleet) -> None:
    (fleet.place.folder / "hold").touch()
    [holder] = fleet.start("enrich")
    fleet.publish(generated(20, "h"))
    until(lambda: holder.metric("wirewatch_held_seconds"), within=40)
    [newcomer] = fleet.start("enrich")
    until(lambda: has_partitions(newcomer), within=READ_AGAIN_SECONDS)
    until(lambda: holder.status is not None, within=READ_AGAIN_SECONDS)
    assert holder.status == TRY_AGAIN
    assert "asked to leave while held" in holder.log
    (fleet.place.folder / "hold").unlink()
    account = fleet.settle([(f"h-{number}", "1") for number in range(20)], within=60, stages=["enrich"])
    assert account.stages["enrich"] == {"done": 20}


def test_sigterm_ends_a_holder_in_time(fleet: Fleet) -> None:
    (fleet.place.folder / "hold").touch()
    [holder] = fleet.start("enrich")
    fleet.publish(generated(1, "h"))
    until(lambda: holder.metric("wirewatch_held_seconds"), within=40)
    assert holder.stop() < 10
    assert not handled(fleet, "h-0")


def test_sigterm_lets_the_batch_at_hand_end(fleet: Fleet) -> None:
    (fleet.place.folder / "slow").touch()
    [worker] = fleet.start("enrich")
    until(lambda: has_partitions(worker), within=40)
    fleet.publish(generated(1, "s"))
    time.sleep(0.3)
    assert worker.stop() < 10
    assert worker.status in (0, TRY_AGAIN)
    fleet.members.clear()
    # whichever it was, nothing is lost: another worker finds it, or it is done
    fleet.start("enrich")
    until(lambda: handled(fleet, "s-0"), within=40)


def test_a_worker_that_hangs_ends_itself(fleet: Fleet) -> None:
    (fleet.place.folder / "hang").touch()
    [worker] = fleet.start("enrich")
    fleet.publish(generated(1, "x"))
    until(lambda: worker.status is not None, within=60)
    assert worker.status == STUCK
    assert "no progress" in worker.log
    (fleet.place.folder / "hang").unlink()
    fleet.tend()
    until(lambda: handled(fleet, "x-0"), within=60)
