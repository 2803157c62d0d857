"""What is kept of an alert and its telling for people to search: the one list of fields that every engine has.

Knows the record Delivery; knows no engine.
"""

from schemas.alert import Alert, Delivery, Recorded

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
