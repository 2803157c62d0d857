"""The fleet's stages: the whole way of an article, with nothing in it that needs a model or a mail server."""

import functools
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from alerts.match import MatchStep
from processors import signature
from processors.agents import Work
from processors.story.step import StoryStep
from schemas.alert import Alert, Delivery, Subscription
from schemas.article import Article, Enriched, WireArticle
from schemas.broker import Cluster
from schemas.clock import utc_now
from schemas.outcome import Dead, Done, Dropped, Hold, Outcome, Output
from schemas.stage import Stage
from schemas.story import StoryMember
from schemas.topics import ALERTS, ARTICLES, DELIVERIES, ENRICHED, STORIES, SUBSCRIPTIONS, WIRE
from wirewatch.cluster.state import KafkaState, read_once

LIGHT = os.environ.get("WIREWATCH_TEST_ENRICH") != "real"
"""Whether enrich only signs."""
POISON = "poison"
"""An article of this title kills the step that enriches it."""
NOT_NEWS = "not news"
"""An article of this title is dropped."""


@dataclass(frozen=True)
class Place:
    """Where a fleet works."""

    cluster: Cluster
    elasticsearch: str
    index: str
    folder: Path
    """Where deliver writes (deliveries.jsonl), and where tests leave signs for the workers."""


def works(place: Place) -> dict[str, Callable[[], Work]]:
    """How to make the work of each stage."""
    return {
        "enrich": lambda: _signing(place),
        "story": lambda: _story(place),
        "index": lambda: Work(Stage("index", WIRE, functools.partial(_index, place))),
        "match": lambda: _match(place),
        "deliver": lambda: _deliver(place),
    }


def _signing(place: Place) -> Work:
    """The fleet's light enrich, or for long runs the program's own, which knows neither poison nor what is not news."""
    if not LIGHT:
        # here: the light fleet starts in half the time without them
        from wirewatch.cluster.assemble import work_of
        from wirewatch.settings import Settings

        return work_of("enrich", Settings(kafka=place.cluster.bootstrap))
    return Work(Stage("enrich", ARTICLES, functools.partial(_enrich, place), batch=16), stall_seconds=5.0)


def _enrich(place: Place, batch: Sequence[Article]) -> Sequence[Outcome]:
    """Signs; a test says by files what else.

    `hold`: hold; `slow`: take a second; `hang`: never end; `cured`: poison is none; `model`: its generation.
    """
    if (place.folder / "hold").exists():
        raise Hold("the test says so")
    if (place.folder / "slow").exists():
        time.sleep(1.0)
    while (place.folder / "hang").exists():
        time.sleep(0.1)
    model = place.folder / "model"
    generation = int(model.read_text()) if model.exists() else 0
    cured = (place.folder / "cured").exists()
    return [_enriched(article, generation, cured) for article in batch]


def _enriched(article: Article, generation: int, cured: bool) -> Outcome:
    if article.title == POISON and not cured:
        raise ValueError("no model can read this")
    if article.title == NOT_NEWS:
        return Dropped("not news")
    signed = signature.sign(article.title, article.text)
    return Done((Output(ENRICHED, Enriched(**dict(article), signature=signed, generation=generation)),))


def _story(place: Place) -> Work:
    step: StoryStep | None = None

    def take_over() -> None:
        nonlocal step
        step = StoryStep(read_once(place.cluster, STORIES, StoryMember))

    def assign(batch: Sequence[Enriched]) -> Sequence[Outcome]:
        assert step is not None
        return step(batch)

    return Work(Stage("story", ENRICHED, assign), take_over=take_over)


def _index(place: Place, batch: Sequence[WireArticle]) -> Sequence[Outcome]:
    """Elasticsearch by its bare protocol: a bulk with external versions, each item looked at."""
    lines = []
    for article in batch:
        action = {"_id": article.id, "version": article.version, "version_type": "external_gte"}
        fields = article.model_dump(mode="json", include={"title", "story_id", "revision", "generation"})
        lines += [json.dumps({"index": action}), json.dumps(fields)]
    try:
        answer = httpx.post(
            f"{place.elasticsearch}/{place.index}/_bulk",
            content="\n".join(lines) + "\n",
            headers={"Content-Type": "application/x-ndjson"},
            timeout=10,
        )
    except httpx.TransportError as error:
        raise Hold(f"Elasticsearch does not answer: {error!r}") from error
    if answer.status_code != httpx.codes.OK:
        raise Hold(f"Elasticsearch answers {answer.status_code}")
    return [_indexed(item["index"]) for item in answer.json()["items"]]


def _indexed(item: dict[str, object]) -> Outcome:
    status = item["status"]
    if status in (200, 201):
        return Done()
    if status == 409:
        return Dropped("superseded")
    if status == 400:
        return Dead("refused by the mapping", json.dumps(item["error"]))
    raise Hold(f"Elasticsearch answers an item with {status}: {item['error']}")


def _match(place: Place) -> Work:
    state = KafkaState(place.cluster)
    return Work(Stage("match", WIRE, MatchStep(lambda: state.mapping(SUBSCRIPTIONS, Subscription))))


def _deliver(place: Place) -> Work:
    state = KafkaState(place.cluster)

    def deliver(batch: Sequence[Alert]) -> Sequence[Outcome]:
        told: set[str] = set()
        return [_delivered(place, state, alert, told) for alert in batch]

    stage = Stage("deliver", ALERTS, deliver, batch=16)
    return Work(stage, take_over=lambda: state.catch_up(DELIVERIES), confirmed=state.confirmed)


def _delivered(place: Place, state: KafkaState, alert: Alert, told: set[str]) -> Outcome:
    if alert.id in told or state.get(DELIVERIES, alert.id, Delivery) is not None:
        return Dropped("delivered before")
    told.add(alert.id)
    with (place.folder / "deliveries.jsonl").open("a") as out:
        out.write(json.dumps({"id": alert.id, "article": alert.article_id, "story": alert.story_id}) + "\n")
        out.flush()
        os.fsync(out.fileno())
    delivery = Delivery(id=alert.id, subscription=alert.subscription, status="delivered", at=utc_now())
    return Done((Output(DELIVERIES, delivery),))
