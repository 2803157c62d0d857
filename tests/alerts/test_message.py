"""What a person reads in a message."""

from datetime import timedelta

from wire_articles import NOON

from alerts import message
from schemas.alert import Alert, Why

ALERT = Alert(
    id="a",
    revision="1",
    subscription="t",
    subscription_name="Tomahawk",
    query="tomahawk OR rain",
    matched_part="tomahawk",
    scope="s",
    article_id="a",
    story_id="s",
    title="Tomahawks weighed",
    url="https://news.example/a",
    source="news.example",
    speakers=("Donald Trump", "Dmitry Peskov"),
    why=(
        Why(sentence="Tomahawks weighed", marks=((0, 9),)),
        Why(sentence="“I will send them Tomahawks,” he said.", marks=((18, 27),), speaker="Donald Trump"),
    ),
    published=NOON - timedelta(minutes=5),
    first_seen=NOON - timedelta(seconds=2),
    matched_at=NOON,
)


def test_one_alert_in_full() -> None:
    assert message.title([ALERT]) == "Tomahawk: Tomahawks weighed"
    assert message.body([ALERT]) == (
        "Tomahawks weighed\n"
        "> Donald Trump: “I will send them *Tomahawks*,” he said.\n"
        "Quoted: Donald Trump, Dmitry Peskov\n"
        "Matched: tomahawk\n"
        "Source: news.example\n"
        "https://news.example/a\n"
        "Published 2026-03-02 11:55:00 UTC, seen 2026-03-02 11:59:58 UTC, matched 2026-03-02 12:00:00 UTC"
    )


def test_what_is_not_known_is_said_so() -> None:
    bare = ALERT.model_copy(update={"title": "", "url": None, "source": None, "published": None})
    assert message.title([bare]) == "Tomahawk: a"
    assert "Source: unknown" in message.body([bare])
    assert "Published at a time not given" in message.body([bare])


def test_many_alerts_in_one_message() -> None:
    many = [ALERT.model_copy(update={"title": f"Title {number}."}) for number in range(message.MOST_IN_ONE + 7)]
    body = message.body(many)
    assert message.title(many) == "Tomahawk: 57 stories"
    assert "Title 49." in body
    assert "Title 50." not in body
    assert body.endswith("and 7 more")
