"""OPML in and out: well-formed or not, no address is lost."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers import opml
from schemas.feed import Feed

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "opml" / "awesome_rss_feeds.jsonl"


def _opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>t</title></head><body>{body}</body></opml>'.encode()


def _outline(url: str, **more: str) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in more.items())
    return f'<outline type="rss" xmlUrl="{url}"{attributes}/>'


def test_folders_become_tags() -> None:
    inner = _outline("http://a.example/feed", text="A", title="Alpha")
    feeds = opml.read(_opml(f'<outline text="world"><outline title="asia">{inner}</outline></outline>'))
    assert feeds == [Feed(url="http://a.example/feed", title="Alpha", tags=("world", "asia"))]


def test_an_address_in_two_folders_is_one_feed_with_both_tags() -> None:
    one = _outline("http://a.example/feed", text="A")
    feeds = opml.read(_opml(f'<outline text="x">{one}</outline><outline text="y">{one}</outline>'))
    assert [feed.tags for feed in feeds] == [("x", "y")]


def test_categories_are_tags_too() -> None:
    feeds = opml.read(_opml(_outline("http://a.example/feed", category="/news/, uk")))
    assert feeds[0].tags == ("news", "uk")


@pytest.mark.parametrize(
    ("what", "body", "title"),
    [
        ("a bare ampersand", _outline("http://a.example/?x=1&y=2", text="Q & A"), "Q & A"),
        ("marks inside a title", _outline("http://a.example/?x=1&amp;y=2", text='The "Best" News'), "The"),
        ("a tag left open", '<outline text="x">' + _outline("http://a.example/?x=1&amp;y=2", text="A"), "A"),
        ("an unquoted attribute", '<outline text=A xmlUrl="http://a.example/?x=1&y=2"/>', "A"),
        (
            "markup in a description",
            '<outline text="A" description="by <a href="http://b.example">B</a>" xmlUrl="http://a.example/?x=1&y=2"/>',
            None,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value and "<" not in value else "",
)
def test_what_is_not_well_formed_is_read_all_the_same(what: str, body: str, title: str | None) -> None:
    last = _outline("http://last.example/feed", text="Last")
    feeds = {feed.url: feed for feed in opml.read(_opml(body + last))}
    assert set(feeds) == {"http://a.example/?x=1&y=2", "http://last.example/feed"}, what
    if title:
        assert feeds["http://a.example/?x=1&y=2"].title == title


def test_a_byte_that_is_no_utf8_costs_no_feed() -> None:
    data = _opml(_outline("http://a.example/feed", text="Caf\u00e9")).replace("\u00e9".encode(), b"\xe9")
    assert [feed.url for feed in opml.read(data)] == ["http://a.example/feed"]


@pytest.mark.parametrize(
    ("given_as", "url"),
    [
        (" http://a.example/feed ", "http://a.example/feed"),
        ("feed://a.example/feed", "http://a.example/feed"),
        ("feed:https://a.example/feed", "https://a.example/feed"),
        ("itpc://a.example/feed", "http://a.example/feed"),
        ("podcast://a.example/feed", "http://a.example/feed"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("", None),
    ],
)
def test_addresses_as_they_stand_in_lists(given_as: str, url: str | None) -> None:
    assert opml.address(given_as) == url


@pytest.mark.parametrize("data", [b"", b"no xml", b"<html><body>x</body></html>", _opml(""), b"\x00\xff", b"{}"])
def test_what_is_no_opml_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(opml.OpmlError, match="no OPML"):
        opml.read(data)


def test_a_list_that_is_too_long_is_refused_unread() -> None:
    with pytest.raises(opml.OpmlError, match="no list of feeds is so long"):
        opml.read(_opml(" " * opml.LARGEST))


def test_an_encoding_of_no_name_costs_no_feed() -> None:
    quoted = _outline("https://quay.example/feed", title='a "quay" here')
    body = _opml(f"<!-- of the harbour -->{quoted}").replace(b'"1.0"', b'"1.0" encoding="harbour"', 1)
    assert [feed.url for feed in opml.read(body)] == ["https://quay.example/feed"]


def test_entities_are_neither_declared_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    data = (
        f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{secret}">]><opml><body>'
        '<outline text="&x;" xmlUrl="http://a.example/feed"/></body></opml>'
    ).encode()
    assert "secret" not in repr(opml.read(data))


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).map(str.strip)
tags = words.filter(lambda word: word and "," not in word and "/" not in word)


@given(st.lists(st.tuples(words.filter(bool), st.lists(tags, max_size=3, unique=True)), max_size=8))
def test_what_is_written_is_read_again(made: list[tuple[str, list[str]]]) -> None:
    feeds = [
        Feed(url=f"http://h{number}.example/?a=1&b={number}", title=" ".join(title.split()) or "t", tags=tuple(tagged))
        for number, (title, tagged) in enumerate(made)
    ]
    if not feeds:
        return
    again = {feed.url: feed for feed in opml.read(opml.write(feeds))}
    assert {feed.url: (feed.title, set(feed.tags)) for feed in feeds} == {
        url: (feed.title, set(feed.tags)) for url, feed in again.items()
    }


def test_the_feeds_to_begin_with_are_read() -> None:
    feeds = opml.read((Path(__file__).parents[2] / "seeds" / "feeds.opml").read_bytes())
    assert 20 <= len(feeds) <= 40
    assert all(feed.title and feed.tags and feed.url.startswith("https://") for feed in feeds)


@pytest.mark.data
@pytest.mark.skipif(not DATA.exists(), reason="no ../shared/data/opml here")
def test_real_addresses_survive_a_round_trip() -> None:
    rows = [json.loads(line) for line in DATA.read_text().splitlines()]
    feeds = [Feed(url=row["url"], title=row["title"], tags=(row["group"],)) for row in rows]
    assert {feed.url for feed in opml.read(opml.write(feeds))} == {feed.url for feed in feeds}


@pytest.mark.parametrize(
    ("outline", "url"),
    [
        ('<outline text="A" type="rss" url="https://a.example/feed"/>', "https://a.example/feed"),
        ('<outline text="A" url="https://a.example/feed"/>', "https://a.example/feed"),
        ('<outline TEXT="A" XmlUrl="https://a.example/feed"/>', "https://a.example/feed"),
        ('<OUTLINE Title="A" XMLUrl="https://a.example/feed"/>', "https://a.example/feed"),
        ('<outline text="A" feedUrl="https://a.example/feed"/>', "https://a.example/feed"),
        ('<outline xmlns="http://opml.org/spec2" text="A" xmlUrl="https://a.example/feed"/>', "https://a.example/feed"),
        ('<outline text="A" xmlUrl="a.example/feed.xml"/>', "https://a.example/feed.xml"),
        ('<outline text="A" xmlUrl="//a.example/feed.xml"/>', "https://a.example/feed.xml"),
        ('<outline text="A" xmlUrl="www.a.example"/>', "https://www.a.example"),
        ('<outline text="A" xmlUrl="a.example:8080/feed"/>', "https://a.example:8080/feed"),
    ],
)
def test_other_spellings_of_an_outline(outline: str, url: str) -> None:
    other = '<outline type="link" text="B" url="https://b.example/page"/><outline text="C" xmlUrl="feed.xml name"/>'
    feeds = opml.read(_opml(outline + other + _outline("http://last.example/feed")))
    assert [feed.url for feed in feeds] == [url, "http://last.example/feed"]
    assert feeds[0].title == "A"
