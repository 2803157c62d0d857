"""One batch in a worker's loop: settled and confirmed, held, or left by the process ending; never passed over."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime

import pytest

from runtime import backoff as backoff_module
from runtime.kafka import batch as batch_module
from runtime.kafka import exit as exit_module
from runtime.kafka.batch import BatchRunner
from runtime.kafka.codec import RECORD_BYTES, Cluster, TraceContext, encode
from runtime.kafka.exit import ExitRequest
from runtime.kafka.recorder import KafkaRecorder, Outgoing, Received, receive
from runtime.recorder import OutcomeRecorder
from runtime.status import StageStatus
from schemas.article import Article, Enriched
from schemas.ledger import Letter, Origin, OutcomeRow
from schemas.outcome import Dead, Done, Dropped, Hold, Outcome, Output
from schemas.stage import FunctionStep
from schemas.topics import ARTICLES, ENRICHED

CLUSTER = Cluster("nowhere:9092")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Left(BaseException):
    """Stands for the process having ended."""


class Group:
    """What Faust knows of the group, said by the test."""

    rebalancing = False
    should_stop = False


class Bench:
    """A body on a bench: its step and its broker are the test's."""

    def __init__(self, step: Callable[[Sequence[Article]], Sequence[Outcome]]) -> None:
        self.group = Group()
        self.sent: list[Outgoing] = []
        self.refusals: list[Exception] = []
        self.status = StageStatus("bench")
        self._step = FunctionStep(step)
        recorder = KafkaRecorder(OutcomeRecorder("bench", lambda: NOW, "1.2"), CLUSTER)
        self.runner = BatchRunner(self._send, recorder, ExitRequest(self.group), self.status)

    async def _send(self, outgoing: Sequence[Outgoing]) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        self.sent += outgoing

    def handle(self, *batch: Received) -> None:
        asyncio.run(self.runner.handle(self._step, batch))

    @property
    def rows(self) -> list[tuple[str, str, str | None]]:
        """The ledger's rows that were sent."""
        rows = [one.output.record for one in self.sent if isinstance(one.output.record, OutcomeRow)]
        return [(row.id, row.outcome, row.reason) for row in rows]

    @property
    def letters(self) -> list[Letter]:
        """The letters that were sent."""
        return [one.output.record for one in self.sent if isinstance(one.output.record, Letter)]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(status: int) -> None:
        raise Left(status)

    monkeypatch.setattr("runtime.exit.os._exit", leave)
    monkeypatch.setattr(batch_module, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(backoff_module, "FIRST_SECONDS", 0.001)


def read(name: str, text: str = "text") -> Received:
    """An article as it was read."""
    record = Article(id=name, revision="1", text=text, fetched_at=NOW)
    encoded = encode(CLUSTER, Output(ARTICLES, record), TraceContext(trace=f"trace-{name}"))
    return receive(
        ARTICLES, Origin(topic="articles", partition=2, offset=7), encoded.key, encoded.value, encoded.headers
    )


def enriched(article: Article) -> Done:
    """It goes on."""
    return Done((Output(ENRICHED, Enriched(**dict(article))),))


def test_outputs_and_rows_are_sent_and_carry_the_trace() -> None:
    bench = Bench(lambda batch: [enriched(article) for article in batch])
    bench.handle(read("a"), read("b"))
    assert bench.rows == [("a", "done", None), ("b", "done", None)]
    traces = {dict(one.encoded.headers)["trace"] for one in bench.sent}
    assert traces == {b"trace-a", b"trace-b"}


def test_each_outcome_is_written_down() -> None:
    outcomes: dict[str, Outcome] = {"a": Done(), "b": Dropped("not news"), "c": Dead("refused", "by the mapping")}
    bench = Bench(lambda batch: [outcomes[article.id] for article in batch])
    bench.handle(read("a"), read("b"), read("c"))
    assert bench.rows == [("a", "done", None), ("b", "dropped", "not news"), ("c", "dead", "refused")]
    [letter] = bench.letters
    assert (letter.error, letter.origin, letter.code_version) == (
        "by the mapping",
        Origin(topic="articles", partition=2, offset=7),
        "1.2",
    )
    assert Article.model_validate(letter.record).id == "c"


def test_a_step_that_raises_costs_only_the_record_that_it_raised_for() -> None:
    def step(batch: Sequence[Article]) -> Sequence[Outcome]:
        if any(article.id == "b" for article in batch):
            raise ZeroDivisionError
        return [Done() for _ in batch]

    bench = Bench(step)
    bench.handle(read("a"), read("b"), read("c"))
    assert bench.rows == [("a", "done", None), ("b", "dead", "ZeroDivisionError"), ("c", "done", None)]


def test_a_step_that_miscounts_is_not_believed() -> None:
    bench = Bench(lambda batch: [Done()] * (len(batch) + 1))
    bench.handle(read("a"))
    assert bench.rows == [("a", "dead", "ValueError")]


def test_an_output_too_large_for_the_log_is_a_letter() -> None:
    def step(batch: Sequence[Article]) -> Sequence[Outcome]:
        huge = batch[0].model_copy(update={"text": "x" * RECORD_BYTES})
        return [enriched(huge)]

    bench = Bench(step)
    bench.handle(read("a"))
    assert bench.rows == [("a", "dead", "too large")]


def test_the_state_that_a_dead_record_leaves_is_sent_with_its_letter_where_it_fits() -> None:
    def step(batch: Sequence[Article]) -> Sequence[Outcome]:
        return [Dead("no", "it says so", (Output(ENRICHED, Enriched(**dict(one))),)) for one in batch]

    bench = Bench(step)
    bench.handle(read("a"), read("b", "x" * (RECORD_BYTES + 1)))
    assert bench.rows == [("a", "dead", "no"), ("b", "dead", "no")]
    assert [letter.id for letter in bench.letters] == ["a", "b"]
    kept = [sending.output.record for sending in bench.sent if sending.output.topic is ENRICHED]
    assert [one.id for one in kept if isinstance(one, Enriched)] == ["a"]


def test_what_cannot_be_read_is_a_letter_with_its_bytes() -> None:
    bench = Bench(lambda batch: [Done() for _ in batch])
    odd = receive(ARTICLES, Origin(topic="articles", offset=3), None, b"odd", ())
    bench.handle(odd, read("a"))
    assert bench.rows == [("articles-0-3", "dead", "unreadable"), ("a", "done", None)]
    assert bench.letters[0].record["base64"] == "b2Rk"


def test_a_hold_is_waited_out_and_shown() -> None:
    seen: list[str | None] = []
    calls = iter([Hold("Elasticsearch is away"), Hold("Elasticsearch is away"), None])

    def step(batch: Sequence[Article]) -> Sequence[Outcome]:
        seen.append(bench.status.held.why if bench.status.held else None)
        if (hold := next(calls)) is not None:
            raise hold
        return [Done() for _ in batch]

    bench = Bench(step)
    bench.handle(read("a"))
    assert seen == [None, "Elasticsearch is away", "Elasticsearch is away"]
    assert bench.status.held is None
    assert bench.rows == [("a", "done", None)]


def test_a_broker_that_refuses_is_waited_out_without_doing_the_step_again() -> None:
    steps: list[int] = []

    def step(batch: Sequence[Article]) -> Sequence[Outcome]:
        steps.append(len(batch))
        return [Done() for _ in batch]

    bench = Bench(step)
    bench.refusals = [RuntimeError("no leader"), TimeoutError()]
    bench.handle(read("a"))
    assert steps == [1]
    assert bench.rows == [("a", "done", None)]


@pytest.mark.parametrize("asked", ["rebalancing", "should_stop"])
def test_a_holder_that_is_asked_to_leave_leaves_and_commits_nothing(asked: str) -> None:
    def step(batch: Sequence[Article]) -> Sequence[Outcome]:
        setattr(bench.group, asked, True)
        raise Hold("away")

    bench = Bench(step)
    with pytest.raises(Left, match="75"):
        bench.handle(read("a"))
    assert bench.sent == []


def test_a_step_that_does_not_end_is_left_when_the_others_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exit_module, "GRACE_SECONDS", 0.0)
    ended = asyncio.Event()

    async def attempt() -> None:
        await ended.wait()

    bench = Bench(lambda batch: [])
    bench.group.rebalancing = True

    async def run() -> None:
        waiting: Coroutine[None, None, None] = attempt()
        await bench.runner.insist(lambda: waiting)

    with pytest.raises(Left):
        asyncio.run(run())


