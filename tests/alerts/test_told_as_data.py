"""What a webhook and a mail hold: data by its schema, signed; text and HTML with the headline in the subject."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from loopback import Reply, Site, site
from mail_server import MailServer
from wire_articles import NOON

from alerts.channels import notify
from alerts.notifier import message_of
from schemas.alert import Alert, Why
from schemas.webhook import MOST_ARTICLES, Webhook

HOSTILE = '<script>alert(1)</script> & "Tomahawks"'
ALERT = Alert(
    id="a",
    revision="1",
    subscription="t",
    subscription_name="Tomahawk",
    query="tomahawk OR rain",
    matched_part="tomahawk",
    scope="s",
    article_id="article",
    story_id="s",
    title=HOSTILE,
    url="https://news.example/a?b=1&c=2",
    source="news.example",
    speakers=("Donald Trump",),
    why=(Why(sentence="“I will send them Tomahawks,” he said.", marks=((18, 27),), speaker="Donald Trump"),),
    published=NOON - timedelta(minutes=5),
    first_seen=NOON,
    matched_at=NOON,
)


@pytest.fixture
def hook() -> Iterator[Site]:
    with site() as running:
        running.pages["/here"] = Reply(200)
        yield running


def test_a_webhook_gets_data_by_its_schema(hook: Site) -> None:
    message = message_of([ALERT, ALERT.model_copy(update={"id": "b", "article_id": "other"})])
    notify(f"json://127.0.0.1:{hook.port}/here?:desk=night&:message=text", message)
    sent = json.loads(hook.asked[0].body)
    assert (sent.pop("desk"), sent["alert_id"]) == ("night", message.key)
    sent["message"] = sent.pop("text")
    got = Webhook.model_validate(sent)
    assert (got.alert.name, got.alert.query, got.total) == ("Tomahawk", "tomahawk OR rain", 2)
    assert [one.alert_id for one in got.articles] == ["a", "b"]
    first = got.articles[0]
    assert (first.title, first.story_id, first.speakers, first.why) == (HOSTILE, "s", ("Donald Trump",), ALERT.why)
    assert (first.published, first.matched_at) == (ALERT.published, NOON)
    assert hook.asked[0].headers["idempotency-key"] == message.key
    assert "x-wirewatch-signature" not in hook.asked[0].headers


def test_a_body_is_signed_with_a_timestamp_and_the_secret_is_not_sent(hook: Site) -> None:
    notify(f"json://127.0.0.1:{hook.port}/here?secret=s3%20cret", message_of([ALERT]))
    (asked,) = hook.asked
    timestamp = asked.headers["x-wirewatch-timestamp"]
    wanted = hmac.new(b"s3 cret", timestamp.encode() + b"." + asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["x-wirewatch-signature"] == f"sha256={wanted}"
    assert "cret" not in asked.path + str(asked.headers) + asked.body.decode()


def test_of_very_many_articles_the_first_are_sent_and_all_are_counted() -> None:
    data = message_of([ALERT] * (MOST_ARTICLES + 1)).data
    assert (len(data["articles"]), data["total"]) == (MOST_ARTICLES, MOST_ARTICLES + 1)


def test_the_schema_is_written_for_programs() -> None:
    schema = json.loads((Path(__file__).parents[2] / "schemas/json/webhook.json").read_text(encoding="utf-8"))
    assert schema["required"] == ["alert_id", "title", "message", "alert", "articles", "total"]


def test_mail_has_the_headline_in_its_subject_and_is_text_and_html() -> None:
    server = MailServer()
    try:
        address = (
            f"mailto://news.example:{server.port}?smtp=127.0.0.1&mode=insecure&from=w@news.example&to=d@news.example"
        )
        notify(address, message_of([ALERT]))
    finally:
        server.stop()
    (mail,) = server.received
    assert mail["Subject"] == f"Tomahawk: {HOSTILE}"
    assert mail["X-Wirewatch-Alert"] == "a"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    marked = html.get_content()
    assert "<b>Tomahawks</b>,” he said." in marked
    assert '<a href="https://news.example/a?b=1&amp;c=2">' in marked
    assert "<script>" not in marked
    plain = text.get_content()
    for wanted in (
        HOSTILE,
        "Donald Trump: “I will send them Tomahawks,” he said.",
        "Source: news.example",
        ALERT.url or "",
    ):
        assert wanted in plain
