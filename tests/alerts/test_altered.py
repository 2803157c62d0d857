"""A quote that was told and is changed or withdrawn afterwards: who was told is told so, once, with the words."""

from datetime import timedelta
from typing import Any

import pytest
from desk import Desk, subscription
from wire_articles import NOON, quote, wire_article

from alerts.match import MatchStep
from schemas.alert import Alert, Delivery
from schemas.article import WireArticle
from schemas.topics import DELIVERIES

FIRST = "Edith Quayle spoke. “We will wait three days and not one more for the dam,” said Edith Quayle. It rained."
CHANGED = FIRST.replace("three days", "five days")
WITHDRAWN = "Edith Quayle spoke. It rained all day long, and the council met."
WORDS = "We will wait three days and not one more for the dam,"
ASKS = subscription(query="quotes:(speaker:quayle AND text:wait)", altered=True)


def revision(text: str, number: int = 1, id: str = "a", **fields: Any) -> WireArticle:
    words = next((words for words in (WORDS, WORDS.replace("three", "five")) if words in text), None)
    said = [(words, "Edith Quayle")] if words else []
    fetched = NOON + number * timedelta(hours=1)
    fields = {"title": "The dam", "people": ["Edith Quayle"], "revision": str(number), **fields}
    return wire_article(id, text, said=said, fetched_at=fetched, first_seen=NOON + timedelta(hours=1), **fields)


class Wire:
    """Matched and delivered, as the two stages do."""

    def __init__(self, **changes: Any) -> None:
        self.desk = Desk(ASKS.model_copy(update=changes))
        self.step = MatchStep(lambda: self.desk.subscriptions, lambda: self.desk.now, self.told)

    def told(self, id: str) -> Delivery | None:
        return self.desk.log.get(DELIVERIES, id, Delivery)

    def passes(self, *articles: WireArticle) -> None:
        for article in articles:
            self.desk.now = article.fetched_at
            (outcome,) = self.step([article])
            self.desk.deliver(*(one.record for one in outcome.outputs if isinstance(one.record, Alert)))

    @property
    def titles(self) -> list[str]:
        return [message.title for _, message in self.desk.told]


TOLD, CHANGE = "Tomahawk: The dam", "Tomahawk: a told quote was changed: The dam"


def test_who_was_told_of_a_quote_is_told_that_it_was_changed_with_the_old_and_the_new_words() -> None:
    wire = Wire()
    wire.passes(revision(FIRST), revision(CHANGED, 2))
    assert wire.titles == [TOLD, CHANGE]
    message = wire.desk.told[1][1]
    wanted = (
        "Changed (Edith Quayle): “We will wait three days and not one more for the dam,” is now “We will wait five days"
    )
    assert wanted in message.body
    assert "five days" in message.html
    (article,) = message.data["articles"]
    (change,) = article["altered"]
    assert (change["kind"], change["before"]) == ("altered", WORDS)
    assert change["after"] == WORDS.replace("three", "five")


def test_that_it_was_withdrawn_is_told_although_the_article_does_not_meet_the_query_any_more() -> None:
    wire = Wire()
    wire.passes(revision(FIRST), revision(WITHDRAWN, 2))
    assert wire.titles == [TOLD, CHANGE]
    assert "Withdrawn (Edith Quayle): “We will wait three days" in wire.desk.told[1][1].body


def test_that_another_said_it_is_told_with_both_names() -> None:
    wire = Wire()
    text = FIRST.replace("said Edith Quayle", "said Ivo Blum")
    wire.passes(revision(FIRST), revision(text, 2, quotes=(quote(text, WORDS, "Ivo Blum"),)))
    assert wire.titles == [TOLD, CHANGE]
    assert "Said by Ivo Blum, and not by Edith Quayle: “We will wait three days" in wire.desk.told[1][1].body


@pytest.mark.parametrize(
    "later",
    [
        revision(FIRST, 2),
        revision(FIRST.replace("It rained.", "It rained for days."), 2),
        revision(FIRST.replace("“", "").replace(",”", ""), 2),  # it stands there yet, without its marks
        revision(WITHDRAWN, 2, id="b", story_id="a"),  # a copy's own words
        revision(WITHDRAWN, 2, silent=True),
    ],
)
def test_what_stands_there_yet_or_was_told_of_another_is_no_change(later: WireArticle) -> None:
    wire = Wire()
    wire.passes(revision(FIRST), later)
    assert wire.titles == [TOLD]


def test_each_change_is_told_once_and_another_one_is_told_again() -> None:
    wire = Wire()
    wire.passes(revision(FIRST), revision(CHANGED, 2), revision(CHANGED, 2), revision(CHANGED + " Later.", 3))
    wire.desk.restart()
    wire.passes(revision(CHANGED, 2))
    assert wire.titles == [TOLD, CHANGE]
    wire.passes(revision(WITHDRAWN, 4))
    assert wire.titles == [TOLD, CHANGE, CHANGE]


def test_who_does_not_ask_or_was_not_told_hears_nothing() -> None:
    silent = Wire(altered=False)
    silent.passes(revision(FIRST), revision(WITHDRAWN, 2))
    assert silent.titles == [TOLD]
    other = Wire(query="rained")  # the sentence that was told has no quote in it
    other.passes(revision(FIRST), revision(WITHDRAWN, 2))
    assert other.titles == [TOLD]
    never = Wire()
    never.passes(revision(WITHDRAWN, 2))
    assert never.titles == []


def test_under_the_policy_every_a_copy_s_own_change_is_told() -> None:
    wire = Wire(policy="every")
    wire.passes(revision(FIRST), revision(FIRST, id="b", story_id="a"), revision(WITHDRAWN, 2, id="b", story_id="a"))
    assert wire.titles == [TOLD, TOLD, CHANGE]


def test_an_old_article_s_change_is_no_old_news() -> None:
    wire = Wire()
    wire.desk.old_after = timedelta(days=7)
    wire.desk.restart()
    wire.passes(revision(FIRST, published=NOON), revision(WITHDRAWN, 24 * 30, published=NOON))
    assert wire.titles == [TOLD, CHANGE]
