"""The pages, as they are sent: everything escaped, nothing inline, and forms that lead back."""

import html
import re
from datetime import timedelta
from urllib.parse import urlencode

import httpx
import pytest
from served_api import Served, delivery
from wire_articles import NOON, placed, wire_article

from schemas.article import Entity

HTML = {"Accept": "text/html"}


def asked(here: Served, path: str, status: int = 200) -> str:
    answer = httpx.get(here.address + path, headers=HTML, timeout=60)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    return answer.text


def sent(here: Served, path: str, **form: str) -> httpx.Response:
    return httpx.post(here.address + path, data=form, headers=HTML, follow_redirects=True, timeout=60)


def test_the_wire_has_a_line_a_story_and_names_that_filter(here: Served) -> None:
    at = NOON + timedelta(minutes=5)
    copy = wire_article("copy", "A dam.", title="The dam, again", story_id="dam", first_seen=at, source="other.example")
    here.pipeline.store.write([copy])
    page = asked(here, "/")
    assert page.index("The ferry sails") < page.index("The dam, again")
    assert "The dam holds" not in page
    assert '2 articles, 2 origins, first by <span class="first">quay.example' in page
    filtered = asked(here, "/?q=person%3A%22Per+Holm%22")
    assert "The ferry sails" in filtered
    assert "The dam" not in filtered


def test_search_shows_what_met_the_query_and_what_an_alert_would_have_told(here: Served) -> None:
    page = asked(here, "/search?q=halvern")
    assert "dam at <mark>Halvern</mark> will hold" in page
    assert "It would have told 1 in 7 days" in page
    assert "when 3 times as usual" in sent(here, "/alerts", name="dam", query="dam", policy="story", growth="3").text
    assert "when 3 times as usual" in sent(here, "/alerts", name="dam", query="halvern", policy="story").text
    for wrong in ("often", "0.5", "nan"):
        said = sent(here, "/alerts", name="dam", query="dam", policy="story", growth=wrong).text
        assert "is not how many times as usual" in said
    assert "when 3 times" not in sent(here, "/alerts", name="dam", query="dam", policy="story", growth="0").text
    assert "the query ends too early" in asked(here, "/search?q=%28", 422)


def test_an_article_has_its_names_and_quotes_in_place(here: Served) -> None:
    page = asked(here, "/articles/dam")
    assert re.search(r'<q class="said"[^>]*title="Ilse Brandt">The dam at </q>', page)
    assert re.search(r'<a class="name place"[^>]*>Halvern</a>', page)
    assert "there is no such article" in asked(here, "/articles/nobody", 404)


def test_who_said_what(here: Served) -> None:
    assert "The dam at Halvern will hold." in asked(here, "/quotes?speaker=brandt")
    assert "No quotes were found" in asked(here, "/quotes?speaker=holm")
    assert "does not parse" not in asked(here, "/quotes")


def test_a_person_s_page_has_what_they_said_and_with_whom(here: Served) -> None:
    assert 'href="/people/Ilse%20Brandt"' in asked(here, "/articles/dam")
    page = asked(here, "/people/Ilse%20Brandt")
    assert "1 quote in 1 article, 6 words" in page
    assert ("The dam at Halvern will hold." in page, '>Halvern</a> <span class="number">1<' in page) == (True, True)
    assert "nobody of that name" in asked(here, "/people/nobody", 404)


def test_a_story_is_in_the_order_in_which_it_appeared(here: Served) -> None:
    assert "1 article, 1 origin, first by quay.example" in asked(here, "/stories/dam")
    assert "there is no such story" in asked(here, "/stories/nobody", 404)


def test_a_briefing_has_headlines_and_quotes_of_its_day(here: Served) -> None:
    page = asked(here, "/briefing")
    assert "Briefing, 2026-03-02" in page
    assert '<a class="speaker" href="/people/Ilse%20Brandt">Ilse Brandt</a>' in page
    assert 'href="https://quay.example/dam"' in page
    assert ("The ferry sails" in page, "Two engineers" in page) == (True, False)
    assert "The ferry sails" not in asked(here, "/briefing?q=halvern")
    assert "No articles of that day." in asked(here, "/briefing?day=0001-01-01")
    assert "is not a day" in asked(here, "/briefing?day=9999-12-31", 422)
    assert "there is no time zone Mars" in asked(here, "/briefing?zone=Mars", 422)
    assert "the query ends too early" in asked(here, "/briefing?q=%28", 422)


def test_a_briefing_is_had_each_day(here: Served) -> None:
    assert 'name="policy" value="briefing"' in asked(here, "/briefing?q=halvern&zone=Europe/Kyiv")
    form = {"query": "halvern", "policy": "briefing", "channels": "json://desk.example", "zone": "Europe/Kyiv"}
    assert "briefing at 08:00 Europe/Kyiv" in sent(here, "/alerts", name="Morning", digest="08:00", **form).text
    assert "briefing at mon 08:00 Europe/Kyiv" in sent(here, "/alerts", name="Morning", digest="mon 08:00", **form).text
    assert "briefing at mon 08:00 Europe/Kyiv" in sent(here, "/alerts", name="Morning", **form).text
    assert "<option selected>story</option>" in asked(here, "/alerts")
    assert "is no time of a digest" in sent(here, "/alerts", name="Morning", digest="noon", **form).text
    mars = form | {"zone": "Mars"}
    assert "there is no time zone Mars" in sent(here, "/alerts", name="Morning", digest="08:00", **mars).text


