"""What is observed of an installation: counts by the minute, feeds, dead letters; made of records alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from runtime.kafka.codec import Cluster
from schemas.feed_health import Health
from schemas.ledger import Letter, Origin, OutcomeRow
from schemas.outcome import Hold
from wirewatch.operations.documents import FeedsKept, lag, letter, outcomes
from wirewatch.operations.observer import Observer
from wirewatch.pipeline import topology

NOW = datetime(2026, 3, 31, 23, 50, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def row(stage: str, outcome: Any = "done", reason: str | None = None) -> OutcomeRow:
    return OutcomeRow(id="a", revision="1", stage=stage, outcome=outcome, reason=reason, at=NOW)


def test_outcomes_are_counted_by_minute_stage_outcome_and_reason() -> None:
    rows = [
        (NOW, row("index")),
        (NOW + timedelta(seconds=54.999), row("index")),
        (NOW + timedelta(seconds=55), row("index")),
        (NOW, row("index", "dropped", "superseded")),
        (NOW, row("index", "dropped", "forgotten")),
        (NOW, row("match")),
    ]
    found = outcomes(rows)
    first, second = NOW.replace(second=0), NOW.replace(second=0) + MINUTE
    assert {(one.at, one.stage, one.outcome, one.reason): one.records for one in found} == {
        (first, "index", "done", None): 2,
        (second, "index", "done", None): 1,
        (first, "index", "dropped", "superseded"): 1,
        (first, "index", "dropped", "forgotten"): 1,
        (first, "match", "done", None): 1,
    }
    assert len({one.id for one in found}) == 5
    assert {one.id for one in outcomes(reversed(rows))} == {one.id for one in found}


class Away:
    """A store that is away."""

    def last_minute(self) -> datetime | None:
        raise Hold("Elasticsearch is away")


def test_a_store_that_is_away_holds_nobody_up_and_is_said_once(capfd: pytest.CaptureFixture[str]) -> None:
    observing = Observer(Cluster("nowhere:9092"), topology(), Away(), set, lambda _: None)  # type: ignore[arg-type]
    for _ in range(2):
        observing(NOW)
    assert capfd.readouterr().out.count("Elasticsearch is away") == 1


def test_what_waits_is_said_of_each_stage() -> None:
    found = lag(NOW, {"enrich": 0, "index": 7})
    assert [(one.stage, one.waiting, one.at) for one in found] == [("enrich", 0, NOW), ("index", 7, NOW)]


def dead(record: dict[str, Any], error: str = "it rained", stage: str = "index") -> Letter:
    return Letter(
        id="key",
        revision="1",
        stage=stage,
        reason="unlucky",
        error=error,
        origin=Origin(topic="wire", offset=1),
        code_version="1",
        record=record,
        at=NOW,
    )


def test_a_letter_says_of_which_article_it_is() -> None:
    of_article = letter(dead({"id": "key", "title": "News", "url": "https://example.org/a", "text": "words"}))
    assert (of_article.article_id, of_article.title, of_article.url) == ("key", "News", "https://example.org/a")
    of_alert = letter(dead({"id": "key", "article_id": "a", "title": "News"}, stage="deliver"))
    of_telling = letter(dead({"id": "key", "alert": {"article_id": "a", "title": "News"}}, stage="record"))
    assert (of_alert.article_id, of_telling.article_id, of_telling.title) == ("a", "a", "News")
    of_nothing = letter(dead({"key": "key", "base64": "b2Rk"}))
    assert (of_nothing.article_id, of_nothing.title) == ("key", None)
    assert of_article.id != of_alert.id


def test_of_an_error_the_part_that_names_it_is_kept() -> None:
    trace = 'Traceback (most recent call last):\n  File "x.py", line 1\nValueError: no model can read this\n'
    assert letter(dead({}, trace)).error == "ValueError: no model can read this"
    assert letter(dead({}, "x" * 1000)).error == "x" * 300


def health(url: str, **fields: Any) -> Health:
    return Health.model_validate({"url": url, "status": "ok", **fields})


def test_a_feed_is_written_when_it_changed_and_all_now_and_then() -> None:
    kept = FeedsKept(all_every=HOUR)
    first = [health("a"), health("b", status="silent", notes=("nothing new", "no entries"), news_at=NOW, failures=2)]

    def written(healths: list[Health], now: datetime) -> tuple[list[str | None], bool]:
        changed = kept.changed(healths, now)
        kept.written(changed, now)
        return [one.feed for one in changed.observations], changed.everything

    silent = kept.changed(first, NOW).observations[1]
    assert (silent.state, silent.problem, silent.last_new, silent.fails) == (
        "silent",
        "nothing new; no entries",
        NOW,
        2,
    )
    assert kept.changed(first, NOW).everything  # what was not written is to be written still
    assert written(first, NOW) == (["a", "b"], True)
    assert written(first, NOW + MINUTE) == ([], False)
    changed = [health("a", failures=1), first[1]]
    assert written(changed, NOW + 2 * MINUTE) == (["a"], False)
    assert written(changed, NOW + 3 * MINUTE) == ([], False)
    assert written(changed, NOW + 10 * MINUTE) == (["a", "b"], True)  # April
    assert written(changed, NOW + 10 * MINUTE + HOUR) == (["a", "b"], True)
    assert written(changed[:1], NOW + 11 * MINUTE + HOUR) == (["a"], True)
    assert written([*changed[:1], health("c")], NOW + 12 * MINUTE + HOUR) == (["c"], False)
