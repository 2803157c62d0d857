"""Pages of our own writing, and what is their article and what is only their page."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producers.fulltext import Page, extract

URL = "https://harbour.example/news/1"
PARAGRAPHS = [
    "The ferry between the two quays sails again after a year in dock, the harbour master said on Friday morning.",
    "Its engines were taken out and rebuilt by the yard’s own people, who had never done so much on one ship before.",
    "“We waited for this day,” said the mate, who has been on board since the ship was new, and who will stay on.",
    "The first crossing was full; the second had to leave twenty people on the quay, and nobody seemed to mind it.",
    "Tickets cost what they did before the repair. The council pays for the rest until the end of the coming year.",
]


def page(*, head: str = "", before: str = "", within: str = "", after: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:3])
    rest = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[3:])
    return (
        "<!doctype html><html lang='en'><head><title>Ferry sails again - The Harbour Post</title>"
        f"<meta property='og:title' content='Ferry sails again after a year'>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li></ul></nav>"
        f"{before}<article><h1>Ferry sails again after a year</h1>{body}{within}{rest}</article>{after}"
        "<footer><p>Copyright The Harbour Post</p></footer></body></html>"
    )


def text_of(html: str) -> str:
    return extract(html, URL).text


def test_the_article_and_nothing_else() -> None:
    assert text_of(page()).split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "within",
    [
        "<ul><li><a href='/2'>Dredger aground</a></li><li><a href='/3'>Low water</a></li></ul>",
        "<p><a href='/2'>Read more about the dredger that ran aground last week</a></p>",
        "<div><figcaption><p>The ferry on Friday. Photo: Ada Quay, who was there.</p></figcaption></div>",
        "<p>Advertisement</p>",
        "<p>Read more: the dredger that ran aground</p>",
        "<p>Auch interessant</p>",
        "<script>track('reader')</script>",
        "<p>ALSO READ: the dredger that ran aground</p>",
        "<p>Got a story? Write to the quay desk at desk@harbour.example</p>",
        "<p>(Additional reporting by Ada Quay; editing by Bo Pier)</p>",
        "<ul><li><b>Ships:</b> <a href='/2'>Dredger aground</a></li><li>Tides: <a href='/3'>Low water</a></li></ul>",
        "<div class='article__infobox-text'><p>The harbour has had two quays since 1911, and one dock.</p></div>",
        "<section id='storyFactbox'><p>The harbour has had two quays since 1911, and one dock between.</p></section>",
        "<article><p>The dredger ran aground at low water, and nobody knows who was at the helm of it.</p></article>",
    ],
)
def test_what_leads_elsewhere_is_no_paragraph(within: str) -> None:
    assert text_of(page(within=within)).split("\n") == PARAGRAPHS


def test_a_sentence_with_the_same_words_stays() -> None:
    within = "<p>The advertisement said to read more and to sign up for the crossing, which many of them did.</p>"
    assert "to sign up for the crossing" in text_of(page(within=within))


def test_a_box_that_holds_most_of_the_text_is_the_article() -> None:
    html = page().replace("<article>", "<article class='print-only'>").replace("<h1>", "<article><h1>")
    assert text_of(html).split("\n") == PARAGRAPHS


def test_a_list_of_things_that_are_linked_stays() -> None:
    within = "<ul><li>The <a href='/s'>ship</a>, which was built at this yard in 1911</li><li>The dock itself</li></ul>"
    assert "which was built at this yard" in text_of(page(within=within))


LEAD = "After a year in dock the ferry is back, and the first crossing was full. What has changed, and who pays for it"


@pytest.mark.parametrize("said", [f"{LEAD}.", f"{LEAD[:90]}...", f"{LEAD[:95]} …"])
@pytest.mark.parametrize("place", ["", "<b>QUAYSIDE.</b> "])
def test_the_lead_above_the_article_is_its_first_line(said: str, place: str) -> None:
    head = f'<meta name="description" content="{said}">'
    html = page(head=head, before=f"<header><div><h2>{place}{LEAD}.</h2></div></header>")
    first, *rest = text_of(html).split("\n")
    assert (first, rest) == (f"{'QUAYSIDE. ' if place else ''}{LEAD}.", PARAGRAPHS)


@pytest.mark.parametrize(
    "before",
    [
        "",
        f"<div><a href='/news/1'>{LEAD}</a></div>",
        f"<aside><p>{LEAD}</p></aside>",
        f"<div><p>Today {'and every day ' * 20}{LEAD}</p></div>",
        f"<div><p>{LEAD}{' and every day' * 20}</p></div>",
    ],
)
def test_a_description_that_is_no_line_of_the_article_is_no_lead(before: str) -> None:
    html = page(head=f'<meta property="og:description" content="{LEAD}">', before=before)
    assert text_of(html).split("\n")[0] == PARAGRAPHS[0]


def test_a_lead_that_the_text_holds_already_comes_once() -> None:
    html = page(head=f'<meta name="description" content="{PARAGRAPHS[0]}">', before=f"<p>{PARAGRAPHS[0]}</p>")
    assert text_of(html).count(PARAGRAPHS[0]) == 1


def test_words_with_their_readings_are_no_lines_of_their_own() -> None:
    read = "<ruby>弾劾<rp>（</rp><rt>だんがい</rt><rp>）</rp></ruby>"
    assert "to the word 弾劾（だんがい） and" in text_of(
        page(within=f"<p>The mate pointed to the word {read} and was silent.</p>")
    )


def test_bylines_and_sources_at_the_end_go() -> None:
    html = page().replace("</article>", "<p>Ada Quay</p><p>Source: Quay Wire</p></article>")
    assert text_of(html).split("\n") == PARAGRAPHS


def test_title_date_language_and_canonical_address() -> None:
    head = (
        "<link rel='canonical' href='https://harbour.example/news/ferry'>"
        "<meta property='article:published_time' content='2024-05-03T10:00:00+02:00'>"
    )
    found = extract(page(head=head), URL + "?utm_source=x")
    assert (found.title, found.url) == ("Ferry sails again after a year", "https://harbour.example/news/ferry")
    assert found.published == datetime(2024, 5, 3, tzinfo=UTC)
    assert found.wall is None


@pytest.mark.parametrize(
    "shown", ["Ferry sails again after a year | Post", "Ferry sails again after a year – Post – 3.5.2024"]
)
def test_the_site_s_name_is_no_part_of_the_title(shown: str) -> None:
    html = page().replace("content='Ferry sails again after a year'", f"content='{shown}'")
    assert extract(html, URL).title == "Ferry sails again after a year"


def test_a_dash_within_the_title_stays() -> None:
    html = page().replace("Ferry sails again after a year", "Ferry sails again - after a year")
    assert extract(html, URL).title == "Ferry sails again - after a year"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_bytes_are_read_by_what_they_are(encoding: str) -> None:
    head = f"<meta charset='{encoding}'>"
    assert "yard’s own people" in extract(page(head=head).encode(encoding), URL).text


def test_a_wrong_decoding_is_undone_before_extraction_deletes_half_of_it() -> None:
    damaged = page().encode("utf-8").decode("latin-1")
    assert "yard’s own people" in text_of(damaged)
    assert "â" not in text_of(damaged)


@pytest.mark.parametrize(
    ("html", "wall"),
    [
        (page(head='<script type="application/ld+json">{"isAccessibleForFree": false}</script>'), "paywall"),
        (page(head='<meta name="article:content_tier" content="locked">'), "paywall"),
        (page(), None),
        (
            "<html><head><title>Before you continue</title></head><body><div><p>We and our partners use cookies to "
            "give you the best of our site, to measure it, and to show you advertising that may concern you.</p>"
            "<p>You may give your consent or refuse it, and change your mind at any time on the settings page.</p>"
            "<button>Accept all</button></div></body></html>",
            "consent",
        ),
        (
            "<html><head><title>Just a moment...</title></head><body><div><p>Checking your browser before you enter "
            "harbour.example. This takes a few seconds, and then you will be led to the page you wanted.</p>"
            "<p>Enable JavaScript and cookies to continue to the page that you wanted to see.</p></div></body></html>",
            "robot",
        ),
    ],
)
def test_walls_are_named(html: str, wall: str | None) -> None:
    assert extract(html, URL).wall == wall


def test_an_article_about_cookies_is_no_wall() -> None:
    about = "".join(
        f"<p>We use cookies, said witness {n}; the court heard how they are counted and sold.</p>" for n in range(30)
    )
    assert extract(page(within=about), URL).wall is None


@pytest.mark.parametrize("html", ["", "no markup", "<html></html>", "<" * 10_000, "<div>" * 50_000, "x" * 5_000_000])
def test_what_has_no_article_is_an_empty_page(html: str) -> None:
    assert extract(html, URL).text in ("", "no markup")


@settings(max_examples=30)
@given(st.binary(max_size=400))
def test_any_bytes_are_survived(html: bytes) -> None:
    assert isinstance(extract(html, URL), Page)
