"""Where quotation marks stand: the outermost pairs, whatever is nested in them and however carelessly they are set."""

import pytest

from processors.quotes.lexicon import lexicon
from processors.quotes.marks import quotations


def inner(text: str, language: str = "en") -> list[str]:
    words = lexicon(language)
    assert words is not None
    return [text[one.inner_start : one.inner_end] for one in quotations(text, words.marks, words.pairs, words.singles)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One” and “two”", ["One", "two"]),
        ("''One'' and ``two''", ["One", "two"]),
        ('“One" and "two”', ["One", "two"]),
        ('“He said "never" and left”', ['He said "never" and left']),
        ('"He said “never” and left"', ["He said “never” and left"]),
        ("“He said ‘never’ and left”", ["He said ‘never’ and left"]),
        ("“Never closed", ["Never closed"]),
        ('a 12" gun and a 6" knife', []),
        ("'The farmers' land is ours,' said Price. 'We'll stay.'", ["The farmers' land is ours,", "We'll stay."]),
        ("The boys' team lost to the girls' team", []),
        ("‘He told me, “Wait,” and I did,’ she said", ["He told me, “Wait,” and I did,"]),
        ("It was a ‘dog’s dinner’ for the players’ union", ["dog’s dinner"]),
        ("'They left us': anger at the council", ["They left us"]),
        ("“They said ‘no’,” he wrote, ‘and left’", ["They said ‘no’,", "and left"]),
        ("“”", []),
        ("“ ”", []),
    ],
)
def test_the_outermost_quotations_of_a_text(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_language_says_which_marks_open_and_close() -> None:
    assert inner("„Eins“ und »zwei«", "de") == ["Eins", "zwei"]
    assert inner("« Un » et “deux”", "fr") == [" Un ", "deux"]


def test_an_unclosed_quotation_says_so() -> None:
    words = lexicon("en")
    assert words is not None
    (one,) = quotations("He said: “We go on", words.marks, words.pairs, words.singles)
    assert (one.closed, one.end) == (False, len("He said: “We go on"))
