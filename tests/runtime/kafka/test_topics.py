"""How topics are laid out: what grows with every article leaves with it, all other state stays."""

from runtime.kafka.topics import Layout, configs
from schemas.topics import ARTICLES, DEAD, DELIVERIES, FEEDSTATE, STORIES, SUBSCRIPTIONS

DAY_MS = 24 * 60 * 60 * 1000


def test_state_that_grows_with_every_article_is_kept_as_long_as_articles() -> None:
    layout = Layout(days=14, state_days=100)
    for topic in (STORIES, DELIVERIES):
        found = configs(topic, layout)
        assert (found["cleanup.policy"], found["retention.ms"]) == ("compact,delete", str(100 * DAY_MS))
        assert configs(topic, Layout(state_days=0))["cleanup.policy"] == "compact"
    for topic in (SUBSCRIPTIONS, FEEDSTATE):
        found = configs(topic, layout)
        assert found["cleanup.policy"] == "compact"
        assert "retention.ms" not in found


def test_the_log_is_kept_for_its_days_and_letters_for_twice_that() -> None:
    layout = Layout(days=14, state_days=100)
    assert [configs(topic, layout)["retention.ms"] for topic in (ARTICLES, DEAD)] == [
        str(14 * DAY_MS),
        str(28 * DAY_MS),
    ]
