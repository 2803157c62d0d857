"""What is given to whoever writes a stage: the ones that are there run over it as they do over a real store."""

from datetime import timedelta

from desk import alert
from wire_articles import NOON, wire_article

from runtime.memory import DefaultSettings, MemoryServices, run_through
from schemas.alert import Delivery
from schemas.ledger import Forgotten
from schemas.outcome import Done, Dropped, Output
from schemas.services import Failure, WorkerSpec
from schemas.topics import FORGOTTEN
from stores.stages import INDEX, RECORD


def test_articles_are_stored_until_they_are_too_old() -> None:
    services = MemoryServices(settings=DefaultSettings(retention_days=7))
    articles = [wire_article(id, first_seen=NOON - timedelta(days=days)) for id, days in {"new": 1, "old": 8}.items()]
    outcomes = run_through(INDEX, articles, services, at=lambda: NOON)
    assert [isinstance(outcome, Done) for outcome in outcomes] == [True, True]
    assert services.store.articles == {"new": articles[0]}


def test_what_was_forgotten_while_a_batch_was_written_is_not_there_afterwards() -> None:
    services = MemoryServices()
    step = INDEX.open(services)
    told = Delivery(id="d", subscription="s", status="delivered", at=NOON, alert=alert("a"))
    services.store.record([told])
    services.state.publish([Output(FORGOTTEN, Forgotten(id="a", at=NOON))])
    assert step([wire_article("a"), wire_article("b")]) == [Dropped("forgotten"), Done()]
    assert list(services.store.articles) == ["b"]
    assert services.store.deliveries == {}


def test_what_was_told_is_stored() -> None:
    services = MemoryServices()
    told, noted = (
        Delivery(id=status, subscription="s", status=status, at=NOON, alert=alert("a"))
        for status in ("delivered", "noted")
    )
    assert run_through(RECORD, [told, noted], services) == [Done(), Dropped("only noted")]
    assert services.store.deliveries == {"delivered": told}


def test_work_that_fails_is_a_failure_as_a_child_process_would_say_it() -> None:
    pool = MemoryServices().pool(WorkerSpec(lambda: int), 1)
    assert pool.map(["1", "one", "2"]) == [1, Failure("ValueError", "invalid literal for int() with base 10: 'one'"), 2]
