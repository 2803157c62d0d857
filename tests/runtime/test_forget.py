"""What was forgotten on the cluster reaches no step, and is not in the store whenever it was forgotten."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from wire_articles import wire_article

from runtime.forget import KeptOut, traces
from runtime.memory import MemoryLog
from schemas.alert import Alert, Delivery
from schemas.article import WireArticle
from schemas.ledger import Forgotten, OutcomeRow
from schemas.outcome import Done, Dropped, Hold, Outcome
from schemas.stage import FunctionStep
from schemas.topics import DELIVERIES, OUTCOMES, Topic
from stores.stages import StoreStep

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OUT = Dropped("forgotten")


class Log(MemoryLog):
    """What is forgotten, by the test's word: known here only once it was caught up with."""

    def __init__(self, *ids: str) -> None:
        super().__init__()
        self.said = list(ids)
        self._known: Mapping[str, Forgotten] = {}
        self.catch_up()

    def mapping(self, topic: Topic, kind: type[Any]) -> Mapping[str, Any]:
        return self._known

    def catch_up(self, *topics: Topic) -> None:
        self._known = {id: Forgotten(id=id, at=NOW) for id in self.said}


class Shelf:
    """A store that only remembers ids."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.ids: set[str] = set()
        self.away = False
        self._meanwhile = meanwhile

    def write(self, articles: Sequence[WireArticle]) -> list[Outcome]:
        self.ids |= {article.id for article in articles}
        self._meanwhile()
        return [Done() for _ in articles]

    def forget(self, id: str) -> bool:
        if self.away:
            raise Hold("away")
        known = id in self.ids
        self.ids.discard(id)
        return known


def alert(article: str) -> Alert:
    """One that tells of an article."""
    names = ("subscription", "subscription_name", "query", "matched_part", "scope", "story_id")
    same: dict[str, Any] = dict.fromkeys(names, "s")
    return Alert(
        id=f"of {article}", revision="1", article_id=article, title="Tomahawk", first_seen=NOW, matched_at=NOW, **same
    )


def test_a_step_never_sees_what_was_forgotten() -> None:
    seen: list[str] = []

    def step(batch: Sequence[WireArticle]) -> list[Outcome]:
        seen.extend(article.id for article in batch)
        return [Dropped(article.id) for article in batch]

    batch = [wire_article(name) for name in ("a", "b", "c")]
    assert KeptOut(FunctionStep(step), Log("b"))(batch) == [Dropped("a"), OUT, Dropped("c")]
    assert seen == ["a", "c"]
    assert KeptOut(FunctionStep(step), Log("a", "b", "c"))(batch) == [OUT, OUT, OUT]
    assert seen == ["a", "c"]


def test_an_alert_goes_with_its_article() -> None:
    deliver = KeptOut(FunctionStep(lambda batch: [Done() for _ in batch]), Log("a"))
    assert deliver([alert("a"), alert("b")]) == [OUT, Done()]


def test_what_is_known_of_telling_an_alert_goes_with_its_article() -> None:
    shelf = Shelf()
    log = Log("a")
    record = KeptOut(StoreStep(lambda batch: [Done() for _ in batch], shelf.forget, log), log)
    told = Delivery(id="of a", subscription="s", status="delivered", at=NOW, alert=alert("a"))
    wordless = Delivery(id="of a", subscription="s", status="delivered", at=NOW)
    assert record([told, wordless]) == [OUT, Done()]


def test_what_is_forgotten_while_it_is_written_goes_out_again() -> None:
    log = Log()
    shelf = Shelf(meanwhile=lambda: log.said.append("b"))
    step = StoreStep(shelf.write, shelf.forget, log)
    assert step([wire_article("a"), wire_article("b")]) == [Done(), OUT]
    assert shelf.ids == {"a"}


def test_what_could_not_be_taken_out_is_taken_out_when_the_batch_comes_again() -> None:
    log = Log()
    shelf = Shelf(meanwhile=lambda: log.said.append("a"))
    shelf.away = True
    step = KeptOut(StoreStep(shelf.write, shelf.forget, log), log)
    with pytest.raises(Hold):
        step([wire_article("a")])
    assert shelf.ids == {"a"}
    shelf.away = False
    assert step([wire_article("a"), wire_article("b")]) == [OUT, Done()]
    assert shelf.ids == {"b"}


def test_what_a_call_wrote_that_was_broken_off_is_taken_out_when_the_batch_comes_again() -> None:
    """As where the store's answer was lost, and the worker left; what comes again is forgotten by then."""
    log, shelf = Log(), Shelf()
    shelf.write([wire_article("a")])
    log.said.append("a")
    assert KeptOut(StoreStep(shelf.write, shelf.forget, log), log)([wire_article("a")]) == [OUT]
    assert shelf.ids == set()


def test_the_ledger_and_the_memory_of_alerts_are_told() -> None:
    rows = [
        OutcomeRow.model_validate({"id": "a", "revision": revision, "stage": stage, "outcome": outcome, "at": NOW})
        for revision, stage, outcome in (("1", "story", "done"), ("1", "index", "done"), ("2", "index", "dead"))
    ]
    quoting = Delivery(id="d", subscription="s", status="waiting", at=NOW, due=NOW, left=("x",), alert=alert("a"))
    other = Delivery(id="e", subscription="s", status="delivered", at=NOW, alert=alert("b"))
    ledger, memory = traces(rows, iter([quoting, other]), "a", NOW, last="index")
    dropped = OutcomeRow(id="a", revision="1", stage="index", outcome="dropped", reason="forgotten", at=NOW)
    assert (ledger.topic, ledger.record) == (OUTCOMES, dropped)
    assert (memory.topic, memory.record) == (DELIVERIES, Delivery(id="d", subscription="s", status="kept", at=NOW))