def test_the_map_shows_where_and_how_often(here: Served) -> None:
    mad = '"><script>Kyiv'
    here.pipeline.store.write([placed("a", f"Rain in {mad}.", mad, 50.45, 30.52, url="https://quay.example/a")])
    page = asked(here, "/map?q=rain")
    assert (
        '<circle cx="30.52" cy="-50.45" r="1.9"><title>&#34;&gt;&lt;script&gt;Kyiv: 1 story, 1 article</title>' in page
    )
    assert (page.count("<script"), "land.svg" in page) == (2, True)
    href = re.search(r'<a class="open" href="([^"]*)"', asked(here, "/map?q=rain+OR+dam"))
    assert href
    assert "<strong>1 article</strong>" in asked(here, html.unescape(href[1]))
    assert "No place of a known position" in asked(here, "/map?q=halvern")
    assert "No place of a known position" in asked(here, "/map?until=2026-03-01")
    near = asked(here, "/map?q=rain&lon=30&lat=50&zoom=4")
    assert ('viewBox="-15 -72.5 90 45"' in near, 'r="0.475"' in near) == (True, True)
    assert "No place of a known position is named here." in asked(here, "/map?q=rain&lon=-95&lat=42&zoom=3")
    assert 'name="zoom" value="4"' in near
    assert "--since: “soon” is not a time" in asked(here, "/map?since=soon", 422)
    assert "the query ends too early" in asked(here, "/map?q=%28", 422)


def test_an_alert_is_made_changed_keeps_its_channels_and_is_removed(here: Served) -> None:
    page = sent(here, "/alerts", name="dam", query="dam", policy="every", channels="json://user:s3cret@desk.example")
    assert ("json://desk.example" in page.text, "s3cret" in page.text) == (True, False)
    page = sent(here, "/alerts", name="dam", query="halvern", policy="story", channels="")
    assert ("<code>halvern</code>" in page.text, "json://desk.example" in page.text) == (True, True)
    stays = {"query": "dam", "channels": ["json://desk.example"], "cooldown_minutes": 7, "paused": True}
    here.client.put("/alerts/dam", json=stays)
    page = sent(here, "/alerts", name="dam", query="halvern", policy="story", channels="")
    assert ("story, 7 minutes apart" in page.text, "(paused)" in page.text) == (True, True)
    here.pipeline.store.record([delivery()])
    assert "kept" in asked(here, "/alerts")
    assert "the query ends too early" in sent(here, "/alerts", name="x", query="(", policy="story").text
    assert "No alerts are on" in sent(here, "/alerts/remove", name="dam").text


def test_a_feed_is_watched_polled_and_left(here: Served) -> None:
    assert "https://quay.example/feed.xml" in sent(here, "/feeds", url="https://quay.example").text
    assert "no feed that could be found" in sent(here, "/feeds", url="https://nothing.example").text
    assert sent(here, "/feeds/poll", url="https://quay.example/feed.xml").status_code == 200
    assert "No feeds are watched" in sent(here, "/feeds/remove", url="https://quay.example/feed.xml").text


def test_operations_prove_the_ledger_on_request(here: Served) -> None:
    assert "Balanced" not in asked(here, "/operations")
    assert "Balanced: nothing is lost." in asked(here, "/operations?ledger=true")


def test_operations_say_what_came_in_by_the_hour(here: Served) -> None:
    page = asked(here, "/operations")
    assert "2 articles in 24 hours: 0 in this hour so far, 1 in the one before." in page
    assert re.search(r'href="/search\?q=first_seen%3A[-0-9T]+"', page)


HOSTILE = '<script>alert(1)</script><svg onload=alert(2)> "><img src=x onerror=alert(3)> {{ 7 * 7 }}'


def test_what_turns_words_around_is_shown_as_what_it_is(here: Served) -> None:
    at = NOON + timedelta(hours=1, minutes=1)
    here.pipeline.store.write([wire_article("bidi", "A \u202edam\u202c.", title="\u202emad", first_seen=at)])
    assert "&lt;U+202E&gt;mad" in asked(here, "/")
    assert "\u202e" not in asked(here, "/articles/bidi")


def test_an_article_s_words_are_never_markup(here: Served) -> None:
    text = f"{HOSTILE}\n{'x' * 100_000}"
    name = Entity(start=0, end=8, kind="person", text="<script>", name='"><script>alert(4)</script>')
    hostile = wire_article(
        "hostile",
        text,
        title=HOSTILE,
        source=HOSTILE,
        url="javascript:alert(5)",
        first_seen=NOON + timedelta(hours=1, minutes=1),
    )
    here.pipeline.store.write([hostile.model_copy(update={"entities": (name,)})])
    for path in ("/", "/search?q=script", "/articles/hostile", "/stories/hostile", "/quotes", "/briefing"):
        page = asked(here, path)
        assert re.findall(r"<script(?! src=\"/static/)", page) == []
        assert re.search(r"<(svg|img)\b", page) is None
        assert "javascript:" not in page
        assert re.search(r"<[^>]* on\w+=", page.replace("&lt;", "")) is None
        assert "49" not in page or "{{" in page


@pytest.mark.parametrize("path", ["/", "/alerts", "/feeds", "/search?q=dam"])
def test_from_elsewhere_a_browser_is_led_to_where_one_signs_in(here: Served, path: str) -> None:
    answer = httpx.get(here.address + path, headers=HTML | {"Host": "news.example"}, timeout=60)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?{urlencode({'next': path})}")
    assert "The dam" not in answer.text


@pytest.mark.parametrize(
    ("path", "status", "line"),
    [
        ("/nowhere", 404, "Not Found"),
        ("/map?zoom=99", 422, "zoom: Input should be less than or equal to 32"),
        ("/quotes?q=%28", 422, "the query ends too early"),
        ("/stories/nobody", 404, "there is no such story"),
    ],
)
def test_what_goes_wrong_is_a_page_too(here: Served, path: str, status: int, line: str) -> None:
    assert line in asked(here, path, status)
