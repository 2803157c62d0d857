"""SubprocessPool: whatever happens in one costs one item."""

import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from fleet.waiting import until

from runtime.subprocess_pool import SubprocessPool
from schemas.services import NOT_STARTED, Failure, WorkerSpec


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., WorkerSpec[str, str]]]:
    """The job, importable in a spawned child by its file's folder."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.delitem(sys.modules, "jobs", raising=False)

    yield lambda make="worker", **limits: WorkerSpec(getattr(import_module("jobs"), make), **limits)
    sys.modules.pop("jobs", None)


@pytest.fixture
def children(
    job: Callable[..., WorkerSpec[str, str]], request: pytest.FixtureRequest
) -> Iterator[SubprocessPool[str, str]]:
    made = SubprocessPool(job(seconds=getattr(request, "param", 30), memory_mb=1024), 2)
    yield made
    made.close()


def test_answers_come_in_the_order_of_the_items(children: SubprocessPool[str, str]) -> None:
    answers = children.map([f"item {number}" for number in range(8)])
    assert [str(answer).split(" by ")[0] for answer in answers] == [f"item {number}" for number in range(8)]


@pytest.mark.parametrize(("order", "reason"), [("die", "crashed"), ("raise", "ValueError"), ("swell", "memory")])
def test_one_that_fails_costs_only_itself(children: SubprocessPool[str, str], order: str, reason: str) -> None:
    before, failed, after = children.map(["before", order, "after"])
    assert isinstance(failed, Failure)
    assert failed.reason == reason
    assert str(before).startswith("before by ")
    assert str(after).startswith("after by ")


def test_a_child_that_swelled_is_not_asked_again(job: Callable[..., WorkerSpec[str, str]]) -> None:
    children = SubprocessPool(job(memory_mb=1024), 1)
    before, _, after = children.map(["one", "swell", "one"])
    children.close()
    assert before != after


@pytest.mark.parametrize("children", [1.0], indirect=True)
def test_one_that_stalls_is_killed_and_another_takes_its_place(children: SubprocessPool[str, str]) -> None:
    stalled = children.submit("stall").result()
    assert stalled == Failure("timeout", "took longer than 1 s")
    assert str(children.submit("next").result()).startswith("next by ")


def test_the_collector_rests_while_a_child_loads_and_no_longer(job: Callable[..., WorkerSpec[str, str]]) -> None:
    children = SubprocessPool(job(make="collecting"), 1)
    told = children.submit("any").result()
    children.close()
    assert told == "False, then True"


def test_a_child_that_cannot_be_made_ready_is_told_apart_from_an_item_that_fails(
    job: Callable[..., WorkerSpec[str, str]],
) -> None:
    children = SubprocessPool(job(make="broken"), 1)
    failed = children.submit("any").result()
    children.close()
    assert failed == Failure(NOT_STARTED, "RuntimeError: no model here")


def test_a_child_killed_while_it_loads_blames_no_item(job: Callable[..., WorkerSpec[str, str]]) -> None:
    children = SubprocessPool(job(make="killed"), 1)
    failed = children.submit("any").result()
    children.close()
    assert failed == Failure(NOT_STARTED, "the child ended before it was ready")


def test_children_that_were_started_before_do_the_first_items(children: SubprocessPool[str, str]) -> None:
    others = _pids()
    children.start()
    children.start()  # a stage is opened again: the same ones
    until(lambda: len(_pids() - others) == 2, within=60)
    started = _pids() - others
    answers = children.map(["one", "two"])
    assert {int(str(answer).split(" by ")[1]) for answer in answers} <= started
    assert _pids() - others == started


def test_one_that_cannot_be_started_before_its_item_says_why_to_the_item(
    job: Callable[..., WorkerSpec[str, str]],
) -> None:
    children = SubprocessPool(job(make="broken"), 1)
    children.start()
    failed = children.submit("any").result()
    children.close()
    assert failed == Failure(NOT_STARTED, "RuntimeError: no model here")


def test_a_pool_that_is_closed_while_its_children_start_leaves_none(job: Callable[..., WorkerSpec[str, str]]) -> None:
    others, closed = _pids(), threading.Event()

    class Closing:
        """What a child is given: it is pickled while the child is being started."""

        def __reduce__(self) -> tuple[type[str], tuple[()]]:
            pool.close()
            closed.set()
            return str, ()

    pool = SubprocessPool(job(arguments=(Closing(),)), 1)
    pool.start()
    assert closed.wait(60)
    until(lambda: _pids() <= others, within=60)


# A process with a child at work, which says what it gave.
HOLDS = """
import sys
sys.path.insert(0, sys.argv[1])
from jobs import worker
from runtime.subprocess_pool import SubprocessPool
from schemas.services import WorkerSpec
print(*SubprocessPool(WorkerSpec(worker, (), 60, 1024), 1).map(["one", "raise", "swell", "two"]), sep="\\n", flush=True)
sys.stdin.read()
"""


def test_children_end_with_a_process_that_is_killed(counted_children: None) -> None:
    command = [sys.executable, "-c", HOLDS, str(Path(__file__).parent)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        answers = [process.stdout.readline() for _ in range(4)]
        process.kill()
        # it ends when nobody is left who could write: the child has the same output
        assert process.communicate(timeout=60)[0] == ""
    wanted = ("one by", "ValueError", "memory", "two by")
    assert all(said in answer for said, answer in zip(wanted, answers, strict=True))


def _pids() -> set[int | None]:
    return {child.pid for child in multiprocessing.active_children()}


def test_a_closed_pool_answers_with_a_failure(job: Callable[..., WorkerSpec[str, str]]) -> None:
    children = SubprocessPool(job(), 1)
    children.map(["one"])
    children.close()
    with pytest.raises(RuntimeError):
        children.submit("two")
