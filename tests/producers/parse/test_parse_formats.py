"""Every format that a publisher may offer, read into the same entries; what is none says so in one line."""

import json
from datetime import UTC, datetime

import pytest
from written_feeds import URL, atom, rss

from producers.parse import FeedError, parse_feed, report, step

NOON = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)


def test_rss_20() -> None:
    feed = parse_feed(
        rss(
            "<title>Ferry back in service</title><link>https://harbour.example/1</link><guid>tag:1</guid>"
            "<pubDate>Fri, 03 May 2024 14:00:00 +0200</pubDate><dc:creator>Ada Quay</dc:creator>"
            "<category>Harbour</category><category>Ferries</category><description>It sails again.</description>"
            "<content:encoded>&lt;p&gt;It sails again, after a year.&lt;/p&gt;</content:encoded>",
            channel="<language>en-gb</language><ttl>30</ttl>",
        ),
        URL,
    )
    [entry] = feed.entries
    assert (feed.title, feed.link, feed.language, feed.ttl_minutes) == (
        "The Harbour Post",
        "https://harbour.example/",
        "en-gb",
        30,
    )
    assert (entry.guid, entry.title, entry.link) == ("tag:1", "Ferry back in service", "https://harbour.example/1")
    assert (entry.published, entry.updated) == (NOON, None)
    assert (entry.authors, entry.tags) == (("Ada Quay",), ("Harbour", "Ferries"))
    assert entry.summary.startswith("It sails again")
    assert entry.content == "<p>It sails again, after a year.</p>"


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0", "2.0.1", ""])
def test_rss_of_every_age(version: str) -> None:
    body = f'<rss version="{version}"><channel><item><title>Old tide</title></item></channel></rss>'
    assert [entry.title for entry in parse_feed(body.encode(), URL).entries] == ["Old tide"]


@pytest.mark.parametrize("namespace", ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"])
def test_rdf(namespace: str) -> None:
    body = (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{namespace}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title></channel>'
        '<item rdf:about="https://harbour.example/2"><title>Sluice opened</title>'
        "<link>https://harbour.example/2</link><dc:date>2024-05-03T12:00:00Z</dc:date></item></rdf:RDF>"
    )
    [entry] = parse_feed(body.encode(), URL).entries
    assert (entry.title, entry.link, entry.published or entry.updated) == (
        "Sluice opened",
        "https://harbour.example/2",
        NOON,
    )


def test_atom_10_in_its_own_language_with_several_authors() -> None:
    [entry] = parse_feed(
        atom(
            '<id>urn:1</id><title type="html">Pilots &amp;amp; tugs</title><link href="/p/1"/>'
            '<link rel="enclosure" href="/p/1.mp3"/><published>2024-05-03T12:00:00Z</published>'
            "<updated>2024-05-03T13:00:00Z</updated><author><name>Ada Quay</name></author>"
            '<author><name>Bo Pier</name></author><content type="xhtml" xml:lang="fr">'
            '<div xmlns="http://www.w3.org/1999/xhtml"><p>Le port</p></div></content>'
        ),
        URL,
    ).entries
    assert (entry.title, entry.link) == ("Pilots & tugs", "https://harbour.example/p/1")
    assert entry.published == NOON
    assert entry.updated == NOON.replace(hour=13)
    assert entry.authors == ("Ada Quay", "Bo Pier")
    assert "<p>Le port</p>" in entry.content
    assert entry.language == "en"


def test_atom_03() -> None:
    body = (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Low water</title>'
        "<issued>2024-05-03T12:00:00Z</issued></entry></feed>"
    )
    [entry] = parse_feed(body.encode(), URL).entries
    assert (entry.title, entry.published) == ("Low water", NOON)


def test_json_feed_of_both_versions() -> None:
    item = {"id": 7, "url": "/7", "title": "Buoy &amp; bell", "content_text": "It rings.\nStill.", "tags": ["sea"]}
    old = {"version": "https://jsonfeed.org/version/1", "title": "T", "author": {"name": "Ada"}, "items": [item]}
    new = old | {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [item | {"authors": [{"name": "Bo"}], "date_published": "2024-05-03T12:00:00Z"}],
    }
    [entry] = parse_feed(json.dumps(old).encode(), URL).entries
    assert (entry.guid, entry.title, entry.link) == ("7", "Buoy & bell", "https://harbour.example/7")
    assert (entry.content, entry.authors, entry.tags) == ("<p>It rings.</p><p>Still.</p>", ("Ada",), ("sea",))
    feed = parse_feed(json.dumps(new).encode(), URL)
    assert (feed.hub, feed.language, feed.entries[0].authors) == ("https://hub.example/", "en", ("Bo",))
    assert feed.entries[0].published == NOON


def test_news_sitemap() -> None:
    body = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
        "<url><loc>https://harbour.example/about</loc></url>"
        "<url><loc>https://harbour.example/9</loc><news:news><news:publication><news:name>The Harbour Post"
        "</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2024-05-03T12:00:00Z</news:publication_date><news:title>Dredger aground</news:title>"
        "<news:keywords>harbour, dredging</news:keywords></news:news>"
        "<image:image><image:loc>https://harbour.example/9.jpg</image:loc><image:title>Mud</image:title></image:image>"
        "</url></urlset>"
    )
    feed = parse_feed(body.encode(), URL)
    [entry] = feed.entries
    assert (feed.title, entry.title, entry.link) == (
        "The Harbour Post",
        "Dredger aground",
        "https://harbour.example/9",
    )
    assert (entry.published, entry.language, entry.tags) == (NOON, "en", ("harbour", "dredging"))