def test_a_cancelled_batch_ends_the_process_instead_of_being_acknowledged() -> None:
    async def cancel() -> None:
        bench = Bench(lambda batch: [Done() for _ in batch])
        bench.refusals = [RuntimeError("away")] * 10_000
        task = asyncio.ensure_future(bench.runner.handle(bench._step, [read("a")]))
        await asyncio.sleep(0.05)
        task.cancel()
        await task

    with pytest.raises(Left, match="75"):
        asyncio.run(cancel())


def test_a_batch_with_a_newer_record_is_held_whole_and_nothing_of_it_is_written() -> None:
    bench = Bench(lambda batch: [Done() for _ in batch])
    newer = receive(ARTICLES, Origin(topic="articles", offset=8), b"b", b"{}", (("schema", b"Article/2"),))
    bench.group.should_stop = True
    with pytest.raises(Left):
        bench.handle(read("a"), newer)
    assert not bench.sent
    assert bench.status.held is not None
    assert "newer wirewatch on articles" in bench.status.held.why
    assert "offset 8" in bench.status.held.why


def test_what_is_unreadable_is_entered_under_the_revision_that_its_header_says() -> None:
    bench = Bench(lambda batch: [Done() for _ in batch])
    bench.handle(receive(ARTICLES, Origin(topic="articles", offset=8), b"b", b"{", (("revision", b"r7"),)))
    assert [(letter.id, letter.revision) for letter in bench.letters] == [("b", "r7")]
