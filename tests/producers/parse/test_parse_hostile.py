"""Feeds that are built to hurt: each ends, with entries or with a clear refusal, in work that is bounded.

No test here measures time or memory: what took other parsers minutes would keep the suite from ending.
"""

import io
import pickle

import feedparser
import pytest
from written_feeds import URL, rss

from producers.parse import FeedError, parse_feed
from producers.parse.shorten import MAX_BYTES
from producers.parse.tree import MAX_ENTRIES, MAX_KEYWORDS, MAX_REPEATS, MAX_SHORT

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 9}">' for n in range(1, 10))
DOCTYPES = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE rss [<!ENTITY l9 "{"A" * 50_000}">]>',
    "a file": '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "a server": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/dtd" [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
    "a parameter": '<!DOCTYPE rss [<!ENTITY % l9 SYSTEM "http://127.0.0.1:9/x"> %l9;]>',
    "behind a comment": '<!DOCTYPE rss [<!-- <rss> --><!ENTITY l9 "x">]>',
}


def entries_of(*items: str) -> int:
    return len(parse_feed(rss(*items), URL).entries)


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_of_entities_are_refused(doctype: str, encoding: str) -> None:
    item = "<item><title>&l9;</title></item>"
    body = f"<?xml version='1.0' encoding='{encoding}'?>{doctype}<rss version='2.0'><channel>{item}</channel></rss>"
    with pytest.raises(FeedError, match="declares entities"):
        parse_feed(body.encode(encoding), URL)


def test_an_article_about_such_declarations_is_none() -> None:
    about = '<description><![CDATA[Never write <!DOCTYPE x [<!ENTITY a "b">]> in a feed]]></description>'
    assert entries_of("<title>t</title>" + about) == 1


def test_a_doctype_alone_is_no_offence() -> None:
    doctype = b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd">'
    body = rss("<title>caf&eacute;</title>").replace(b"<rss", doctype + b"<rss", 1)
    assert parse_feed(body, URL).entries[0].title == "café"


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ("<x " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/>", "attributes"),
        ("<x " + " ".join(f'xmlns:a{n}="u{n}"' for n in range(5_000)) + "/>", "prefixes"),
        ("<x/>" * 110_000, "elements"),
    ],
)
def test_floods_within_a_document_are_refused(inner: str, what: str) -> None:
    with pytest.raises(FeedError, match=what):
        parse_feed(rss(f"<title>t</title>{inner}"), URL)


def test_a_body_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(FeedError, match="more than"):
        parse_feed(b"<" * (MAX_BYTES + 1), URL)


def test_more_entries_than_sense_are_left_out() -> None:
    assert entries_of(*["<title>t</title>"] * (MAX_ENTRIES + 100)) == MAX_ENTRIES


@pytest.mark.parametrize(
    "author",
    [
        "<author>" + "a." * 50_000 + "</author>",
        "<author>" + "(" * 100_000 + "</author>",
        "<dc:creator><![CDATA[" + "a.a@" * 25_000 + "]]></dc:creator>",
        "<managingEditor>" + "x" * 100_000 + "</managingEditor>",
    ],
)
def test_an_endless_author_is_cut(author: str) -> None:
    [entry] = parse_feed(rss(f"<title>t</title>{author}"), URL).entries
    assert all(len(name) <= MAX_SHORT for name in entry.authors)


def test_people_and_tags_without_end_are_cut() -> None:
    tags = "".join(f"<category>c{n}</category>" for n in range(20_000))
    people = "".join(f"<dc:creator>{n} {'a.' * 100}</dc:creator>" for n in range(5_000))
    keywords = "<media:keywords>" + ",".join(f"k{n}" for n in range(100_000)) + "</media:keywords>"
    [entry] = parse_feed(rss(f"<title>t</title>{tags}{people}{keywords}"), URL).entries
    assert len(entry.authors) <= MAX_REPEATS
    assert len(entry.tags) <= MAX_REPEATS + MAX_KEYWORDS


@pytest.mark.parametrize(
    "inner",
    [
        "<title>" + "&" * 200_000 + "</title>",
        "<title>" + "&#" * 100_000 + "</title>",
        "<title>" + "<" * 100_000 + "</title>",
        "<title>" + "<!" * 100_000 + "</title>",
        "<title>" + "<![CDATA[" * 20_000 + "</title>",
        "<title>" + "<a b=" * 50_000 + "</title>",
        "<title>" + "&lt;script" * 50_000 + "</title>",
        "<a>" * 100_000,
        "<description>" + "&lt;div&gt;" * 20_000 + "deep" + "</description>",
        "<description>" + "&lt;!--" * 50_000 + "</description>",
        "<description>" + "&lt;a href=" * 50_000 + "</description>",
        "<description>" + '&lt;p style="' + "a " * 50_000 + "</description>",
        "<pubDate>" + "1" * 100_000 + "</pubDate>",
        "<pubDate>Mon, 01" + " " * 100_000 + "x</pubDate>",
        "<link>" + "h" * 500_000 + "</link>",
    ],
    ids=lambda inner: inner[:24],
)
def test_what_is_built_to_keep_a_parser_busy_ends(inner: str) -> None:
    assert parse_feed(rss(inner), URL).entries


def test_markup_nested_without_end_within_an_entry_costs_that_entry_alone() -> None:
    deep = '<content type="xhtml">' + "<div>" * 20_000
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title>{deep}</entry></feed>'
    assert [entry.title for entry in parse_feed(body.encode(), URL).entries] == ["t"]


def test_a_feed_and_its_error_travel_between_processes() -> None:
    feed = parse_feed(rss("<title>t</title>"), URL)
    assert pickle.loads(pickle.dumps(feed)) == feed
    error = FeedError("what", "where", "todo")
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "where: what; todo"


@pytest.mark.parametrize(
    "odd",
    [
        "<image><width/></image>",
        '<chapters xmlns="http://podlove.org/simple-chapters"><chapter start="x"/></chapters>',
        "<textInput><description/></textInput>",
        '<point xmlns="http://www.opengis.net/gml"><pos/></point>',
    ],
)
def test_elements_that_feedparser_stumbles_over_cost_nothing(odd: str) -> None:
    titles = [entry.title for entry in parse_feed(rss(f"<title>one</title>{odd}", "<title>two</title>"), URL).entries]
    assert titles == ["one", "two"]


def test_an_entry_that_makes_feedparser_fail_costs_that_entry_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read = feedparser.parse

    def fails_on_two(file: io.BytesIO, **how: object) -> object:
        if b"two" in file.getvalue():
            raise KeyError("links")
        return read(file, **how)

    monkeypatch.setattr(feedparser, "parse", fails_on_two)
    body = rss("<title>one</title>", "<title>two</title>", "<title>three</title>")
    assert [entry.title for entry in parse_feed(body, URL).entries] == ["one", "three"]
    with pytest.raises(FeedError, match="KeyError"):
        parse_feed(body.replace(b"The Harbour Post", b"two"), URL)


def test_an_encoding_whose_name_is_no_text() -> None:
    body = (
        b"<?xml version='1.0' encoding='\xed\xf3'?><rss><channel><item><title>\xe9t\xe9</title></item></channel></rss>"
    )
    assert len(parse_feed(body, URL).entries) == 1
