"""A deliver stage with its log, its channels and its clock, for tests of what is told and when."""

from datetime import datetime, timedelta

from wire_articles import NOON

from alerts.channels import Away, Message, Refused
from alerts.deliver import DeliverStep
from runtime.memory import MemoryLog
from schemas.alert import Alert, Delivery, Subscription
from schemas.outcome import Outcome
from schemas.topics import DELIVERIES

MINUTE = timedelta(minutes=1)


class Desk:
    """A deliver stage with its log, its channels and its clock, run as a runtime runs it."""

    def __init__(self, *subscriptions: Subscription) -> None:
        self.log = MemoryLog()
        self.now = NOON
        self.told: list[tuple[str, Message]] = []
        self.away: set[str] = set()
        self.refusing: set[str] = set()
        self.old_after = timedelta(0)
        self.subscriptions = {one.id: one for one in subscriptions}
        self.restart()

    def restart(self) -> None:
        """The process ends and comes back."""
        self.step = DeliverStep(
            self.log, lambda: self.subscriptions, lambda: self.now, self.notify, old_after=self.old_after
        )

    def notify(self, channel: str, message: Message) -> None:
        if channel in self.away:
            raise Away(f"{channel} does not answer")
        if channel in self.refusing:
            raise Refused(f"{channel} says no")
        self.told.append((channel, message))

    def deliver(self, *alerts: Alert) -> list[Outcome]:
        """A batch, committed."""
        outcomes = list(self.step(alerts))
        for outcome in outcomes:
            self.log.publish(outcome.outputs)
        return outcomes

    def tick(self, after: timedelta) -> None:
        self.now += after
        self.log.publish(self.step.tick(self.now))

    def delivery(self, id: str) -> Delivery:
        found = self.log.get(DELIVERIES, id, Delivery)
        assert found is not None
        return found

    @property
    def keys(self) -> list[str]:
        return [message.key for _, message in self.told]


def subscription(id: str = "s", **fields: object) -> Subscription:
    return Subscription.model_validate({"id": id, "name": "Tomahawk", "query": "x", "channels": ("hook",), **fields})


def alert(id: str, subscription: str = "s", at: datetime = NOON) -> Alert:
    return Alert(
        id=id,
        revision="1",
        subscription=subscription,
        subscription_name="Tomahawk",
        query="x",
        matched_part="x",
        scope=id,
        article_id=id,
        story_id=id,
        title=f"Title {id}",
        first_seen=at,
        matched_at=at,
    )
