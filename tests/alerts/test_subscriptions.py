"""alerts.toml: read, refused in one line that says where, and tried on its examples."""

from pathlib import Path

import pytest
from wire_articles import NOON, wire_article

from alerts.subscriptions import SubscriptionError, check, identity, load
from schemas.alert import QuietHours, Subscription

SEEDS = Path(__file__).parents[2] / "seeds" / "alerts.toml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "alerts.toml"


def test_a_file_is_read(file: Path) -> None:
    file.write_text(
        """
        [[subscription]]
        name = "Tomahawk"
        query = "tomahawk"
        channels = ["json://127.0.0.1/hook"]
        policy = "digest"
        digest_minutes = 60
        muted_until = 2026-03-02T12:00:00Z
        quiet = { start = "22:00", end = "07:00", zone = "Europe/Kyiv" }
        must_match = ["Tomahawks"]
        [[subscription]]
        id = "own"
        name = "Rain"
        query = "rain"
        """
    )
    tomahawk, rain = load(file)
    assert tomahawk.id == identity("Tomahawk")
    assert tomahawk.quiet == QuietHours(start="22:00", end="07:00", zone="Europe/Kyiv")
    assert tomahawk.muted_until == NOON
    assert rain == Subscription(id="own", name="Rain", query="rain")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[subscription", "is not TOML"),
        ('[[subscription]]\nquery = "x"', "number 1: it has no name"),
        ('[[subscription]]\nname = "Rain"', "“Rain”: it has no query"),
        ('[[subscription]]\nname = "R"\nquery = "x"\nchanels = []', "unknown field chanels: did you mean channels?"),
        ('[[subscription]]\nname = "R"\nquery = "x"\npolicy = "often"', "“R”: policy: "),
        ('[[subscription]]\nname = "R"\nquery = "x"\nquiet = { start = "25:00", end = "07:00" }', "quiet.start"),
        (
            '[[subscription]]\nname = "R"\nquery = "x"\nquiet = { start = "22:00", end = "07:00", zone = "Mars" }',
            "there is no time zone Mars",
        ),
        ('[[subscription]]\nname = "R"\nquery = "x"\n' * 2, "two subscriptions are called “R”"),
        ('[[subscriptions]]\nname = "R"', "“subscriptions” is not known here"),
        ('subscription = "R"', "“subscription” is not known here"),
        ("subscription = [1]", "subscription 1 is no table"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_the_place(file: Path, content: str, said: str) -> None:
    file.write_text(content)
    with pytest.raises(SubscriptionError) as error:
        load(file)
    assert said in str(error.value)
    assert str(file) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(SubscriptionError, match="cannot be read"):
        load(file)


def test_examples_are_tried() -> None:
    subscription = Subscription(
        id="t",
        name="Tomahawk",
        query="tomahawk AND NOT film",
        must_match=("Tomahawks fly.", "Rain."),
        must_not_match=("A Tomahawk in a film.", "Tomahawk again."),
    )
    assert check(subscription, NOON) == [
        "Tomahawk: does not match, but must: 'Rain.'",
        "Tomahawk: matches, but must not: 'Tomahawk again.'",
    ]


def test_a_query_and_a_channel_that_cannot_work_are_said() -> None:
    (query,) = check(Subscription(id="t", name="T", query='"open'), NOON)
    assert query.startswith("T: the query '\"open': at 1: ")
    assert check(Subscription(id="t", name="T", query="x", channels=("pigeon://loft",)), NOON) == [
        "T: pigeon://… is no address that Apprise knows"
    ]


def test_examples_are_read_for_names_where_a_reader_is_given() -> None:
    subscription = Subscription(id="t", name="T", query="person:peskov", must_match=("Peskov came.",))
    assert len(check(subscription, NOON)) == 1
    assert check(subscription, NOON, lambda text: wire_article("e", text, people=["Peskov"])) == []


def test_the_seeds_are_in_order() -> None:
    seeds = load(SEEDS)
    assert seeds[0].name == "Tomahawk"
    assert [problem for one in seeds for problem in check(one, NOON)] == []
