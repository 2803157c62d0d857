"""What is remembered of a feed outlives the version that stored it."""

import pytest
from pydantic import ValidationError

from schemas.feed import FeedState

URL = "https://example.org/feed"


def test_a_field_that_was_given_up_is_read_and_left_out() -> None:
    stored = f'{{"url": "{URL}", "etag": "a", "hints_cost": "2026-11-01T00:00:00Z"}}'
    assert FeedState.model_validate_json(stored) == FeedState(url=URL, etag="a")


def test_a_field_that_never_was_is_an_error() -> None:
    with pytest.raises(ValidationError, match="etga"):
        FeedState.model_validate({"url": URL, "etga": "a"})
