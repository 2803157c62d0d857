"""What holds for every text: exact places, an order, no overlap, the same answer twice, and no failure."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processors.model.pipeline import Model
from processors.quotes import find_quotes, wants_parse
from schemas.article import Entity, Quote

Find = Callable[..., tuple[Quote, ...]]

FRAGMENTS = [
    "Anna Krause said", "he said", "said the mayor", "that", "the bridge was old", "according to", "police", "“", "”",
    '"', "''", "„", "«", "»", "'", "’", ",", ".", ":", "?", "\n", "\n\n", " ", "and", "who told reporters",
    "disse", "que", "ha detto che", "e", "secondo quanto riferito da", "come", "all'Ansa", "-se", "non", "– – -",
    "claims that", "to open it", "Note", "KRAUSE:", "🙂", "\u202b", "العربية",
    "a" * 30, "…", "—", "’s", "\u2028", "É", "İ", "\x00",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join) | st.text(max_size=200)
ANY_LANGUAGE = st.sampled_from(["en", "de", "fr", "es", "pt", "it", "fi", "", None])
SLOW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def check(text: str, quotes: tuple[Quote, ...]) -> None:
    for quote in quotes:
        assert 0 <= quote.start < quote.end <= len(text)
        assert text[quote.start : quote.end].strip()
        assert "\n" not in text[quote.start : quote.end]
        if quote.cue:
            assert quote.cue.end <= len(text)
        if quote.speaker:
            assert text[quote.speaker.start : quote.speaker.end] == quote.speaker.text
    assert all(a.end <= b.start for a, b in pairwise(quotes))


@SLOW
@given(text=TEXTS, language=ANY_LANGUAGE)
def test_quotes_are_exact_ordered_and_apart_in_any_language(find: Find, text: str, language: str | None) -> None:
    found = find(text, language, parse=False)
    check(text, found)
    assert find(text, language, parse=False) == found


@SLOW
@given(text=TEXTS)
def test_quotes_are_exact_ordered_and_apart_with_a_parse(model: Model, text: str) -> None:
    paragraphs, _ = model.read(text, "en", lambda _: True)
    everywhere = tuple(
        Entity(start=place, end=place + 1, kind="person", text=text[place], name=f"P {place % 3}")
        for place in range(0, len(text), 7)
    )
    found = find_quotes(text, paragraphs, everywhere, "en").quotes
    check(text, found)
    assert find_quotes(text, paragraphs, everywhere, "en").quotes == found
    assert all(wants_parse(one, "en") in (True, False) for one in paragraphs)


def test_a_group_has_more_than_one_piece(find: Find) -> None:
    text = "“The bridge is old,” Krause said, “and we cannot wait.” “It is a danger to us all,” Bauer said.\n" * 5
    groups = [quote.group for quote in find(text) if quote.group is not None]
    assert groups
    assert all(groups.count(group) > 1 for group in groups)


EXTREMES = {
    "empty": "",
    "spaces": " \n\t\u00a0\n ",
    "one line of half a megabyte": "He said that the bridge was old, and she said it was new, " * 9_000,
    "one word of a megabyte": "a" * 1_000_000,
    "10,000 marks": '"' * 10_000,
    "10,000 marks apart": "“ a ” " * 10_000,
    "never closed": "“We " + "will go on and " * 20_000,
    "right to left": "قال “سنفتح الجسر في شهر مايو القادم” ثم غادر. " * 200,
    "emoji": "“🙂 We will 👩‍👩‍👧 open it soon,” 🦊 said. " * 200,
    "commas": "said, " * 50_000,
    "colons": "Name: " * 20_000,
}


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES.keys())
@pytest.mark.parametrize("language", ["en", "de", "it"])
def test_no_text_makes_it_fail(find: Find, text: str, language: str) -> None:
    check(text, find(text, language, parse=False))


@pytest.mark.parametrize("name", ["10,000 marks apart", "never closed", "emoji", "commas"])
def test_no_parsed_text_makes_it_fail(find: Find, name: str) -> None:
    text = EXTREMES[name][:30_000]
    check(text, find(text))
