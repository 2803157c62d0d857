"""What is told later than its article, played on either runtime with a kill: a quote that was withdrawn, and growth.

And a copy, which is not told where another was before the policy was changed.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from fleet.waiting import until
from fleet.webhook import Webhook
from wire_articles import wire_article

from runtime.ports import Reader
from schemas.alert import Counting, Delivery, Subscription
from schemas.article import WireArticle
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.state import Publish
from schemas.topics import COUNTING, DELIVERIES, SUBSCRIPTIONS, WIRE
from stores.recorded import recorded
from wirewatch.views import counted_of

BURST = 12
ENOUGH_SECONDS = 90
SAID = "“We will wait three days,” said Edith Quayle."


def play(publish: Publish, reader: Reader, webhook: Webhook, kill: Callable[[], None]) -> None:
    """Who was told of a quote is told that it was withdrawn, and growth is told after `kill` (which ends the workers at
    once and starts others); what comes again is told to nobody, nor is another copy of a story that was told."""
    quotes = Subscription(id="q", name="Quotes", query="quotes:(text:wait)", altered=True, channels=(webhook.channel,))
    rain = Subscription(id="r", name="Rain", query="rain", growth=3, channels=(webhook.channel,))
    began = Counting(id="r", query="rain", since=utc_now() - timedelta(weeks=10))
    harbour = Subscription(id="h", name="Harbour", query="harbour", policy="every", channels=(webhook.channel,))
    publish([Output(COUNTING, began), *(Output(SUBSCRIPTIONS, one) for one in (quotes, rain, harbour))])
    _pass(publish, _speech("speech"))
    until(lambda: _titles(webhook) == ["Quotes: speech"], within=ENOUGH_SECONDS)
    _pass(publish, _copy("second"))
    until(lambda: _titles(webhook)[1:] == ["Harbour: second"], within=ENOUGH_SECONDS)
    later = [_withdrawn("speech"), *_burst()]
    _pass(publish, *later)
    changed = ["Quotes: speech", "Harbour: second", "Quotes: a told quote was changed: speech"]
    until(lambda: _titles(webhook) == changed and _counted(reader) == BURST, within=ENOUGH_SECONDS)
    kill()
    # looked at once when the stage is opened, and every five minutes then
    until(lambda: len(_titles(webhook)) == 4, within=ENOUGH_SECONDS)
    publish([Output(SUBSCRIPTIONS, harbour.model_copy(update={"policy": "story"}))])
    _pass(publish, *later, _copy("third"), _speech("last"))
    until(lambda: _titles(webhook)[4:] == ["Quotes: last"], within=ENOUGH_SECONDS)
    growth = _bodies(webhook)[3]
    assert growth["title"] == f"Rain: {BURST} origins in 60 minutes, 0 as usual"
    assert len(growth["articles"]) == BURST
    told = reader.state.get(DELIVERIES, growth["growth"][0]["alert_id"], Delivery)
    assert told is not None
    recorded_as = recorded(told)
    assert recorded_as is not None
    assert len(counted_of(reader, recorded_as)) == BURST


def _pass(publish: Publish, *articles: WireArticle) -> None:
    publish([Output(WIRE, article) for article in articles])


def _speech(id: str) -> WireArticle:
    now = utc_now()
    said = [("We will wait three days,", "Edith Quayle")]
    return wire_article(id, SAID, title=id, said=said, fetched_at=now, first_seen=now)


def _copy(id: str) -> WireArticle:
    """Of a story whose first article nobody was told of."""
    now = utc_now()
    return wire_article(id, "The harbour is shut.", title=id, story_id="first", fetched_at=now, first_seen=now)


def _withdrawn(id: str) -> WireArticle:
    now = utc_now()
    before = now - timedelta(hours=1)
    return wire_article(id, "The council met.", title=id, revision="2", fetched_at=now, first_seen=before)


def _burst() -> list[WireArticle]:
    seen = utc_now() - timedelta(minutes=10)
    return [wire_article(f"rain {n}", "Rain.", fetched_at=seen, first_seen=seen) for n in range(BURST)]


def _bodies(webhook: Webhook) -> list[dict[str, Any]]:
    """In their order; what came twice under one key is once there, as a receiver has it."""
    return list(
        {body["alert_id"]: body for body in (json.loads(one.body) for one in list(webhook.site.asked))}.values()
    )


def _titles(webhook: Webhook) -> list[str]:
    return [body["title"] for body in _bodies(webhook)]


def _counted(reader: Reader) -> int:
    return sum(one.status == "counted" for one in reader.state.scan(DELIVERIES, Delivery))
