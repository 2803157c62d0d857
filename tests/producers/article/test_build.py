"""What an entry, its page, or a row of an import becomes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.article.body import MAX_BYTES, cut
from producers.article.build import RowError, from_row, make_article, unknown_names
from producers.fulltext import Page
from producers.parse import Entry
from schemas.article import Article

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)
FEED = "https://www.harbour.example/feed.xml"
LINK = "https://www.harbour.example/1"
LONG = "The ferry sails again after a year in dock. " * 10


def make(entry: Entry, page: Page | None = None) -> Article:
    return make_article(entry, FEED, page, NOW)


def row(**fields: object) -> Article:
    return from_row({"text": LONG} | fields, "import.jsonl", NOW)


def test_the_entry_alone() -> None:
    article = make(
        Entry(
            guid="1",
            title="Ferry",
            link=LINK,
            published=NOW,
            authors=("Ada",),
            summary="Short.",
            content="<p>Longer text.</p><p>Of two lines.</p>",
            language="en-GB",
            tags=("sea",),
        )
    )
    assert (article.title, article.text) == ("Ferry", "Longer text.\nOf two lines.")
    assert (article.url, article.feed, article.guid, article.source) == (LINK, FEED, "1", "harbour.example")
    assert (article.language, article.authors, article.tags) == ("en", ("Ada",), ("sea",))
    assert (article.published, article.published_flag, article.fetched_at) == (NOW, None, NOW)
    assert (article.original, article.repairs, article.truncated) == (None, 0, False)


def test_the_longer_text_wins_and_the_feed_names_the_article() -> None:
    entry = Entry(title="From the feed", link=LINK, summary="Short.")
    page = Page(text=LONG, title="From the page | Harbour", published=NOW - timedelta(days=1), language="en")
    article = make(entry, page)
    assert (article.text, article.title, article.language) == (LONG.strip(), "From the feed", "en")
    assert article.published == NOW - timedelta(days=1)
    assert make(Entry(link=LINK, content=f"<p>{LONG}</p>"), Page(text="Short.", title="T")).text == LONG.strip()
    assert make(Entry(link=LINK), page).title == "From the page | Harbour"


@pytest.mark.parametrize("wall", ["consent", "robot"])
def test_a_wall_is_no_article(wall: str) -> None:
    page = Page(text="We and our partners use cookies. " * 9, title="Before you continue", wall=wall)
    article = make(Entry(link=LINK, summary="What happened."), page)
    assert (article.text, article.title) == ("What happened.", "")


def test_a_page_behind_a_paywall_counts_only_where_it_says_more() -> None:
    assert make(Entry(link=LINK, summary=LONG), Page(text="The beginning.", wall="paywall")).text == LONG.strip()
    assert make(Entry(link=LINK, summary="Begin."), Page(text=LONG, wall="paywall")).text == LONG.strip()


def test_the_page_never_changes_the_identity() -> None:
    entry = Entry(title="t", link="https://proxy.example/r/1")
    alone, with_page = make(entry), make(entry, Page(text=LONG, url="https://harbour.example/1"))
    assert alone.id == with_page.id
    assert alone.revision != with_page.revision
    assert (with_page.url, with_page.source) == ("https://harbour.example/1", "harbour.example")
    assert make(entry, Page(text=LONG, url="https://harbour.example/")).url == entry.link, "a front page is no article"


def test_what_repeats_in_a_feed_is_no_identity() -> None:
    one, two = (Entry(guid="x", guid_repeats=True, title=title) for title in ("One", "Two"))
    assert make(one).id != make(two).id
    front = "https://harbour.example/"
    three, four = (Entry(guid=guid, link=front, link_repeats=True) for guid in "ab")
    assert make(three).id != make(four).id
    assert make(three).url == front, "it is still shown"


def test_an_edit_keeps_the_identity_even_without_link_and_guid() -> None:
    before, after = (make(Entry(title="Tide table", published=NOW, summary=text)) for text in ("High.", "Low."))
    assert before.id == after.id
    assert before.revision != after.revision
    tomorrow = make(Entry(title="Tide table", published=NOW + timedelta(days=1)))
    assert tomorrow.id != before.id


@pytest.mark.parametrize(
    ("published", "flag"),
    [
        (None, "missing"),
        (NOW, None),
        (NOW + timedelta(hours=20), None),
        (NOW + timedelta(days=2), "absurd"),
        (datetime(1970, 1, 1, tzinfo=UTC), "absurd"),
        (datetime(1987, 2, 26, tzinfo=UTC), None),
    ],
)
def test_dates_that_cannot_be_are_flagged_and_kept(published: datetime | None, flag: str | None) -> None:
    article = make(Entry(link=LINK, published=published))
    assert (article.published, article.published_flag) == (published, flag)


def test_updated_stands_in_for_published() -> None:
    article = make(Entry(link=LINK, updated=NOW))
    assert (article.published, article.updated) == (NOW, NOW)


def test_damage_is_repaired_before_anything_reads_it_and_the_original_kept() -> None:
    damaged = "The worldâs attention wonât last, and theyâre all waiting for it."
    article = make(Entry(link=LINK, title="Kyivâs plea: âGive us more of thisâ", summary=damaged))
    assert article.text == "The world’s attention won’t last, and they’re all waiting for it."
    assert article.title == "Kyiv’s plea: “Give us more of this”"
    assert (article.original, article.repairs) == (damaged, 6)


def test_controls_of_a_wrong_decoding_reach_the_repair() -> None:
    article = make(Entry(link=LINK, content="<p>Kyiv\u00e2\u0080\u0099s quay\x07</p>"))
    assert article.text == "Kyiv’s quay"


def test_a_body_over_the_cap_is_cut_at_a_sentence_and_marked() -> None:
    article = make(Entry(link=LINK, summary="Zürich liegt am See. " * 20_000))
    assert article.truncated
    assert MAX_BYTES * 0.9 < len(article.text.encode()) <= MAX_BYTES
    assert article.text.endswith("See.")


@given(st.text(alphabet="aé€😀. \n", min_size=1, max_size=50), st.integers(1, 3))
def test_a_cut_is_a_beginning_of_the_text(text: str, over: int) -> None:
    long = text * (over * MAX_BYTES // len(text.encode()) + 1)
    kept, was_cut = cut(long)
    assert long.startswith(kept)
    assert len(kept.encode()) <= MAX_BYTES
    assert was_cut


def test_a_row_with_everything() -> None:
    article = row(
        id="a-1",
        url=LINK,
        title=" Ferry ",
        published="2024-05-03T10:00:00Z",
        source="Harbour Post",
        lang="EN",
        authors=["Ada", ""],
        tags="sea; ferries",
    )
    assert (article.title, article.text, article.url, article.guid) == ("Ferry", LONG.strip(), LINK, "a-1")
    assert (article.feed, article.source, article.language) == ("import.jsonl", "Harbour Post", "en")
    assert (article.authors, article.tags) == (("Ada",), ("sea", "ferries"))
    assert article.published == datetime(2024, 5, 3, 10, tzinfo=UTC)


def test_a_row_is_the_same_article_as_the_feed_s() -> None:
    assert row(url=LINK).id == make(Entry(link=LINK + "?utm_source=feed")).id


def test_rows_without_an_address() -> None:
    assert row(id=7).guid == "7"
    assert row(id=7).id == row(id="7", title="Edited").id
    assert row(title="a").id != row(title="b").id
    assert row(url="", published=None, authors=None, source=None).published_flag == "missing"


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"text": ""}, "no text"),
        ({"text": "  \n"}, "no text"),
        ({"text": None}, "no text"),
        ({"text": ["a"]}, '"text" is no text but list'),
        ({"title": {"a": 1}}, '"title" is no text but dict'),
        ({"url": "ftp://harbour.example/1"}, '"url" is no http'),
        ({"url": "harbour"}, '"url" is no http'),
        ({"authors": 7}, '"authors" is no list'),
    ],
)
def test_a_row_that_is_no_article_says_why_in_one_line(fields: dict[str, object], what: str) -> None:
    with pytest.raises(RowError, match=what) as caught:
        row(**fields)
    assert "\n" not in str(caught.value)


def test_names_that_an_import_leaves_out_are_named() -> None:
    assert unknown_names({"text": "t", "lang": "en", "section": "x", "label": 1}) == {"section", "label"}


def test_no_name_and_password_of_a_link_are_kept() -> None:
    entry = Entry(guid="1", title="T", link="https://user:S3CRET@h.example/@us/1", summary="Words.")
    article = make_article(entry, FEED, None, NOW)
    assert article.url == "https://h.example/@us/1"
    assert from_row({"text": "Words.", "url": entry.link}, "file", NOW).url == article.url
    assert article.id == make_article(replace(entry, link=article.url), FEED, None, NOW).id
