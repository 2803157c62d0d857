"""What is secret in a channel's address is in no text that is made of a record."""

import pytest
from desk import alert
from pydantic import ValidationError
from wire_articles import NOON

from schemas.alert import Delivery, Subscription
from schemas.ledger import Letter, Origin
from wirewatch.views import whole_letter

SECRET = "json://user:s3cret@desk.example/hook"


def test_records_are_shown_without_their_channels() -> None:
    subscription = Subscription(id="s", name="S", query="x", channels=(SECRET,))
    waiting = Delivery(id="a", subscription="s", status="waiting", at=NOON, left=(SECRET,), alert=alert("a"))
    assert "s3cret" not in repr(subscription) + str(subscription) + repr(waiting) + str(waiting)


@pytest.mark.parametrize("kind", [Subscription, Delivery])
def test_what_is_wrong_with_a_record_is_said_without_them(kind: type[Subscription | Delivery]) -> None:
    with pytest.raises(ValidationError) as error:
        kind.model_validate({"id": "s", "channels": SECRET, "left": SECRET})
    assert "s3cret" not in str(error.value)


def test_a_dead_letter_is_shown_without_them() -> None:
    waiting = Delivery(id="a", subscription="s", status="waiting", at=NOON, left=(SECRET,), alert=alert("a"))
    letter = Letter(
        id="a", revision="", stage="record", reason="r", error="e", origin=Origin(topic="delivery", offset=1),
        code_version="1", record=waiting.model_dump(mode="json"), at=NOON,
    )  # fmt: skip
    assert whole_letter(letter).record["left"] == ["json://desk.example"]
