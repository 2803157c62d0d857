"""What is kept of an alert and its telling for people to search: the one list of fields that every engine has.

Knows the record Delivery; knows no engine.
"""

from schemas.alert import Alert, Awaited, Delivery, Status
from schemas.record import Record, Utc


class Recorded(Record):
    """An alert, and what has become of telling it so far. No address of anybody is in it."""

    id: str
    """The alert's."""
    subscription: str
    subscription_name: str
    query: str
    matched_part: str
    status: Status
    channels: tuple[str, ...] = ()
    """Kinds of channels that took it, as "mailto" or "json"."""
    waiting_for: Awaited | None = None
    problem: str | None = None
    due: Utc | None = None
    told_at: Utc | None = None
    """When it was told to the last channel that took it; of what is delivered."""
    at: Utc
    """The last change of all this."""
    matched_at: Utc
    article_id: str
    story_id: str
    title: str
    url: str | None = None
    source: str | None = None
    feed: str | None = None
    speakers: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    """The sentences that matched."""
    published: Utc | None = None
    first_seen: Utc
    revision: str


# What both have; the sentences are kept without their marks.
_OF_THE_ALERT = (Alert.model_fields.keys() & Recorded.model_fields.keys()) - {"why"}


def recorded(delivery: Delivery) -> Recorded | None:
    """What is kept of it; None where its article was forgotten, and its words with it."""
    alert = delivery.alert
    if alert is None:
        return None
    return Recorded(
        **{name: getattr(alert, name) for name in _OF_THE_ALERT},
        status=delivery.status,
        channels=delivery.told,
        waiting_for=delivery.waiting_for,
        problem=delivery.problem,
        due=delivery.due,
        told_at=delivery.at if delivery.status == "delivered" else None,
        at=delivery.at,
        why=tuple(dict.fromkeys(why.sentence for why in alert.why if why.sentence)),
    )


def version(delivery: Delivery) -> int:
    """Grows with every change: the later telling replaces the earlier."""
    return int(delivery.at.timestamp() * 1000)
