"""Links as a feed means them: bases in their scope, guids that are addresses, and nothing that was cut off."""

from datetime import UTC, datetime

import pytest

from producers.article.build import make_article
from producers.parse import parse_feed

URL = "https://quay.example/log/feed.atom"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'


def links(body: str) -> list[str | None]:
    return [entry.link for entry in parse_feed(body.encode(), URL).entries]


@pytest.mark.parametrize(
    ("feed_base", "entry_base", "href", "link"),
    [
        ("", "", "a", "https://quay.example/log/a"),
        ("", "2021/", "a", "https://quay.example/log/2021/a"),
        ("https://pier.example/x/", "2021/", "a", "https://pier.example/x/2021/a"),
        ("https://pier.example/x/", "", "a", "https://pier.example/x/a"),
        ("/y/", "", "a", "https://quay.example/y/a"),
        ("https://pier.example/x/", "https://dock.example/", "/a", "https://dock.example/a"),
        ("https://pier.example/", "z/", "https://dock.example/a", "https://dock.example/a"),
    ],
)
def test_a_base_holds_in_its_element_and_no_further(feed_base: str, entry_base: str, href: str, link: str) -> None:
    def based(base: str) -> str:
        return f' xml:base="{base}"' if base else ""

    entry = f'<entry{based(entry_base)}><title>A</title><link href="{href}"/></entry>'
    after = '<entry><title>B</title><link href="b"/></entry>'
    body = f"<feed {ATOM}{based(feed_base)}><title>Q</title>{entry}{after}</feed>"
    assert links(body) == [link, links(f"<feed {ATOM}{based(feed_base)}><title>Q</title>{after}</feed>")[0]]


def test_a_base_on_a_link_itself_and_in_rss() -> None:
    entry = '<entry><title>A</title><link xml:base="/deep/er/" href="a"/></entry>'
    assert links(f"<feed {ATOM}>{entry}</feed>") == ["https://quay.example/deep/er/a"]
    rss = '<rss version="2.0"><channel xml:base="https://pier.example/"><item><link>n/1</link></item></channel></rss>'
    assert links(rss) == ["https://pier.example/n/1"]


@pytest.mark.parametrize(
    ("item", "link"),
    [
        ("<link></link><guid>https://quay.example/n/1</guid>", "https://quay.example/n/1"),
        ("<link/><guid isPermaLink='true'>https://quay.example/n/1</guid>", "https://quay.example/n/1"),
        ("<link> \n </link><guid>https://quay.example/n/1</guid>", "https://quay.example/n/1"),
        ("<guid>https://quay.example/n/1</guid>", "https://quay.example/n/1"),
        ("<link/>https://quay.example/n/2<guid isPermaLink='false'>7</guid>", "https://quay.example/n/2"),
        ("<link/><guid isPermaLink='false'>https://quay.example/n/1</guid>", None),
        ("<link>https://quay.example/n/2</link><guid>https://quay.example/n/1</guid>", "https://quay.example/n/2"),
    ],
)
def test_an_empty_link_is_none_and_a_permanent_guid_is_one(item: str, link: str | None) -> None:
    body = f'<rss version="2.0"><channel><title>Q</title><item><title>A</title>{item}</item></channel></rss>'
    assert links(body) == [link]


WHOLE = "<item><title>A</title><link>https://quay.example/n/1</link><description>One.</description></item>"


@pytest.mark.parametrize(
    "cut",
    [
        "<item><title>B</title><link>https://quay.ex",
        "<item><title>B</title><link>https://quay.example/n/2</link><guid>https://quay.example/n",
        "<item><link>https://quay.example/n/2</link><title>Bridge clo",
        "<item><title>B</title><link>https://quay.example/n/2</li",
        "<item><description><![CDATA[Half of",
        "<item><description>One.</description><link>https://quay.example/n/2",
        "<item",
        "<item>",
    ],
)
def test_of_a_document_that_was_cut_off_the_last_entry_is_left_for_later(cut: str) -> None:
    parsed = parse_feed(f'<rss version="2.0"><channel><title>Q</title>{WHOLE}{cut}'.encode(), URL)
    assert [(entry.link, entry.summary) for entry in parsed.entries] == [("https://quay.example/n/1", "One.")]
    assert parsed.lost <= 1


def test_an_entry_that_was_cut_off_in_its_text_has_its_name() -> None:
    cut = "<item><title>B</title><link>https://quay.example/n/2</link><description><![CDATA[Half of"
    parsed = parse_feed(f'<rss version="2.0"><channel><title>Q</title>{WHOLE}{cut}'.encode(), URL)
    assert [entry.link for entry in parsed.entries] == ["https://quay.example/n/1", "https://quay.example/n/2"]


@pytest.mark.parametrize("end", ["", "</channel>", "</channel></rss>", "</channel></rss>\n<!-- 0.3 s -->", "<br>"])
def test_what_is_only_not_closed_loses_nothing(end: str) -> None:
    body = f'<rss version="2.0"><channel><title>Q & A</title>{WHOLE}{WHOLE.replace("n/1", "n/2")}{end}'
    assert links(body) == ["https://quay.example/n/1", "https://quay.example/n/2"]


def test_an_address_without_its_scheme_is_no_folder() -> None:
    item = "<item><title>A</title><link>www.quay.example/n/1</link></item>"
    assert links(f"<rss><channel>{item}</channel></rss>") == ["https://www.quay.example/n/1"]


def test_the_link_before_a_service_counted_clicks_is_the_articles() -> None:
    before = '<p:origLink xmlns:p="http://clicks.example/ns">https://quay.example/n/1</p:origLink>'
    item = f"<item><title>A</title><link>https://clicks.example/1</link>{before}</item>"
    assert links(f"<rss><channel>{item}</channel></rss>") == ["https://quay.example/n/1"]


@pytest.mark.parametrize("link", ["http://[quay.example/n/1", "https://[clicks]/redirect?url=https://quay.example/n/1"])
def test_an_address_that_is_none_costs_its_entry_no_more_than_itself(link: str) -> None:
    item = f'<item><guid isPermaLink="false">1</guid><title>The quay</title><link>{link}</link></item>'
    [entry] = parse_feed(f"<rss><channel>{item}</channel></rss>".encode(), URL).entries
    article = make_article(entry, URL, None, datetime(2024, 5, 3, tzinfo=UTC))
    assert (entry.guid, article.title, article.source) == ("1", "The quay", "quay.example")
