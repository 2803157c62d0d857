"""An article's way over the real servers, undisturbed."""

import pytest
from fleet.articles import article, generated
from fleet.fleet import STAGES, Fleet
from fleet.signing import NOT_NEWS, POISON
from fleet.waiting import until
from fleet.webhook import Webhook

from alerts.identity import alert_id
from runtime.kafka import dead_letters
from runtime.kafka.publisher import KafkaPublish
from schemas.alert import Subscription
from schemas.outcome import Output
from schemas.topics import SUBSCRIPTIONS

pytestmark = pytest.mark.servers


def test_every_article_has_one_end(fleet: Fleet, webhook: Webhook) -> None:
    wanted = Subscription(id="s", name="s", query="tomahawk", channels=(webhook.channel,), policy="every")
    publish = KafkaPublish(fleet.place.cluster)
    publish([Output(SUBSCRIPTIONS, wanted)])
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
    assert sorted(fleet.indexed()) == sorted(each.id for each in good)
    [letter] = dead_letters.letters(fleet.place.cluster)
    assert (letter.id, letter.stage, letter.origin.topic) == ("bad", "enrich", "articles")
    assert letter.record["title"] == POISON
    expected = {alert_id("s", each.id) for each in good}
    until(lambda: webhook.told().total() >= len(expected), within=60)
    assert webhook.told() == dict.fromkeys(expected, 1)
