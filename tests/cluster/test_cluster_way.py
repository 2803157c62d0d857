"""An article's way over the real servers, undisturbed."""

import json

import httpx
import pytest
from fleet.articles import article, generated
from fleet.fleet import STAGES, Fleet
from fleet.stages import NOT_NEWS, POISON

from producers.publish import KafkaPublish
from schemas.alert import Subscription
from schemas.outcome import Output
from schemas.topics import SUBSCRIPTIONS
from wirewatch.cluster import dead

pytestmark = pytest.mark.servers


def test_every_article_has_one_end(fleet: Fleet) -> None:
    publish = KafkaPublish(fleet.place.cluster, "test")
    publish([Output(SUBSCRIPTIONS, Subscription(id="s", name="s", query="tomahawk", policy="every"))])
    publish.close()
    good = generated(50, "good")
    others = [article("bad", title=POISON), article("ad", title=NOT_NEWS)]
    fleet.publish([*good, *others])
    fleet.start(*STAGES)

    account = fleet.settle([(each.id, each.revision) for each in (*good, *others)], within=60)

    assert account.balanced
    assert account.indexed == 50
    assert account.dropped == {"enrich: not news": 1}
    assert account.dead == {"enrich: ValueError": 1}
    httpx.post(f"{fleet.place.elasticsearch}/{fleet.place.index}/_refresh")
    assert httpx.get(f"{fleet.place.elasticsearch}/{fleet.place.index}/_count").json()["count"] == 50
    [letter] = dead.letters(fleet.place.cluster)
    assert (letter.id, letter.stage, letter.origin.topic) == ("bad", "enrich", "articles")
    assert letter.record["title"] == POISON
    delivered = [json.loads(line) for line in (fleet.place.folder / "deliveries.jsonl").read_text().splitlines()]
    assert {row["article"] for row in delivered} == {each.id for each in good}
