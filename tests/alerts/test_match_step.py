"""The match stage: which alerts an article makes, what they say, and what changes while it runs."""

from datetime import datetime

import pytest
from wire_articles import NOON, wire_article

from alerts.identity import alert_id
from alerts.match import MatchStep, numbers
from schemas.alert import Alert, Subscription
from schemas.article import WireArticle
from schemas.outcome import Done, Dropped
from schemas.topics import ALERTS
from stores.query import QueryError


def subscription(id: str, query: str, **fields: object) -> Subscription:
    return Subscription.model_validate({"id": id, "name": id.title(), "query": query, **fields})


def alerts_of(step: MatchStep, *articles: WireArticle) -> list[Alert]:
    found = []
    for outcome in step(articles):
        assert isinstance(outcome, Done)
        for output in outcome.outputs:
            assert output.topic is ALERTS
            assert isinstance(output.record, Alert)
            found.append(output.record)
    return found


def watching(*subscriptions: Subscription) -> MatchStep:
    held = {one.id: one for one in subscriptions}
    return MatchStep(lambda: held, lambda: NOON)


SAID = wire_article(
    "a",
    "Talks went on. “I will send them Tomahawks,” Donald Trump said. Peskov saw no missile.",
    title="Tomahawks weighed",
    people=["Donald Trump", "Peskov"],
    said=[("I will send them Tomahawks", "Donald Trump")],
    story_id="s",
    url="https://news.example/a",
    source="news.example",
)


def test_an_alert_says_what_and_why() -> None:
    (alert,) = alerts_of(watching(subscription("t", "tomahawk OR storm")), SAID)
    assert alert.matched_part == "tomahawk"
    assert (alert.article_id, alert.story_id, alert.url, alert.source) == ("a", "s", SAID.url, SAID.source)
    assert alert.speakers == ("Donald Trump",)
    assert (alert.first_seen, alert.matched_at) == (SAID.first_seen, NOON)
    headline, sentence = alert.why
    assert [headline.sentence[a:b] for a, b in headline.marks] == ["Tomahawks"]
    assert [sentence.sentence[a:b] for a, b in sentence.marks] == ["Tomahawks"]
    assert sentence.sentence == "“I will send them Tomahawks,” Donald Trump said."
    assert sentence.speaker == "Donald Trump"


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("quotes:(speaker:trump AND text:tomahawk)", ["Tomahawks"]),
        ("speaker:trump", ["I will send them Tomahawks"]),
        ("person:peskov", ["Peskov"]),
        ('"talks went"', ["Talks went"]),
        ('"no saw"~0', ["saw", "no"]),
        ("missile* AND NOT rain", ["missile"]),
        ("talks AND missile", ["Talks", "missile"]),
        ("source:news.example", []),
    ],
)
def test_what_is_marked(query: str, marked: list[str]) -> None:
    (alert,) = alerts_of(watching(subscription("q", query)), SAID)
    found = [why.sentence[a:b] for why in alert.why for a, b in why.marks]
    assert sorted(found) == sorted(marked)


def test_a_word_in_another_quote_is_not_marked() -> None:
    text = "“Tomahawks fly,” Peskov said. “Tomahawks are ours,” Trump said."
    article = wire_article("b", text, said=[("Tomahawks fly", "Peskov"), ("Tomahawks are ours", "Trump")])
    (alert,) = alerts_of(watching(subscription("q", "quotes:(speaker:trump AND text:tomahawk)")), article)
    assert [why.sentence for why in alert.why] == ["“Tomahawks are ours,” Trump said."]


def test_a_sentence_of_a_table_is_cut_about_the_mark() -> None:
    article = wire_article("b", "x " * 5_000 + "tomahawk" + " y" * 5_000)
    (alert,) = alerts_of(watching(subscription("q", "tomahawk")), article)
    (why,) = alert.why
    assert len(why.sentence) < 400
    assert [why.sentence[a:b] for a, b in why.marks] == ["tomahawk"]


def test_copies_of_a_story_share_an_alert_unless_every_article_is_wanted() -> None:
    copies = [wire_article(id, "Tomahawk.", story_id="s") for id in ("a", "b")]
    once = alerts_of(watching(subscription("t", "tomahawk")), *copies)
    assert {alert.id for alert in once} == {alert_id("t", "s")}
    each = alerts_of(watching(subscription("t", "tomahawk", policy="every")), *copies)
    assert [alert.id for alert in each] == [alert_id("t", "a"), alert_id("t", "b")]


