"""Reading queries: what they mean, and what is said of those that cannot be read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest
from generated_news import queries
from hypothesis import given
from hypothesis import strategies as st

from stores.query import Query, QueryError, parse
from stores.query.parse import DEEPEST, LONGEST
from stores.query.tree import Range, Words

NOW = datetime(2026, 3, 2, 12, 0, 0, 999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("a b OR c d", "(a AND b) OR (c AND d)"),
        ("a AND b OR c AND d", "(a AND b) OR (c AND d)"),
        ("a && b || !c", "(a AND b) OR NOT c"),
        ("a -b +c", "a AND NOT b AND c"),
        ("NOT NOT a", "a"),
        ("NOT a b", "NOT a AND b"),
        ("NOT (a b)", "NOT (a AND b)"),
        ("a - b", "a AND b"),
        ("a or b", "a OR b"),
        ("(a or b) and not c", "(a OR b) AND NOT c"),
        ('"or" a', '"or" AND a'),
        ("order android nothing", "order AND android AND nothing"),
        ("«a b»", "«a b»"),
        ("NOT cease-fire OR b", "NOT cease-fire OR b"),
        ("ORegon ANDes NOTe", "ORegon AND ANDes AND NOTe"),
        ("person:(a OR b)", "person:a OR person:b"),
        ("Person:a ORG:b", "person:a AND organisation:b"),
        ("person: a", "person:a"),
        ("quotes:tomahawk", "quotes:(text:tomahawk)"),
        ("quotes:(speaker:a b)", "quotes:(speaker:a AND text:b)"),
        ("lang:EN", 'language:"en"'),
        ("feed:https://example.org/a?b=c", 'feed:"https://example.org/a?b=c"'),
        ("*:*", "*"),
        ('a AND "—"', "a"),
        ('NOT "—" a', "a"),
        ("Yahoo! news", "Yahoo! AND news"),
        ("AT&T", "AT&T"),
    ],
)
def test_a_query_is_read_as(query: str, meaning: str) -> None:
    assert str(parse(query, NOW)) == meaning


def test_words_are_analysed_once_for_all_engines() -> None:
    assert parse("Missiles*", NOW).root == Words("any", "Missiles*", ("missil",), ("missiles",), prefix=True)
    assert parse("person:zelensky*", NOW).root == Words("person", "zelensky*", ("zelensk",), ("zelensky",), prefix=True)
    assert _read("“Kyiv’s missiles”") == Words("any", "“Kyiv’s missiles”", ("kyiv", "missil"), ("kyiv", "missiles"))
    assert _read('"missile missiles Kyiv"~3') == Words(
        "any", '"missile missiles Kyiv"~3', ("missil", "kyiv"), ("missile", "kyiv"), near=3
    )
    assert _read('"to to"~5') == Words("any", '"to to"~5', ("to",), ("to",))
    assert _read(r"a\:b\"") == Words("any", r"a\:b\"", ("a:b",), ("a:b",))


def _read(query: str) -> Words:
    """One word or phrase, as English reads it."""
    words = parse(query, NOW).root
    assert isinstance(words, Words)
    return replace(words, own=())


def test_words_are_read_in_the_languages_of_their_letters() -> None:
    def own(query: str) -> dict[str, tuple[str, ...]]:
        words = parse(query, NOW).root
        assert isinstance(words, Words)
        return dict(words.own)

    assert own("ракетами") == {"ru": ("ракет",), "uk": ("ракет",)}
    assert own("Raketen")["de"] == ("raket",)
    assert own("中国外交") == {"cjk": ("中国", "国外", "外交")}
    assert own("中国*") == {"cjk": ("中国",)}
    assert own("text:الصواريخ") == {"ar": ("صواريخ",)}
    assert own("person:Raketen") == own("2024") == own("Raketen*") == own("US") == {}


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("published:2025", "2025-01-01", "2026-01-01"),
        ("published:2025-12", "2025-12-01", "2026-01-01"),
        ("published:2025-10-12", "2025-10-12", "2025-10-13"),
        ("published:2025-10-12T10", "2025-10-12T10:00", "2025-10-12T11:00"),
        ("published:2025-10-12T10:30Z", "2025-10-12T10:30", "2025-10-12T10:31"),
        ('published:"2025-10-12T10:30:15"', "2025-10-12T10:30:15", "2025-10-12T10:30:16"),
        ("published:[2025-10-12 TO 2025-10-13]", "2025-10-12", "2025-10-14"),
        ("published:{2025-10-12 TO 2025-10-13}", "2025-10-13", "2025-10-13"),
        ("published:[* TO 2025-10-13}", None, "2025-10-13"),
        ("published:[now-7d TO now]", "2026-02-23T12:00", "2026-03-02T12:00:01"),
        ("published:[now-1M TO *]", "2026-02-02T12:00", None),
        ("published:>=2025-10", "2025-10-01", None),
        ("published:>2025-10", "2025-11-01", None),
        ("published:<=2025-10", None, "2025-11-01"),
        ("published:<now-1h", None, "2026-03-02T11:00"),
    ],
)
def test_times_are_half_open_stretches(query: str, start: str | None, end: str | None) -> None:
    bounds = [datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None for text in (start, end)]
    parsed = parse(query, NOW)
    assert parsed.root == Range("published", *bounds)
    assert parsed.relative == ("now" in query)


def test_now_is_the_same_moment_in_every_zone() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=9)))
    assert parse("seen:now", NOW).root == parse("seen:now", elsewhere).root


@pytest.mark.parametrize(
    ("query", "position", "words"),
    [
        ("", 0, "empty"),
        ("  ", 0, "empty"),
        ("persn:x", 0, "did you mean “person:”"),
        ("http://example.org", 0, "put text with a colon in quote marks"),
        ("a OR", 4, "ends too early"),
        ("(a", 2, "expected “)”"),
        ("a)", 1, "cannot stand here"),
        ('a "b', 2, "no partner"),
        ("mis*le", 3, "at the end of a word only"),
        ("wh?t", 2, "not supported"),
        ("word~2", 4, "after a phrase"),
        ("word^2", 4, "weights"),
        ("/regex/", 0, "regular expressions"),
        ("co-op*", 0, "more than one word"),
        ('"cruise mis*"', 11, "within quote marks"),
        ("=ice", 0, "in capitals"),
        ("title:=ICE", 6, "without a field"),
        ("a or", 4, "ends too early"),
        ("source:*bbc*", 7, "stands at the end of a value"),
        ("lang:en source:bbc*uk", 18, "stands at the end of a value"),
        ('source:"bbc*"', 11, "stands at the end of a value"),
        ('person:"a b"~2', 7, "names have an order"),
        ('"a b"~999', 0, "too far"),
        ("text:[a TO b]", 5, "no ranges"),
        ("[a TO b]", 0, "a range needs a field"),
        ("published:soon", 10, "not a time"),
        ("published:2025-13", 10, "not a time"),
        ("published:now+99999y", 10, "not a time"),
        ("title:(person:x)", 7, "stands inside “title:(…)”"),
        ("quotes:(source:x)", 8, "no field “source:” inside quotes"),
        ("quotes:speaker:trump", 7, "quotes:(speaker:trump)"),
        ("“—”", 0, "nothing here can be searched for"),
        ("x" * (LONGEST + 1), LONGEST, "characters"),
        ("(" * (DEEPEST + 1) + "a", DEEPEST, "deeper"),
        (" ".join(["a"] * 300), 512, "more than 256 parts"),
        ("NOT (a " * 13 + "a" + ")" * 13, 0, "nested deeper than 25"),
        ('"' + "a " * 40 + '"', 0, "words in one phrase"),
    ],
)
def test_a_query_that_cannot_be_read_says_where_and_why(query: str, position: int, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, NOW)
    assert caught.value.position == position
    assert words in str(caught.value)


@given(st.text(alphabet=st.sampled_from('ab "“”()[]{}:*~^\\!+-&|/?TO AND OR NOT now:published:quotes:(')))
def test_whatever_is_typed_is_read_or_explained(text: str) -> None:
    try:
        position = parse(text, NOW).text.find(text)
    except QueryError as error:
        position = error.position
    assert 0 <= position <= len(text)


@given(queries)
def test_what_is_written_back_means_the_same(text: str) -> None:
    try:
        parsed = parse(text, NOW)
    except QueryError:
        return
    again = parse(str(parsed), NOW)
    assert str(again) == str(parsed)


def test_threads_do_not_disturb_each_other() -> None:
    wanted = {f"w{n} AND (person:p{n} OR q{n})": None for n in range(20)}
    read: dict[str, list[str]] = {query: [] for query in wanted}

    def read_often(query: str) -> None:
        for _ in range(20):
            read[query].append(str(parse(query, NOW)))

    threads = [Thread(target=read_often, args=[query]) for query in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == {query: [query] * 20 for query in wanted}


def test_a_query_knows_its_text() -> None:
    parsed = parse(" a ", NOW)
    assert isinstance(parsed, Query)
    assert parsed.text == " a "
