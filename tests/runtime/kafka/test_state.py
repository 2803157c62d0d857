"""State as one worker sees it, on a log that the test writes: as new as it was asked for, and no record's ruin."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from kafka import TopicPartition

from runtime.kafka import state as state_module
from runtime.kafka import topic_reader
from runtime.kafka.codec import Cluster
from runtime.kafka.state import KafkaState
from schemas.alert import Alert, Delivery, Status
from schemas.ledger import Forgotten
from schemas.outcome import Hold
from schemas.state import Without
from schemas.topics import DELIVERIES, FORGOTTEN

NOW = datetime(2026, 3, 2, tzinfo=UTC)


class Log:
    """A topic of one partition."""

    def __init__(self) -> None:
        self.records: list[tuple[bytes, bytes | None, tuple[tuple[str, bytes], ...]]] = []
        self.written_meanwhile: list[str] = []
        """What another writes between the question for the topic's end and the first reading."""

    def write(self, key: str, value: bytes | None = None, *headers: tuple[str, bytes]) -> None:
        record = Forgotten(id=key, at=NOW).model_dump_json().encode()
        self.records.append((key.encode(), value or record, headers))


class Consumer:
    """As Kafka's: a poll gives what the one before has asked for."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._place = 0
        self._asked_to = 0
        self._partition = TopicPartition("", 0)

    def partitions_for_topic(self, name: str) -> set[int]:
        self._partition = TopicPartition(name, 0)
        return {0}

    def assign(self, partitions: object) -> None: ...

    def close(self) -> None: ...

    def seek_to_beginning(self, *partitions: object) -> None:
        self._place = self._asked_to = 0

    def seek(self, partition: object, offset: int) -> None:
        self._place = self._asked_to = offset

    def beginning_offsets(self, partitions: object) -> dict[TopicPartition, int]:
        return {self._partition: 0}

    def end_offsets(self, partitions: object) -> dict[TopicPartition, int]:
        end = len(self._log.records)
        while self._log.written_meanwhile:
            self._log.write(self._log.written_meanwhile.pop())
        return {self._partition: end}

    def position(self, partition: object) -> int:
        return self._place

    def poll(self, timeout_ms: int) -> Mapping[TopicPartition, list[Any]]:
        first, self._place = self._place, self._asked_to
        self._asked_to = len(self._log.records)
        return {
            self._partition: [
                SimpleNamespace(partition=0, offset=offset, key=key, value=value, headers=headers, timestamp=0)
                for offset, (key, value, headers) in enumerate(self._log.records)
                if first <= offset < self._place
            ]
        }


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    log = Log()
    monkeypatch.setattr(topic_reader, "consumer", lambda *_, **__: Consumer(log))
    return log


@pytest.fixture
def state() -> KafkaState:
    return KafkaState(Cluster("127.0.0.1:9"))


def known(state: KafkaState) -> set[str]:
    return set(state.mapping(FORGOTTEN, Forgotten))


def test_a_batch_knows_what_was_written_before_it(log: Log, state: KafkaState) -> None:
    log.write("a")
    assert known(state) == {"a"}
    for name in ("b", "c"):
        log.write(name)
        state.expire()
        assert name in known(state)


def test_within_one_batch_the_broker_is_asked_once(log: Log, state: KafkaState) -> None:
    state.expire()
    assert known(state) == set()
    log.write("a")
    assert known(state) == set()


def test_what_comes_while_the_topic_is_read_is_known_by_the_next_look(log: Log, state: KafkaState) -> None:
    log.write("a")
    log.written_meanwhile = ["b"]
    assert "a" in known(state)
    log.write("c")
    state.expire()
    assert known(state) == {"a", "b", "c"}


def test_who_never_says_that_a_batch_begins_is_not_a_look_behind(
    log: Log, state: KafkaState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_module, "FRESH_SECONDS", 0.0)
    assert known(state) == set()
    log.write("a")
    assert known(state) == {"a"}


@pytest.mark.parametrize(
    ("value", "schema"),
    [(b'{"id": "b", "at": "2026-01-01T00:00:00Z", "by": "me"}', b"Forgotten/1"), (None, b"Forgotten/2")],
)
def test_what_a_newer_worker_wrote_is_waited_for(log: Log, state: KafkaState, value: bytes, schema: bytes) -> None:
    log.write("a")
    log.write("b", value, ("schema", schema))
    with pytest.raises(Hold, match=r"newer wirewatch on forgotten .*key b, offset 1"):
        known(state)
    with pytest.raises(Hold, match="newer wirewatch"):
        list(state.scan(FORGOTTEN, Forgotten))
    log.write("b")
    state.expire()
    assert known(state) == {"a", "b"}


def test_what_is_no_record_costs_only_itself(log: Log, state: KafkaState) -> None:
    log.write("a")
    log.write("b", b"\xff")
    assert known(state) == {"a"}
    assert state.get(FORGOTTEN, "b", Forgotten) is None
    assert [one.id for one in state.scan(FORGOTTEN, Forgotten)] == ["a"]


def test_a_log_that_lost_its_end_is_read_anew_and_what_it_lost_is_still_known(log: Log, state: KafkaState) -> None:
    for name in ("a", "b", "c"):
        log.write(name)
    assert known(state) == {"a", "b", "c"}
    del log.records[1:]
    log.write("d")
    state.expire()
    assert known(state) == {"a", "b", "c", "d"}


def test_a_scan_gives_the_last_record_of_each_key_and_what_is_deleted_not(log: Log, state: KafkaState) -> None:
    early, late = (Forgotten(id="a", at=NOW + timedelta(days=day)) for day in (0, 1))
    for name, value in (("a", early), ("b", early), ("a", late), ("c", early)):
        log.write(name, value.model_copy(update={"id": name}).model_dump_json().encode())
    log.records.append((b"c", None, ()))
    assert [(one.id, one.at) for one in state.scan(FORGOTTEN, Forgotten)] == [("b", early.at), ("a", late.at)]
    log.write("d")
    assert [one.id for one in state.scan(FORGOTTEN, Forgotten)] == ["b", "a", "d"]


def test_what_a_scan_leaves_out_is_not_read_and_the_rest_is(log: Log, state: KafkaState) -> None:
    """By the field itself, not by what stands inside of others; and a value that only a newer worker knows is held."""

    def delivery(id: str, status: Status, title: str = "") -> Delivery:
        fields = {"id": id, "revision": "1", "subscription": "s", "subscription_name": "", "query": "", "scope": ""}
        more = {"matched_part": "", "article_id": "", "story_id": "", "first_seen": NOW, "matched_at": NOW}
        alert = Alert.model_validate({**fields, **more, "title": title})
        return Delivery(id=id, subscription="s", status=status, at=NOW, alert=alert)

    told = Without("status", ("delivered", "kept"))
    for one in (
        delivery("a", "delivered"),
        delivery("b", "waiting"),
        delivery("c", "waiting", '"status":"delivered"'),
        delivery("d", "waiting"),
        delivery("d", "kept", '"status":"waiting"'),
        delivery("e", "counted"),
    ):
        log.write(one.id, one.model_dump_json(exclude_defaults=True).encode())
    assert [one.id for one in state.scan(DELIVERIES, Delivery, without=told)] == ["b", "c", "e"]
    assert [one.id for one in state.scan(DELIVERIES, Delivery)] == ["a", "b", "c", "d", "e"]
    log.write("f", b'{"id":"f","subscription":"s","status":"postponed","at":"2026-03-02T00:00:00Z"}')
    with pytest.raises(Hold, match="newer wirewatch"):
        list(state.scan(DELIVERIES, Delivery, without=told))