def test_a_story_that_was_told_by_each_article_is_known_once_it_is_told_by_story() -> None:
    first, copy = wire_article("one", "Missile."), wire_article("copy", "Missile.", story_id="one")
    (told,) = alerts_of(watching(subscription("s", "missile", policy="every")), first)
    (later,) = alerts_of(watching(subscription("s", "missile", policy="story")), copy)
    assert told.id == later.id


def test_a_replay_is_silent() -> None:
    (outcome,) = watching(subscription("t", "tomahawk"))([SAID.model_copy(update={"silent": True})])
    assert outcome == Dropped("silent")


def test_subscriptions_come_go_and_change_while_it_runs() -> None:
    held: list[dict[str, Subscription]] = [{}]
    step = MatchStep(lambda: held[0], lambda: NOON)
    assert alerts_of(step, SAID) == []
    held[0] = {one.id: one for one in (subscription("t", "tomahawk"), subscription("r", "rain"))}
    assert [alert.subscription for alert in alerts_of(step, SAID)] == ["t"]
    held[0] = {**held[0], "r": subscription("r", "peskov")}
    assert [alert.subscription for alert in alerts_of(step, SAID)] == ["r", "t"]
    held[0] = {"r": held[0]["r"]}
    assert [alert.subscription for alert in alerts_of(step, SAID)] == ["r"]


def test_a_paused_one_matches_nothing_until_it_is_resumed() -> None:
    held: list[dict[str, Subscription]] = [{"t": subscription("t", "tomahawk", paused=True)}]
    step = MatchStep(lambda: held[0], lambda: NOON)
    assert alerts_of(step, SAID) == []
    held[0] = {"t": subscription("t", "tomahawk")}
    assert [alert.subscription for alert in alerts_of(step, SAID)] == ["t"]
    held[0] = {"t": subscription("t", "tomahawk", paused=True)}
    assert alerts_of(step, SAID) == []


def test_one_that_cannot_be_read_costs_the_others_nothing() -> None:
    step = watching(subscription("bad", "AND ("), subscription("t", "tomahawk"))
    assert [alert.subscription for alert in alerts_of(step, SAID)] == ["t"]


def test_numbers_of_a_row() -> None:
    match = numbers(["tomahawk", "", "rain", '"will send"', "speaker:trump"])
    row = {"id": "1", "title": "Tomahawks", "text": "They will send it."}
    assert match(row) == {"id": "1", "matches": [0, 3]}
    enriched = SAID.model_dump(mode="json", include={"id", "title", "text", "quotes", "entities"})
    assert match({**enriched, "unknown": 1}) == {"id": "a", "matches": [0, 3, 4]}


def test_a_line_that_is_no_query_is_named() -> None:
    with pytest.raises(QueryError, match="line 2"):
        numbers(["rain", '"open'])


def test_those_who_ask_the_same_are_told_the_same_each_for_itself() -> None:
    held = {id: subscription(id, "tomahawk OR storm") for id in "ab"} | {"c": subscription("c", "storm OR tomahawk")}
    step = MatchStep(lambda: held, lambda: NOON)
    first, *others = alerts_of(step, SAID)
    assert [one.subscription for one in (first, *others)] == ["a", "b", "c"]
    assert {one.why for one in others} == {first.why}
    held = {id: one for id, one in held.items() if id != "a"}
    assert [one.subscription for one in alerts_of(step, SAID)] == ["b", "c"]
    held = {"b": subscription("b", "rain"), "c": held["c"].model_copy(update={"name": "Other"})}
    assert [(one.subscription, one.subscription_name) for one in alerts_of(step, SAID)] == [("c", "Other")]
    held = {}
    assert alerts_of(step, SAID) == []


def test_whoever_is_told_comes_before_what_is_only_kept() -> None:
    told = subscription("z", "tomahawk", channels=("json://x",))
    step = watching(subscription("a", "tomahawk"), told, subscription("b", "tomahawk"))
    assert [one.subscription for one in alerts_of(step, SAID)] == ["z", "a", "b"]


def test_what_was_added_is_read_before_an_article_comes() -> None:
    asked = []

    def clock() -> datetime:
        asked.append(NOON)
        return NOON

    held = {"a": subscription("a", "tomahawk")}
    step = MatchStep(lambda: held, clock)
    assert step.tick(NOON) == ()
    read = len(asked)
    assert read
    step([])
    assert len(asked) == read