def test_text_and_title_of_the_media_module_where_there_is_no_other() -> None:
    media = "<media:group><media:title>Tide</media:title><media:description>It rises.</media:description></media:group>"
    [entry] = parse_feed(rss(f"<link>/v</link>{media}"), URL).entries
    assert (entry.title, entry.summary) == ("Tide", "It rises.")


def test_the_longest_content_is_kept_and_plain_content_stays_plain() -> None:
    [entry] = parse_feed(
        atom('<title>t</title><content type="text">5 &lt; 6 &amp; so on</content><summary>Short</summary>'), URL
    ).entries
    assert entry.content == "<p>5 &lt; 6 &amp; so on</p>"
    [entry] = parse_feed(
        rss("<description>Short</description><content:encoded>A &lt;b&gt;longer&lt;/b&gt; one</content:encoded>"), URL
    ).entries
    assert entry.content == "A <b>longer</b> one"


def test_what_a_feed_says_of_itself() -> None:
    feed = parse_feed(
        rss(
            channel='<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="/feed.xml"/>'
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
        ),
        URL,
    )
    assert (feed.hub, feed.self_url, feed.ttl_minutes) == ("https://hub.example/", URL, 360)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"hello, there is nothing here", "neither XML nor JSON"),
        (b"<!doctype html><html><head><title>Sorry</title></head><body>no</body></html>", "an HTML page"),
        (b'<?xml version="1.0"?><note><to>you</to></note>', "<note>"),
        (b"<sitemapindex><sitemap><loc>https://harbour.example/s.xml</loc></sitemap></sitemapindex>", "index"),
        (b"<urlset><url><loc>https://harbour.example/</loc></url></urlset>", "a sitemap without news"),
        (b'{"items": "none"}', "no JSON Feed"),
        (b'{"items": [', "does not parse"),
        (b"[" * 100_000, "does not parse"),
        (b"\x00" * 1000, "neither XML nor JSON"),
    ],
)
def test_what_is_no_feed_is_named_in_one_line(body: bytes, what: str) -> None:
    with pytest.raises(FeedError, match=what) as caught:
        parse_feed(body, URL)
    line = str(caught.value)
    assert line.startswith(URL)
    assert "\n" not in line


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse_feed(rss(), URL).entries == ()


def test_the_report_of_a_file_is_plain_json() -> None:
    told = report("a.xml", rss("<title>Tide</title><link>/1</link>"))
    assert json.loads(json.dumps(told)) == told
    assert (told["file"], told["error"]) == ("a.xml", None)
    assert set(told["entries"][0]) == {"id", "title", "link", "published", "updated", "author", "summary", "content"}
    assert told["entries"][0]["link"] == "/1", "where no address is known a relative link stays"
    failed = report("b.xml", b"no")
    assert failed["entries"] == []
    assert "neither" in failed["error"]


def test_the_step_takes_text_or_base64_and_says_what_is_missing() -> None:
    body = rss("<title>Tide</title>")
    assert step({"id": 1, "url": URL, "body": body.decode()})["entries"][0]["title"] == "Tide"
    encoded = "PHJzcz48Y2hhbm5lbD48aXRlbT48dGl0bGU+VGlkZTwvdGl0bGU+PC9pdGVtPjwvY2hhbm5lbD48L3Jzcz4="
    assert step({"id": 2, "url": URL, "body_base64": encoded})["entries"][0]["title"] == "Tide"
    assert "body" in step({"id": 3})["error"]
    assert "base64" in step({"id": 4, "body_base64": "???"})["error"]
