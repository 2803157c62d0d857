"""A message as an alert's channels would get it, made of nothing that happened: to prove a channel, and to look at."""

import json
import time
from datetime import datetime

from alerts import webhook
from alerts.channels import KEY_HEADER, MAIL_HEADER, Message
from alerts.notifier import message_of
from schemas.alert import Alert, Subscription, Why

_SENTENCE = "This is a test of the alert: nothing was found."


def sample(subscription: Subscription, now: datetime) -> Message:
    """The message, under a key of its own: a receiver that knows keys takes each test anew."""
    id = f"test-{now:%Y%m%dT%H%M%S}-{subscription.id}"
    alert = Alert(
        id=id,
        revision="test",
        subscription=subscription.id,
        subscription_name=subscription.name,
        query=subscription.query,
        matched_part=subscription.query,
        scope=id,
        article_id=id,
        story_id=id,
        title="A test",
        url="https://news.example/test",
        source="news.example",
        why=(Why(sentence=_SENTENCE, marks=((10, 14),)),),
        published=now,
        first_seen=now,
        matched_at=now,
    )
    return message_of([alert])


def shown(message: Message, secret: str | None) -> str:
    """What a mail and a webhook look like. `secret`: what the webhook's body is signed with; it is not shown."""
    # here: Apprise takes a while to load, which only who tells should pay
    from apprise.common import NotifyFormat
    from apprise.conversion import convert_between

    text = str(convert_between(NotifyFormat.HTML, NotifyFormat.TEXT, message.html))  # type: ignore[no-untyped-call]
    body = webhook.body_of(message.data, {})
    headers = {"Content-Type": "application/json", KEY_HEADER: message.key}
    headers |= webhook.signed(secret, body, time.time())
    return "\n".join(
        (
            "# a mail",
            f"Subject: {message.title}",
            f"{MAIL_HEADER}: {message.key}",
            "",
            "## its text",
            text,
            "",
            "## its HTML",
            message.html,
            "",
            "# a webhook" + ("" if secret else " (signed where its address has ?secret=…)"),
            *(f"{name}: {value}" for name, value in headers.items()),
            "",
            json.dumps(json.loads(body), indent=2, ensure_ascii=False),
        )
    )
