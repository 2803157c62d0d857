"""Exact values and dates as terms of the full-text table: whatever they are, they decide as the columns do."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from generated_news import article
from hypothesis import given, settings
from hypothesis import strategies as st
from wire_articles import NOON, wire_article

from schemas.article import WireArticle
from stores.archive.window import between
from stores.query import Query, parse
from stores.query.tree import And, Keyword, Node, Not, Range
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from stores.sqlite.values import MOST_DAYS, time_terms, value_term
from stores.store import QuoteHit, Said

DAY = timedelta(days=1)
starts = st.one_of(
    st.integers(0, 400).map(lambda hours: NOON - timedelta(hours=hours)),
    st.integers(0, 40).map(lambda days: NOON.replace(hour=0) - days * DAY),
)
lengths = st.integers(1, MOST_DAYS * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(starts, lengths, st.integers(-(10**4), 10**4))
def test_days_and_months_hold_all_of_a_stretch(start: datetime, length: timedelta, minutes: int) -> None:
    end, moment = start + length, start + timedelta(minutes=minutes)
    found = time_terms("seen", start, end)
    assert found is not None
    terms, exact = found
    assert len(terms) == len(set(terms)) <= MOST_DAYS + 1
    meets = bool({f"seen:{moment:%Y%m}", f"seen:{moment:%Y%m%d}"} & set(terms))
    if start <= moment < end:
        assert meets
    elif exact:
        assert not meets


@pytest.mark.parametrize("day", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)])
def test_the_first_and_the_last_year_have_terms(day: datetime) -> None:
    assert time_terms("seen", day, day + DAY) == ([f"seen:{day:%Y%m%d}"], True)


def test_a_long_stretch_and_none_have_no_terms() -> None:
    assert time_terms("seen", NOON, NOON + (MOST_DAYS + 1) * DAY) is None
    assert time_terms("seen", NOON, NOON) is None
    assert time_terms("seen", NOON, NOON - DAY) is None


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_values_have_two_terms(one: str, other: str) -> None:
    assert (value_term("source", one) == value_term("source", other)) == (one == other)


@pytest.mark.parametrize("value", ["the guardian", "a-b.example", "x_y", "über.de", '"', "%", "a\0b", "*"])
def test_any_value_is_found_beside_words(embedded: EmbeddedStore, value: str) -> None:
    embedded.write([wire_article("a", "A bridge.", source=value), wire_article("b", "A bridge.", source="z" + value)])
    wanted = And((parse("bridge", NOON).root, Keyword("source", value, host=True)))
    assert [one.id for one in embedded.search(Query("", wanted)).articles] == ["a"]
    others = And((parse("bridge", NOON).root, Not(Keyword("source", value, host=True))))
    assert [one.id for one in embedded.search(Query("", others)).articles] == ["b"]


ARTICLES = [article(number, Random(number)) for number in range(120)]
_ROOTS: tuple[Node, ...] = (
    *(parse(text, NOON).root for text in ("*", "missile", "source:bbc.co.uk", "lang:en NOT source:cgtn.com")),
    *(parse(text, NOON).root for text in ("missile OR source:example.org", "NOT published:*", "person:*")),
)


def _date(article: WireArticle) -> datetime:
    return article.published or article.first_seen


@pytest.fixture(scope="module")
def filled() -> Iterator[EmbeddedStore]:
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "store.db")
        store = EmbeddedStore(database)
        store.write(ARTICLES)
        yield store
        database.close()


@settings(deadline=None)
@given(st.sampled_from(_ROOTS), starts, st.sampled_from((timedelta(hours=5), DAY, 3 * DAY, 40 * DAY, 200 * DAY, None)))
def test_a_window_holds_what_lies_in_it(
    filled: EmbeddedStore, root: Node, start: datetime, length: timedelta | None
) -> None:
    end = None if length is None else start + length
    everywhere = filled.search(Query("", root), len(ARTICLES)).articles
    wanted = [one.id for one in everywhere if start <= _date(one) and (end is None or _date(one) < end)]
    asked = between(Query("", root), start, end)
    assert [one.id for one in filled.search(asked, len(ARTICLES)).articles] == wanted
    assert sorted(one.id for one in filled.search(asked, len(ARTICLES), order="published").articles) == sorted(wanted)
    assert filled.search(asked, 0).total == filled.count(asked) == len(wanted)
    within = filled.search(Query("", And((root, Range("first_seen", start, end)))), len(ARTICLES)).articles
    seen = [one for one in everywhere if start <= one.first_seen and (end is None or one.first_seen < end)]
    assert list(within) == seen


@pytest.mark.parametrize("spread", [1, 9])
@pytest.mark.parametrize("ahead", [[], [datetime(2099, 1, 1, 7, tzinfo=UTC)], [datetime(9999, 12, 31, 23, tzinfo=UTC)]])
def test_a_window_without_an_end_holds_all_dates_ahead(
    embedded: EmbeddedStore, spread: int, ahead: list[datetime]
) -> None:
    dates = [NOON + number * spread * DAY for number in range(-MOST_DAYS // 2, MOST_DAYS // 2, 5)] + ahead
    embedded.write([wire_article(f"a{at}", "A bridge.", published=date) for at, date in enumerate(dates)])
    for start in (*dates[::7], dates[-1] + timedelta(milliseconds=1), NOON.replace(hour=0), NOON + 2 * DAY):
        window = Range("published", start, None)
        inside = {f"a{at}" for at, date in enumerate(dates) if date >= start}
        outside = {f"a{at}" for at in range(len(dates))} - inside
        bridge = parse("bridge", NOON).root
        for root, wanted in ((window, inside), (And((bridge, window)), inside), (And((bridge, Not(window))), outside)):
            assert {one.id for one in embedded.search(Query("", root), len(dates)).articles} == wanted


@pytest.mark.parametrize(
    "where", ["*", "source:bbc.co.uk", "lang:en NOT source:cgtn.com", "NOT source:bbc.co.uk", "person:* title:*"]
)
def test_quotes_and_speakers_of_articles_are_all_of_theirs(filled: EmbeddedStore, where: str) -> None:
    query = parse(where, NOON)
    wanted = [
        QuoteHit(article, quote) for article in filled.search(query, len(ARTICLES)).articles for quote in article.quotes
    ]
    found: list[QuoteHit] = []
    after = None
    while True:
        page = filled.quotes(Said(where=query), 3, after)
        assert page.total == len(wanted)
        found += page.quotes
        after = page.next
        if after is None:
            break
    assert found == wanted
    counts = Counter(hit.quote.speaker.name for hit in wanted if hit.quote.speaker)
    for limit in (2, len(counts)):
        most = sorted(counts.items(), key=lambda one: (-one[1], one[0].encode() if one[0] else b""))[:limit]
        told = filled.speakers(Said(where=query), limit)
        assert [(one.name, one.quotes) for one in told] == most
    (first, *_) = told
    theirs = [hit for hit in wanted if hit.quote.speaker and hit.quote.speaker.name == first.name]
    assert first.articles == len({hit.article.id for hit in theirs})
    assert first.words == sum(len(hit.text.split()) for hit in theirs)
    assert first.first_seen == min(hit.article.first_seen for hit in theirs)
    assert first.last_published == max((hit.article.published for hit in theirs if hit.article.published), default=None)
