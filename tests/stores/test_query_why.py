"""Why an article was found: the right sentences, and marks on the words asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_articles import NOON

from stores.query import parse, snippet, snippets
from stores.query.why import LONGEST, highlights

TEXT = (
    "Nothing of note happened at first. Gen. Smith spoke of missiles. "
    "The Tomahawk’s range worries Moscow, and the cruise missiles' price is high. The end."
)


def _marked(query: str, text: str = TEXT) -> str:
    sentence, marks = snippet(text, parse(query, NOON))
    for start, end in reversed(marks):
        sentence = f"{sentence[:start]}[{sentence[start:end]}]{sentence[end:]}"
    return sentence


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("smith", "Gen. [Smith] spoke of missiles."),
        ("missile", "Gen. Smith spoke of [missiles]."),
        (
            "tomahawk missile",
            "The [Tomahawk’s] range worries Moscow, and the cruise [missiles]' price is high.",
        ),
        ('"cruise missile"', "The Tomahawk’s range worries Moscow, and the [cruise missiles]' price is high."),
        (
            '"worries range"~0',
            "The Tomahawk’s [range] [worries] Moscow, and the cruise missiles' price is high.",
        ),
        ("tomah*", "The [Tomahawk’s] range worries Moscow, and the cruise missiles' price is high."),
        ("person:smith", "Gen. [Smith] spoke of missiles."),
        ("quotes:(speaker:smith AND text:end)", "Gen. [Smith] spoke of missiles."),
        ("end OR NOT missile", "The [end]."),
        ("submarine", "Nothing of note happened at first."),
        ("*", "Nothing of note happened at first."),
    ],
)
def test_the_sentence_that_holds_most_of_it_is_shown_marked(query: str, marked: str) -> None:
    assert _marked(query) == marked


def test_several_sentences_come_in_the_order_of_the_text() -> None:
    found = snippets(TEXT, parse("tomahawk end smith", NOON))
    assert [TEXT[one.start :].startswith(one.sentence) for one in found] == [True] * 3
    assert [one.sentence.split()[0] for one in found] == ["Gen.", "The", "The"]


def test_a_text_that_holds_nothing_has_no_snippets() -> None:
    assert snippets(TEXT, parse("submarine", NOON)) == []
    assert snippet("", parse("a", NOON)) == ("", ())


def test_an_endless_sentence_is_cut_around_the_mark() -> None:
    text = "word " * 500 + "Tomahawk " + "word " * 500
    sentence, marks = snippet(text, parse("tomahawk", NOON))
    assert len(sentence) <= LONGEST
    assert [sentence[start:end] for start, end in marks] == ["Tomahawk"]


def test_overlapping_parts_are_marked_once() -> None:
    assert _marked('"cruise missile" OR missile OR cruise') == (
        "The Tomahawk’s range worries Moscow, and the [cruise missiles]' price is high."
    )


@given(st.text(alphabet=" .\nabAB“”é", max_size=600))
def test_marks_lie_within_their_sentence_and_the_sentence_in_the_text(text: str) -> None:
    query = parse('a OR "b a" OR ab*', NOON)
    for one in snippets(text, query):
        assert text[one.start : one.start + len(one.sentence)] == one.sentence
        assert all(0 <= start < end <= len(one.sentence) for start, end in one.marks)
        assert one.marks
    for mark in highlights(text, query):
        assert 0 <= mark.start < mark.end <= len(text)
