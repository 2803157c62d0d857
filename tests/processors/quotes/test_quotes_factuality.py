"""What was denied, what nobody said and what was asked are kept, marked, and never among what was said."""

from collections.abc import Callable

import pytest

from processors.quotes import Found

FindAll = Callable[..., Found]

UNSAID = [
    ("Olsen refused to say how many people had died in the tunnel.", "unsaid", "how many people had died"),
    ("The ministry would not say when the talks would end.", "unsaid", "when the talks would end"),
    ("Nobody has said that the bridge is safe for lorries.", "unsaid", "the bridge is safe for lorries"),
    ("Asked whether she would resign in May, Ada Lind laughed.", "asked", "she would resign in May"),
]
DENIED = [
    "He denied that the bridge was unsafe.",
    "The mayor denied any knowledge of the leak.",
    "The firm disputes that its ferries are late.",
]


@pytest.mark.parametrize(("text", "factuality", "words"), UNSAID)
def test_what_was_not_said_is_kept_apart(find_all: FindAll, text: str, factuality: str, words: str) -> None:
    found = find_all(text)
    assert found.quotes == ()
    (one,) = found.unsaid
    assert one.factuality == factuality
    assert words in text[one.start : one.end]


@pytest.mark.parametrize("text", DENIED)
def test_what_was_denied_is_marked(find_all: FindAll, text: str) -> None:
    (quote,) = find_all(text).quotes
    assert quote.factuality == "denied"


def test_a_denial_in_marks_is_said(find_all: FindAll) -> None:
    (quote,) = find_all("“I never took a cent from them,” Per Holm said.").quotes
    assert quote.factuality == "said"


def test_what_was_not_said_has_no_say_in_what_follows(find_all: FindAll) -> None:
    text = (
        "“The bridge is closed for a year,” Ada Lind said. Per Holm did not say who will pay.\n\n“It is all we can do.”"
    )
    found = find_all(text, people={"Ada Lind": "Ada Lind", "Per Holm": "Per Holm"})
    assert [quote.speaker and quote.speaker.name for quote in found.quotes] == ["Ada Lind", "Ada Lind"]
    assert [one.speaker and one.speaker.name for one in found.unsaid] == ["Per Holm"]


def test_without_a_parse_too(find_all: FindAll) -> None:
    found = find_all("Le ministre n’a pas dit que le pont serait fermé lundi.", "fr")
    assert found.quotes == ()
    assert [one.factuality for one in found.unsaid] == ["unsaid"]
