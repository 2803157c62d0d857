"""What becomes of a delivery's record, and what goes in one message. Pure; alerts/deliver.py decides when."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from alerts.channels import Refused
from alerts.schedule import Due
from schemas.about import about
from schemas.alert import Alert, Delivery, Subscription
from schemas.outcome import Output


def now_known(outputs: Sequence[Output], forgotten: Collection[str]) -> tuple[Output, ...]:
    """What goes on the log: no words of an article that was forgotten while it was told."""
    return tuple(
        Output(one.topic, one.record.without_words())
        if isinstance(one.record, Delivery) and about(one.record) in forgotten
        else one
        for one in outputs
    )


def after(before: Delivery | None, delivery: Delivery) -> Delivery:
    """What follows on `before` is of no earlier moment: a clock may have been put back, or be another machine's, and a
    store takes the earlier moment for the earlier word (stores/recorded.py)."""
    return delivery if before is None else delivery.model_copy(update={"at": max(before.at, delivery.at)})


def put_off(later: Due) -> dict[str, object]:
    return {"due": later.moment, "waiting_for": later.awaited}


def kept(why: str, now: datetime) -> dict[str, object]:
    return {"status": "kept", "due": None, "waiting_for": None, "message": None, "problem": why, "at": now}


def refused_record(alert: Alert, refused: Refused, now: datetime) -> Delivery:
    """What is known of it beside the dead letter; its replay may still be told."""
    return Delivery(
        id=alert.id, subscription=alert.subscription, status="refused", at=now, problem=str(refused), alert=alert
    )


def why_kept(subscription: Subscription | None, now: datetime) -> str | None:
    """Why it is shown, not sent: nobody to send it to, or not now. What is muted or paused is not told afterwards."""
    if subscription is None:
        return "the alert was removed"
    if not subscription.channels:
        return "the alert has no channel"
    if subscription.paused:
        return "the alert was paused"
    if subscription.muted_until is not None and now < subscription.muted_until:
        return f"the alert was muted until {subscription.muted_until:%Y-%m-%d %H:%M} UTC"
    return None


def old_news(alert: Alert, after: timedelta) -> str | None:
    """Why an alert is kept whose article is old by its own date, or None. Without one it is as new as to us."""
    date = alert.published or alert.first_seen
    if not after or alert.matched_at - date <= after:
        return None
    return f"old news: the article is of {date:%Y-%m-%d}, and no news after {after.days} days (old_news_days)"


def address(delivery: Delivery) -> tuple[str, tuple[str, ...]]:
    """To whom it goes."""
    return delivery.subscription, delivery.left


def together(delivery: Delivery) -> tuple[int, str, datetime]:
    """What goes in one message to the same address, in the order in which they go.

    First what may have been taken already, as the message that it was. Then what falls due together: nothing joins it
    once that moment has passed. Last what has gathered for a channel that was away. So whoever tells it, and however
    often, tells the same under the same key.
    """
    assert delivery.due is not None
    if delivery.message is not None:
        return 0, delivery.message, _NO_MATTER
    return (2, "", _NO_MATTER) if has_gathered(delivery) else (1, "", delivery.due)


def has_gathered(delivery: Delivery) -> bool:
    """Whether it waits for a channel that was away, which was never asked to take it: others may still join it."""
    return delivery.waiting_for == "channel" and delivery.message is None


def closed(key: str, now: datetime) -> dict[str, object]:
    """It goes in the message of this key, which nothing joins any more."""
    return {"message": key, "at": now}


_NO_MATTER = datetime.fromtimestamp(0, UTC)


def fresh(alert: Alert, subscription: Subscription, now: datetime) -> Delivery:
    """Before anything was decided: with every channel still to be told."""
    return Delivery(
        id=alert.id, subscription=subscription.id, status="kept", at=now, left=subscription.channels, alert=alert
    )


def tried_again(delivery: Delivery, now: datetime) -> Delivery:
    """What waits for a channel is tried at the start, all of it together: when it would be is not written down."""
    if delivery.waiting_for != "channel" or delivery.due is None:
        return delivery
    return delivery.model_copy(update={"due": now})


def only_waits_on(before: Delivery, after: Delivery) -> bool:
    """Whether nothing has changed but when it is tried next."""
    return after.status == "waiting" and before == after.model_copy(update={"at": before.at, "due": before.due})
