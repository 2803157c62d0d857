"""The traps that real feeds set, each with a feed of our own that sets it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_feeds import RSS_HEAD, RSS_TAIL, URL, atom, rss

from producers.parse import FeedError, parse_feed
from producers.parse.markup import absolute, to_line, to_text


def titles(body: bytes, headers: dict[str, str] | None = None) -> list[str]:
    return [entry.title for entry in parse_feed(body, URL, headers or {}).entries]


def test_one_bad_byte_does_not_turn_the_feed_into_mojibake() -> None:
    body = rss("<title>Kyiv’s café, Zürich’s “quay”</title>").replace(b"</title></item>", b" \xff</title></item>")
    [title] = titles(body)
    assert title.startswith("Kyiv’s café, Zürich’s “quay”")


def test_windows_1252_declared_as_utf_8_is_read_as_what_it_is() -> None:
    body = (RSS_HEAD + "<item><title>Kyiv’s “quay”</title></item>" + RSS_TAIL).encode("windows-1252")
    assert titles(body) == ["Kyiv’s “quay”"]


def test_utf_8_declared_as_latin_1_is_read_as_what_it_is() -> None:
    body = rss("<title>Kyiv’s café</title>").replace(b"utf-8", b"iso-8859-1", 1)
    assert titles(body) == ["Kyiv’s café"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1251", "koi8-r"])
def test_declared_encodings_and_byte_order_marks(encoding: str) -> None:
    text = (RSS_HEAD + "<item><title>Паром снова ходит по расписанию</title></item>" + RSS_TAIL).replace(
        "utf-8", encoding.removesuffix("-sig"), 1
    )
    assert titles(text.encode(encoding)) == ["Паром снова ходит по расписанию"]


def test_the_charset_of_http_is_a_fallback() -> None:
    body = '<rss version="2.0"><channel><item><title>Паром снова ходит</title></item></channel></rss>'
    headers = {"Content-Type": "application/xml; charset=windows-1251"}
    assert titles(body.encode("windows-1251"), headers) == ["Паром снова ходит"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rope &amp; sail", "Rope & sail"),
        ("Rope & sail, AT&T and R&D;", "Rope & sail, AT&T and R&D;"),
        ("Kyiv&rsquo;s&nbsp;quay", "Kyiv’s quay"),
        ("A&#xD800;B&#0;C&#x110000;D", "ABCD"),
        ("Bell\x07 and \x00null", "Bell and null"),
        ("&lt;b&gt;Bold&lt;/b&gt; &amp;amp; plain", "Bold & plain"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Tide", "Tide"),
        ("<![CDATA[Ropes & <i>sails</i>]]>", "Ropes & sails"),
        ("List&lt;String&gt; explained, 3 &lt; 5", "List<String> explained, 3 < 5"),
        ("  two\n lines ", "two lines"),
        ("&#X41;bc", "Abc"),
    ],
)
def test_titles_come_as_text(written: str, read: str) -> None:
    assert titles(rss(f"<title>{written}</title><link>https://harbour.example/1</link>")) == [read]


@pytest.mark.parametrize(
    "broken",
    [
        lambda body: b"\n\n" + body,
        lambda body: b"<!-- made by hand -->\n" + body,
        lambda body: b"<?xml version='1.0'?>\n" + body,
        lambda body: b"Warning: deprecated in feed.php on line 3\n" + body,
        lambda body: body + b"<!-- cached --> trailing words",
        lambda body: body.removesuffix(b"</channel></rss>"),
        lambda body: body.replace(b"<title>Tide", b"<title><br>Tide<img src=1.png>", 1),
        lambda body: body.replace(b"<item>", b'<item><media:x url=1 w=2/><enclosure length=3 url="a&b"/>'),
        lambda body: body.replace(b'xmlns:media="http://search.yahoo.com/mrss/"', b""),
        lambda body: body.replace(b"<item>", b"<item><odd:thing>1</odd:thing>"),
    ],
)
def test_a_badly_written_feed_is_read_all_the_same(broken: Callable[[bytes], bytes]) -> None:
    body = rss("<title>Tide</title><media:credit>Ada</media:credit><link>https://harbour.example/1</link>")
    [entry] = parse_feed(broken(body), URL).entries
    assert (entry.title, entry.link) == ("Tide", "https://harbour.example/1")


def test_elements_under_an_undeclared_prefix_of_rss() -> None:
    body = (
        "<?xml?xml version='1.0' ??><rss rss:version=2.0><rss:channel><rss:item><rss:title>Tide</rss:title>"
        "<rss:link>https://harbour.example/1</rss:link></rss:item></rss:channel></rss>"
    )
    assert titles(body.encode()) == ["Tide"]


@pytest.mark.parametrize(
    ("link", "resolved"),
    [
        ("/news/1", "https://harbour.example/news/1"),
        ("?id=1", "https://harbour.example/feed.xml?id=1"),
        ("//cdn.example/1", "https://cdn.example/1"),
        ("  https://harbour.example/a b ", "https://harbour.example/a b"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://[broken", None),
    ],
)
def test_links_are_resolved_and_only_web_addresses_stay(link: str, resolved: str | None) -> None:
    [entry] = parse_feed(rss(f"<title>t</title><link>{link}</link>"), URL).entries
    assert entry.link == resolved


def test_xml_base_counts_where_a_feed_gives_it() -> None:
    body = atom('<title>t</title><link href="b.html"/>').replace(b"<entry>", b'<entry xml:base="/deep/">')
    assert parse_feed(body, URL).entries[0].link == "https://harbour.example/deep/b.html"


def test_a_permalink_guid_is_the_link_where_there_is_no_other() -> None:
    first, second = parse_feed(
        rss("<guid>https://harbour.example/5</guid>", '<guid isPermaLink="false">five</guid>'), URL
    ).entries
    assert (first.link, second.link) == ("https://harbour.example/5", None)


def test_the_article_behind_a_feed_proxy() -> None:
    body = rss(
        '<link>https://proxy.example/~r/1</link><f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">'
        "https://harbour.example/1</f:origLink>"
    )
    assert parse_feed(body, URL).entries[0].link == "https://harbour.example/1"


def test_a_guid_that_repeats_is_marked_and_an_entry_shown_twice_is_not() -> None:
    same = "<title>Twice</title><guid>b</guid><link>https://harbour.example/b</link>"
    entries = parse_feed(
        rss(
            "<title>One</title><guid>a</guid><link>https://harbour.example/1</link>",
            "<title>Two</title><guid>a</guid><link>https://harbour.example/2</link>",
            same,
            same,
        ),
        URL,
    ).entries
    assert [entry.guid_repeats for entry in entries] == [True, True, False, False]
    assert not any(entry.link_repeats for entry in entries)


def test_a_link_to_the_front_page_in_every_entry_is_marked() -> None:
    front = "<link>https://harbour.example/</link>"
    entries = parse_feed(rss(f"<title>1</title>{front}", f"<title>2</title>{front}"), URL).entries
    assert all(entry.link_repeats for entry in entries)


def test_entries_that_differ_in_a_fragment_alone_are_told_apart_by_their_guids() -> None:
    entries = parse_feed(
        rss(*(f"<title>Post {n}</title><link>https://harbour.example/live#{n}</link><guid>{n}</guid>" for n in "ab")),
        URL,
    ).entries
    assert all(entry.link_repeats for entry in entries)
    assert not any(entry.guid_repeats for entry in entries)


@pytest.mark.parametrize(
    "other",
    [
        "<title>One, corrected</title><guid>a</guid><link>https://harbour.example/1</link>",
        "<title>One</title><guid>a-2</guid><link>https://harbour.example/1</link>",
        "<title>One</title><guid>a</guid><link>https://harbour.example/1?utm_source=rss</link>",
    ],
)
def test_one_article_shown_twice_keeps_its_identity(other: str) -> None:
    first = "<title>One</title><guid>a</guid><link>https://harbour.example/1</link>"
    entries = parse_feed(rss(first, other), URL).entries
    assert not any(entry.link_repeats or entry.guid_repeats for entry in entries)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("desk@harbour.example (Ada Quay)", "Ada Quay"),
        ("Ada Quay (desk@harbour.example)", "Ada Quay"),
        ("Ada Quay &lt;desk@harbour.example&gt;", "Ada Quay"),
        ("Ada Quay (mailto:desk@harbour.example)", "Ada Quay"),
        ("desk@harbour.example", "desk@harbour.example"),
        ("Ada Große-Quay", "Ada Große-Quay"),
    ],
)
def test_authors_are_names(written: str, name: str) -> None:
    assert parse_feed(rss(f"<author>{written}</author>"), URL).entries[0].authors == (name,)


def test_updated_is_not_invented_from_published() -> None:
    [entry] = parse_feed(rss("<title>t</title><pubDate>Fri, 03 May 2024 12:00:00 GMT</pubDate>"), URL).entries
    assert entry.published == datetime(2024, 5, 3, 12, tzinfo=UTC)
    assert entry.updated is None


def test_nothing_but_the_body_is_ever_opened(tmp_path: object) -> None:
    path = f"{tmp_path}/feed.xml"
    with open(path, "wb") as file:
        file.write(rss("<title>Local</title>"))
    for body in (path.encode(), f"file://{path}".encode(), b"http://127.0.0.1:9/feed"):
        with pytest.raises(FeedError):
            parse_feed(body, URL)


def test_markup_becomes_text_with_a_line_for_each_block() -> None:
    markup = (
        "<h1>Head</h1><script>var a = '<p>no</p>';</script><style>p {}</style><!-- no -->"
        "<p>First <b>bold</b>,&nbsp;then <a href='x>y'>more</a>.</p><ul><li>one</li><li>two</li></ul>last<br>line"
    )
    assert to_text(markup) == "Head\nFirst bold, then more.\none\ntwo\nlast\nline"


@given(st.text())
def test_text_from_any_markup_can_be_stored(markup: str) -> None:
    for text in (to_text(markup), to_line(markup)):
        text.encode("utf-8")
        assert "\x00" not in text


@given(st.text(), st.text())
def test_resolving_never_raises_and_never_leaves_the_web(base: str, link: str) -> None:
    resolved = absolute(f"https://harbour.example/{base}", link)
    assert resolved is None or resolved.startswith(("http://", "https://"))


def answer(body: bytes) -> str:
    """Nothing where the body is a feed, else the line that says what it is."""
    try:
        parse_feed(body, URL)
    except FeedError as error:
        return str(error)
    return ""


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_a_clear_error(body: bytes) -> None:
    assert "\n" not in answer(body)


@given(st.text(alphabet="<>&;/!?-[]CDATA=\"' \nabx#0:itemlk", max_size=120))
def test_any_markup_within_a_feed_is_survived(inner: str) -> None:
    assert "\n" not in answer(rss(f"<title>t</title>{inner}"))
