"""What is said of a feed, by its own habit, and of languages over all feeds."""

from datetime import UTC, datetime, timedelta

import pytest

from producers.polling.feed_state import counted, fade
from producers.polling.health import by_language, judge
from schemas.feed import Feed, FeedState, Volume
from schemas.feed_health import Health

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FEED = Feed(url="http://h.example/feed", title="Herald")


def watched(a_day: float, days: float, language: str = "en", until: datetime = NOW) -> Volume:
    """The volume of a feed that brought so many a day, evenly, for so long."""
    volume = Volume(since=until - timedelta(days=days), at=until - timedelta(days=days))
    for number in range(int(days * a_day)):
        moment = until - timedelta(days=days) + timedelta(days=number / a_day)
        volume = counted(volume, [language], moment)
    return volume


def health(**state: object) -> Health:
    known = {"polled_at": NOW, "succeeded_at": NOW, "full_at": NOW, "window": 20, "documents": 1}
    return judge(FEED, FeedState(url=FEED.url, **(known | state)), NOW)  # type: ignore[arg-type]  # as pydantic checks


def test_a_feed_that_was_not_polled_is_new() -> None:
    assert judge(FEED, None, NOW).status == "new"
    assert judge(FEED, FeedState(url=FEED.url), NOW).status == "new"


def test_a_feed_that_does_as_always_is_ok() -> None:
    found = health(volume=watched(24, 10), news_at=NOW - timedelta(hours=2), longest_silence_h=9.0)
    assert (found.status, found.notes) == ("ok", ())
    assert found.articles_a_day == pytest.approx(24, rel=0.05)
    assert found.languages == {"en": found.articles_a_day}


def test_silence_is_told_against_the_feeds_own_habit() -> None:
    daily, weekly = watched(24, 20), watched(1 / 7, 60)
    long_ago = NOW - timedelta(days=3)
    busy = health(volume=daily, news_at=long_ago, longest_silence_h=10.0)
    assert busy.status == "silent"
    assert "nothing new for 3 days; usually something comes every" in busy.notes[0]
    assert health(volume=weekly, news_at=long_ago, longest_silence_h=300.0).status == "ok"
    assert health(volume=daily, news_at=long_ago, longest_silence_h=60.0).status == "ok"


def test_one_failure_is_said_and_several_are_failing() -> None:
    once = health(failures=1, error="answered 500")
    assert (once.status, once.notes) == ("doubtful", ("answered 500",))
    twice = health(failures=2, error="answered 500")
    assert (twice.status, twice.notes) == ("doubtful", ("failed the last 2 times: answered 500",))
    often = health(failures=5, error="answered 500", succeeded_at=NOW - timedelta(hours=3))
    assert often.status == "failing"
    assert "since 2026-11-23 09:00 (5 times): answered 500" in often.notes[0]
    never = health(failures=1, error="answered 404", succeeded_at=None)
    assert (never.status, "ever since it was added" in never.notes[0]) == ("failing", True)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"etag_lied": NOW}, "said 'not modified'"),
        ({"gaps": 3}, "turned over between two polls 3 times"),
        ({"empty": 0.9}, "90% of its entries have no text"),
        ({"window": 0}, "no entries at all"),
    ],
)
def test_doubts_are_put_in_words(state: dict[str, object], words: str) -> None:
    found = health(**state)
    assert found.status == "doubtful"
    assert words in found.notes[0]


def test_the_share_of_304s_is_given() -> None:
    assert health(not_modified=3, documents=1).not_modified_share == 0.75
    assert health(not_modified=0, documents=0).not_modified_share is None


def test_volumes_fade_and_vanish() -> None:
    volume = watched(10, 20)
    later = fade(volume, NOW + timedelta(days=14))
    assert later.usual["en"] == pytest.approx(volume.usual["en"] / 2.718, rel=0.01)
    assert later.recent == {}
    assert fade(volume, NOW + timedelta(days=365)).usual == {}


def test_a_language_gone_quiet_is_seen_over_all_feeds() -> None:
    """Two weeks of one language missing must not wait for a reader to notice."""
    english = [FeedState(url=f"e{number}", volume=watched(10, 30)) for number in range(3)]
    stopped = NOW - timedelta(days=3)
    german = [FeedState(url=f"d{number}", volume=watched(10, 30, "de", stopped)) for number in range(3)]
    rare = [FeedState(url="r", volume=watched(1, 30, "is", stopped))]
    found = {one.language: one for one in by_language([*english, *german, *rare], NOW)}
    assert next(iter(found)) == "en"
    assert found["en"].usual == pytest.approx(30, rel=0.1)
    assert {name: one.quiet for name, one in found.items()} == {"en": False, "de": True, "is": False}


def test_what_failed_before_somebody_asked_for_the_feed_again_counts_no_more() -> None:
    failing = {"polled_at": NOW - timedelta(hours=1), "failures": 9, "error": "answered 500", "succeeded_at": NOW}
    asked = FEED.model_copy(update={"asked": NOW})
    state = FeedState(url=FEED.url, full_at=NOW, window=20, **failing)  # type: ignore[arg-type]  # as pydantic checks
    assert judge(FEED, state, NOW).status == "failing"
    assert judge(asked, state, NOW).status == "ok"
