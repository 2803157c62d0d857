"""Documents that are too large, and documents that do not begin where they should."""

import json

import pytest

from producers.parse import FeedError, parse_feed
from producers.parse.shorten import MAX_BYTES, shorten

URL = "https://quay.example/feed"


def item(number: int, text: str, atom: bool = False) -> str:
    link = f"{URL}/{number}"
    if atom:
        return f'<entry><title>Item {number}</title><link href="{link}"/><content>{text}</content></entry>'
    return f"<item><title>Item {number}</title><link>{link}</link><description>{text}</description></item>"


def feed(items: str, atom: bool = False) -> str:
    if atom:
        return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title>{items}</feed>'
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Q</title>{items}</channel></rss>'


@pytest.mark.parametrize("atom", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_of_a_large_feed_both_ends_are_read(atom: bool, encoding: str) -> None:
    text = "Of the harbour and its ferries. " * 1000
    body = feed("".join(item(number, text, atom) for number in range(300)), atom).encode(encoding)
    assert len(body) > MAX_BYTES
    parsed = parse_feed(body, URL)
    titles = [entry.title for entry in parsed.entries]
    assert (titles[0], titles[-1], parsed.title) == ("Item 0", "Item 299", "Q")
    assert parsed.lost == 300 - len(titles) > 0
    assert parsed.entries[0].summary or parsed.entries[0].content


def test_pictures_written_into_a_feed_cost_no_entry() -> None:
    picture = (
        "&lt;p&gt;Seen at noon.&lt;/p&gt;&lt;img src=&quot;data:image/png;base64," + "QUJD" * 30_000 + "&quot;&gt;"
    )
    parsed = parse_feed(feed("".join(item(number, picture) for number in range(60))).encode(), URL)
    assert (len(parsed.entries), parsed.lost) == (60, 0)
    assert parsed.entries[7].summary == "Seen at noon."


def test_an_entry_too_large_by_itself_is_left_out() -> None:
    body = feed(item(1, "One.") + item(2, "x " * MAX_BYTES) + item(3, "Three.")).encode()
    parsed = parse_feed(body, URL)
    assert [entry.title for entry in parsed.entries] == ["Item 1", "Item 3"]
    assert parsed.lost == 1


def test_a_large_json_feed_is_read() -> None:
    items = [{"id": str(number), "title": f"Item {number}", "content_text": "word " * 2000} for number in range(800)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Q", "items": items}).encode()
    assert len(body) > MAX_BYTES
    assert len(parse_feed(body, URL).entries) == 800


def test_what_is_large_and_no_feed_is_refused_unread() -> None:
    assert shorten(b"<p>" * MAX_BYTES).body == b"<p>" * MAX_BYTES
    with pytest.raises(FeedError, match="too large"):
        parse_feed(b"<p>" * MAX_BYTES, URL)


@pytest.mark.parametrize(
    "before",
    [
        "<br />\n<b>Notice</b>:  Undefined index: id in <b>/srv/w/feed.php</b> on line <b>7</b><br />\n",
        "<b>Deprecated</b>: implode(): <i>order</i> of arguments<br>\n",
        "<script>window.start = Date.now()</script>\n",
        '<div id="bar" style="display:none">x</div>',
        '<link rel="stylesheet" href="/a.css">\n\n',
        "Warning: session_start() <unknown> at 3\n",
        "<!-- cached 12:01 --><style>p { margin: 0 }</style>",
    ],
)
def test_what_a_server_prints_before_the_feed_is_passed_over(before: str) -> None:
    parsed = parse_feed((before + feed(item(2, "Two.") + item(1, "One."))).encode(), URL)
    assert [(entry.title, entry.summary) for entry in parsed.entries] == [("Item 2", "Two."), ("Item 1", "One.")]


def test_and_before_a_json_feed() -> None:
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Q", "items": [{"id": "1", "title": "One"}]}
    parsed = parse_feed(b"<br />\n<b>Notice</b>: x {y}<br />\n" + json.dumps(told).encode(), URL)
    assert [entry.title for entry in parsed.entries] == ["One"]


def test_a_page_that_shows_a_feed_is_still_a_page() -> None:
    page = f"<!DOCTYPE html><html><body><p>How to write one: <pre>{feed(item(1, 'One.'))}</pre></body></html>"
    with pytest.raises(FeedError, match="HTML page"):
        parse_feed(page.encode(), URL)
