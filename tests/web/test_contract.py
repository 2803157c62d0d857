"""What a program is promised, asked of every face alike, of a file and of the cluster.

Python, HTTP over a port and over the socket beside a file, MCP.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from faces import Face, Row, faces
from fleet.place import apart
from fleet.waiting import until
from served_api import DAM, delivery, news
from wire_articles import NOON, wire_article

from schemas.alert import Delivery, Subscription
from schemas.article import WireArticle
from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS, SUBSCRIPTIONS
from stores.query import parse
from stores.store import Said
from wirewatch.compose.open import open_control, open_reader
from wirewatch.settings import Settings

Faces = dict[str, Face]
ON_FACES = pytest.mark.parametrize("face", ["python", "http", "socket", "mcp"])
# A cluster's first topics and indexes are made on a machine that has other things to do.
ENOUGH_SECONDS = 60


def _articles() -> list[WireArticle]:
    """Two, and the eight copies of a third, an hour apart and newer: several pages of everything."""
    text = "🚢 “The mill turns,” said Ann Ode. “It does not,” said Bo Lund, who owns it."
    copies = [
        wire_article(
            f"mill-{number}",
            text,
            title=f"The mill, {number}",
            people=["Ann Ode", "Bo Lund"],
            said=[("The mill turns,", "Ann Ode"), ("It does not,", "Bo Lund")],
            story_id="mill-0",
            source="mill.example",
            url=f"https://mill.example/{number}",
            language="en",
            first_seen=NOON + timedelta(hours=2 + number),
        )
        for number in range(8)
    ]
    return [*news(), *copies]


@pytest.fixture(scope="module", params=["file", pytest.param("cluster", marks=pytest.mark.servers)])
def every(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faces]:
    """All faces of one installation that nobody works."""
    if request.param == "file":
        settings = Settings(db=tmp_path_factory.mktemp("contract") / "wire.db")
    else:
        settings = apart(*(request.getfixturevalue(name) for name in ("kafka_bootstrap", "elasticsearch_url")))
    with open_control(settings) as control:
        control.publish(
            [
                Output(SUBSCRIPTIONS, Subscription(id="s", name="the dam", query="halvern")),
                Output(FEEDS, Feed(url="https://quay.example/feed.xml", title="The quay", tags=("sea",))),
            ]
        )
    with open_reader(settings) as reader:
        if request.param == "cluster":
            reader.store.init()
        reader.store.write(_articles())
        reader.store.record([_told(number) for number in range(5)])
        until(lambda: reader.store.count(parse("*", NOON)) == 10, within=ENOUGH_SECONDS)
        until(lambda: len(reader.store.quotes(Said(), 100).quotes) == 17, within=ENOUGH_SECONDS)
        until(lambda: len(reader.store.alerts().alerts) == 5, within=ENOUGH_SECONDS)
    with faces(settings) as found:
        yield found


def _told(number: int) -> Delivery:
    told = delivery()
    assert told.alert is not None
    why = ({"sentence": "Two engineers looked at it."},)
    changed = {"id": f"n{number}", "matched_at": NOON + timedelta(minutes=number), "why": why}
    return told.model_copy(update={"id": f"n{number}", "alert": told.alert.model_validate(dict(told.alert) | changed)})


@pytest.fixture
def asked(every: Faces, face: str) -> Face:
    """One of them."""
    return every[face]


@ON_FACES
def test_every_page_comes_in_order_and_once(asked: Face) -> None:
    mills = [f"mill-{number}" for number in reversed(range(8))]
    assert [row["id"] for row in asked.articles("*")] == [*mills, "ferry", "dam"]
    assert [row["id"] for row in asked.story("mill-0")] == mills
    assert [row["id"] for row in asked.articles("halvern OR ferry", "relevance")]
    assert asked.articles("nothing-of-that-kind") == []


@ON_FACES
def test_a_sentence_is_a_range_of_its_article_in_code_points(asked: Face) -> None:
    (row,) = asked.articles("engineers")
    assert DAM[row["start"] : row["end"]] == row["snippet"] == "Two engineers looked at it."
    assert [row["snippet"][mark["start"] : mark["end"]] for mark in row["marks"]] == ["engineers"]
    for quote in asked.quotes():
        article = asked.article(quote["article_id"])
        assert article is not None
        assert article["text"][quote["start"] : quote["end"]] == quote["content"]


@ON_FACES
def test_who_said_what_is_told_apart(asked: Face) -> None:
    assert {row["content"] for row in asked.quotes(speaker="bo lund")} == {"It does not,"}
    assert len(asked.quotes(speaker="bo lund")) == 8
    (only,) = asked.quotes(about="halvern")
    assert (only["speaker"], only["url"]) == ("Ilse Brandt", "https://quay.example/dam")
    assert asked.quotes(speaker="bo lund", about="turns") == []


@ON_FACES
def test_what_is_watched_for_and_what_was_told_is_listed(asked: Face) -> None:
    assert [row["id"] for row in asked.notifications(alert="the dam")] == [
        f"n{number}" for number in reversed(range(5))
    ]
    assert asked.notifications(alert="another") == []
    (alert,) = asked.listed("alerts")
    assert (alert["name"], alert["query"]) == ("the dam", "halvern")
    (feed,) = asked.listed("feeds")
    assert (feed["url"], feed["health"]["status"]) == ("https://quay.example/feed.xml", "new")


@ON_FACES
def test_an_article_that_is_not_there_is_none(asked: Face) -> None:
    assert asked.article("nobody") is None


SAME: dict[str, Callable[[Face], list[Row] | Row | None]] = {
    "every article": lambda face: face.articles("*"),
    "a query": lambda face: face.articles('quotes:(speaker:"ann ode") AND turns'),
    "by relevance": lambda face: face.articles("mill OR ferry OR dam", "relevance"),
    "one article": lambda face: face.article("mill-3"),
    "a story": lambda face: face.story("mill-0"),
    "stories": lambda face: face.stories("mill OR ferry"),
    "a person": lambda face: face.person("Bo Lund"),
    "every quote": lambda face: face.quotes(),
    "a speaker's": lambda face: face.quotes(speaker="ode"),
    "on something": lambda face: face.quotes(about="NOT mill"),
    "both": lambda face: face.quotes(speaker="Bo", about="does"),
    "told": lambda face: face.notifications(),
    "alerts": lambda face: face.listed("alerts"),
    "feeds": lambda face: face.listed("feeds"),
    "stages": lambda face: face.listed("stages"),
    "the ledger": lambda face: face.ledger(),
}


@pytest.mark.parametrize("question", SAME)
def test_the_same_question_has_the_same_rows_by_every_face(every: Faces, question: str) -> None:
    python, http, owner, mcp = (SAME[question](every[face]) for face in ("python", "http", "socket", "mcp"))
    assert python
    assert python == http == owner == mcp
