"""A mail server goes away and comes back, and a webhook beside it notices nothing."""

from datetime import timedelta

from loopback import Reply, site
from mail_server import MailServer
from wire_articles import NOON, wire_article

from alerts.deliver import DeliverStep
from alerts.match import MatchStep
from runtime.memory import MemoryLog
from schemas.alert import Alert, Delivery, Subscription
from schemas.outcome import Done
from schemas.topics import DELIVERIES


def test_mail_that_was_away_comes_later_and_once() -> None:
    mail = MailServer()
    mail.stop()
    with site() as hook:
        hook.pages["/hook"] = Reply(200)
        address = (
            f"mailto://news.example:{mail.port}?smtp=127.0.0.1&mode=insecure&from=a@news.example&to=b@news.example"
        )
        told = Subscription(
            id="t",
            name="Tomahawk",
            query="tomahawk",
            channels=(address, f"json://127.0.0.1:{hook.port}/hook"),
        )
        log, clock = MemoryLog(), [NOON]
        match = MatchStep(lambda: {"t": told}, lambda: clock[0])
        deliver = DeliverStep(log, lambda: {"t": told}, lambda: clock[0])

        copies = [wire_article(id, "The Tomahawk flies.", title="Tomahawks", story_id="s") for id in ("a", "b")]
        for outcome in match(copies):
            assert isinstance(outcome, Done)
            log.publish(outcome.outputs)
        alerts = [output.record for output in log.sent if isinstance(output.record, Alert)]
        first, second = deliver(alerts)
        assert isinstance(first, Done)
        log.publish(first.outputs)
        assert second.outputs == ()
        assert len(hook.asked) == 1
        assert [wait.what for wait in deliver.waits()] == ["deliver to mailto://news.example"]

        mail.start()
        for _ in range(3):
            clock[0] += timedelta(seconds=10)
            log.publish(deliver.tick(clock[0]))
        (message,) = mail.received
        assert message["X-Wirewatch-Alert"] == alerts[0].id
        assert len(hook.asked) == 1
        (delivery,) = log.items(DELIVERIES, Delivery)
        assert delivery.status == "delivered"
    mail.stop()
