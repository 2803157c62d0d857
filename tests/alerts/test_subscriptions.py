"""Subscriptions: made, changed and named in one place; read from alerts.toml, written to it; examples tried."""

from pathlib import Path

import pytest
from wire_articles import NOON, wire_article

from alerts.alerts_file import dump, load
from alerts.subscriptions import SubscriptionError, changed, check, differences, identity, made, named, placed, renamed
from schemas.alert import DigestTime, QuietHours, Subscription

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
        ('[[subscription]]\nname = "R"\nquery = "x"\ngrowth = 1', "growth is more than the usual"),
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


def nothing_wrong(_: str) -> None:
    """Every channel may be told."""


def test_what_is_written_reads_back_the_same(file: Path) -> None:
    every = [
        Subscription(
            id=identity("Night \x7f “desk”"),
            name="Night \x7f “desk”",
            query='speaker:"the \\"boss"',
            channels=("json://u:p$${x}@127.0.0.1/${hook}",),
            policy="digest",
            digest_time=DigestTime(at="08:00", zone="Europe/Kyiv", day="mon"),
            most_an_hour=3,
            growth=2.5,
            altered=True,
            quiet=QuietHours(start="22:00", end="07:00", zone="Europe/Kyiv"),
            muted_until=NOON,
            paused=True,
            must_match=("One\nline", "another"),
        ),
        Subscription(id="own", name="Rain", query="rain"),
    ]
    file.write_text(dump(every))
    assert load(file, {}) == every


def test_a_channel_reads_the_environment(file: Path) -> None:
    file.write_text('[[subscription]]\nname = "R"\nquery = "x"\nchannels = ["json://u:${PASS}@127.0.0.1/$${PASS}"]')
    (one,) = load(file, {"PASS": "s3cret"})
    assert one.channels == ("json://u:s3cret@127.0.0.1/${PASS}",)
    with pytest.raises(SubscriptionError, match="“R”: channels: the environment has no PASS"):
        load(file, {})


def test_a_renamed_one_keeps_its_id_and_its_earlier_name_is_free() -> None:
    old = made("Old", {"query": "x"}, nothing_wrong)
    new = renamed(old, "New", [old])
    assert (new.id, new.name) == (old.id, "New")
    again = placed(made("Old", {"query": "y"}, nothing_wrong), [new])
    assert again.id not in (new.id, identity("New"))
    assert named([again, new], "Old") == again
    assert placed(Subscription(id=identity("New"), name="New", query="z"), [again, new]).id == new.id
    with pytest.raises(SubscriptionError, match="already"):
        renamed(again, "New", [again, new])
    with pytest.raises(SubscriptionError, match="needs a name"):
        renamed(again, " ", [again, new])


def test_one_without_a_name_is_refused() -> None:
    with pytest.raises(SubscriptionError, match="needs a name"):
        made(" ", {"query": "x"}, nothing_wrong)


def test_a_change_leaves_the_rest_and_is_said_without_secrets() -> None:
    before = made("A", {"query": "x", "channels": ["json://u:s3cret@localhost"], "cooldown_minutes": 5}, nothing_wrong)
    after = changed(before, {"channels": [], "policy": "every"}, nothing_wrong)
    assert after.cooldown_minutes == 5
    assert differences(before, after) == [
        "channels json://localhost and not nobody",
        "policy 'story' and not 'every'",
    ]
    quiet = changed(after, {"quiet": {"start": "22:00", "end": "07:00", "zone": "Europe/Kyiv"}}, nothing_wrong)
    assert differences(after, quiet) == ["quiet None and not 22:00 07:00 Europe/Kyiv"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"query": "x", "cooldown_minutes": -1}, "cooldown_minutes"),
        ({"query": "x", "quiet": {"start": "7", "end": "8"}}, "quiet.start"),
        ({"query": "x", "quiet": {"start": "07:00", "end": "08:00", "zone": "Europe"}}, "there is no time zone Europe"),
        ({"query": "x", "policy": "digest", "digest_time": {"at": "25:00"}}, "digest_time.at"),
        ({"query": "x", "channels": ["pigeon://s3cret"]}, "it is no pigeon"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(given: dict[str, object], said: str) -> None:
    with pytest.raises(SubscriptionError) as error:
        made("A", given, lambda address: "it is no pigeon")
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert "s3cret" not in str(error.value)
