"""One article, one identity: whatever way its address is written, and however often it is edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.article.identity import article_id, canonical_url, revision

CANONICAL = "https://harbour.example/news/ferry"


@pytest.mark.parametrize(
    "url",
    [
        "https://harbour.example/news/ferry",
        "http://harbour.example/news/ferry/",
        "HTTPS://Harbour.Example:443/news/ferry",
        "https://www.harbour.example/news/ferry",
        "https://m.harbour.example/news/ferry",
        "https://amp.harbour.example/news/ferry",
        "https://harbour.example/news/ferry#comments",
        "https://harbour.example/news/ferry?utm_source=rss&utm_medium=feed&fbclid=x",
        "https://harbour.example/news/ferry/amp/",
        "https://harbour.example/amp/news/ferry",
        "https://harbour.example/news/ferry.amp",
        "https://harbour.example/news/ferry?amp=1",
        "https://harbour.example/news/ferry/index.html",
        "https://harbour.example/news/ferry;jsessionid=0A1B",
        "https://harbour.example/world/../news/./ferry",
        "https://harbour.example/news/%66erry",
        "https://www.google.com/amp/s/www.harbour.example/news/ferry",
        "https://harbour-example.cdn.ampproject.org/c/s/harbour.example/news/ferry",
        " https://harbour.example/news/ferry\n",
        "https://www.google.com/url?rct=j&sa=t&url=https://www.harbour.example/news/ferry&ct=ga&usg=A1",
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fharbour.example%2fnews%2fferry&c=1",
        "https://l.network.example/l.php?u=https%3A%2F%2Fharbour.example%2Fnews%2Fferry%3Ffbclid%3D1&h=AT0",
        "https://redirect.network.example/?u=https%3A%2F%2Fharbour.example%2Fnews%2Fferry",
        "https://eu1.safelinks.mail.example/?url=https%3A%2F%2Fharbour.example%2Fnews%2Fferry&data=1",
        "https://out.forum.example/t3_x?url=https%3A%2F%2Fharbour.example%2Fnews%2Fferry&token=1",
        "https://shop.example/cread.php?awinmid=1&ued=https%3A%2F%2Fharbour.example%2Fnews%2Fferry",
        "https://r.search.example/_ylt=A0/RV=2/RE=16/RO=10/RU=https%3a%2f%2fharbour.example%2fnews%2fferry/RK=2/RS=x-",
        "https://harbour.example/news/ferry?intcmp=nav&irclid=2&gad_source=1",
        "https://harbour.example/news/ferry?partner=rss&emc=rss",
        "https://harbour.example/news/ferry?source=newsletter",
    ],
)
def test_forms_of_one_address(url: str) -> None:
    assert canonical_url(url) == CANONICAL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example/a", "https://harbour.example/b"),
        ("https://harbour.example/a?id=1", "https://harbour.example/a?id=2"),
        ("https://harbour.example/a", "https://quay.example/a"),
        ("https://harbour.example/a", "https://sport.harbour.example/a"),
        ("https://harbour.example:8443/a", "https://harbour.example/a"),
        ("https://harbour.example/A", "https://harbour.example/a"),
        ("https://harbour.example/view?sid=1", "https://harbour.example/view?sid=2"),
        ("https://harbour.example/a%3Fb=1", "https://harbour.example/a?b=1"),
        ("https://www.amp.co.nz/a", "https://www.mobile.co.nz/a"),
        ("https://harbour.example/category/amp", "https://harbour.example/category"),
        ("https://harbour.example/amp", "https://harbour.example/"),
        ("https://harbour.example/a?source=harbour", "https://harbour.example/a?source=quay"),
        ("https://harbour.example/review?url=https://quay.example/a", "https://quay.example/a"),
        ("https://harbour.example/go?url=https://harbour.example/a", "https://harbour.example/go"),
    ],
)
def test_addresses_of_two_articles_stay_two(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://[2001:DB8::1]:80/news/ferry/", "https://[2001:db8::1]/news/ferry"),
        ("http://Harbour..Example/news/ferry", "https://harbour..example/news/ferry"),  # no name that can be asked for
        ("https://[2001:db8::1/news/ferry", "https://[2001:db8::1/news/ferry"),  # nor this an address
        ("https://harbour.example:port/news/ferry", "https://harbour.example:port/news/ferry"),
    ],
)
def test_hosts_that_are_no_names_have_one_form_too(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


def test_the_order_of_parameters_is_no_name() -> None:
    assert canonical_url("https://harbour.example/a?b=1&a=2") == canonical_url("https://harbour.example/a?a=2&b=1")


def test_names_beyond_ascii_have_one_form() -> None:
    assert canonical_url("https://münchen.example/straße") == canonical_url(
        "https://xn--mnchen-3ya.example/stra%C3%9Fe"
    )


paths = st.text(alphabet="abcXYZ019/.-_~%é ;amp:@?&=#+", max_size=40)


@given(paths)
def test_canonicalisation_is_idempotent(path: str) -> None:
    once = canonical_url(f"http://www.harbour.example/{path}")
    assert canonical_url(once) == once


@given(st.text(max_size=60))
def test_any_text_is_survived(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert len(article_id(url or None)) == 32


@given(paths, st.sampled_from(["utm_campaign=a", "gclid=1", "fbclid=%20", "mc_cid=x"]))
def test_tracking_never_changes_an_identity(path: str, tracking: str) -> None:
    url = f"https://harbour.example/{path.partition('#')[0].strip()}"
    marked = f"{url}{'&' if '?' in url else '?'}{tracking}"
    assert article_id(marked) == article_id(url)


def test_without_an_address_feed_and_guid_are_the_identity() -> None:
    assert article_id(None, "feed-a", "1") == article_id(None, "feed-a", "1", "Edited title")
    assert article_id(None, "feed-a", "1") != article_id(None, "feed-b", "1")
    assert article_id("https://harbour.example/1", "feed-a", "1") == article_id(
        "https://harbour.example/1", "feed-b", "2"
    )


def test_without_either_the_title_is() -> None:
    assert article_id(None, "feed-a", None, "Tide") != article_id(None, "feed-a", None, "Ebb")
    assert article_id(None, "feed-a", "Tide") != article_id(None, "feed-a", None, "Tide")


def test_a_revision_changes_with_what_a_reader_reads() -> None:
    assert revision("Tide", "It rose.") == revision("Tide", "It rose.")
    assert len({revision("Tide", "It rose."), revision("Tide", "It fell."), revision("Tide I", "t rose.")}) == 3
