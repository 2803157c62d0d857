"""Whom a speaker's words stand for: the name and id of the article's entity, or nobody where two people fit."""

from collections.abc import Callable

import pytest

from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]

PEOPLE = {
    "Anna Krause": "Anna Krause",
    "Krause": "Anna Krause",
    "Peter Bauer": "Peter Bauer",
    "Bauer": "Peter Bauer",
    "Ewa Nowak": "Ewa Nowak",
}


def names(quotes: tuple[Quote, ...]) -> list[str | None]:
    return [quote.speaker.name if quote.speaker else None for quote in quotes]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Krause said the bridge was closed for the winter.", "Anna Krause"),
        ("The city's engineer Peter Bauer said the bridge was closed for the winter.", "Peter Bauer"),
        ("The head of the council, Anna Krause, said the bridge was closed.", "Anna Krause"),
        ("Anna Krause opened the hall. She said the bridge was closed for good.", "Anna Krause"),
        ("Bauer met Krause in June. He said the bridge was closed for good.", "Peter Bauer"),
        ("Krause met Bauer in June. She said the bridge was closed for good.", "Anna Krause"),
        ("Mayor Anna Krause spoke first.\nThe mayor said the bridge was closed for good.", "Anna Krause"),
        (
            "Anna Krause, the Danish finance minister, left.\nThe finance minister said the talks had failed.",
            "Anna Krause",
        ),
        ("The talks were led by Bauer, who said the bridge was closed for good.", "Peter Bauer"),
    ],
)
def test_a_speaker_is_named_by_a_name_a_title_or_a_pronoun(find: Find, text: str, name: str) -> None:
    (quote,) = find(text, people=PEOPLE)
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.id) == (name, f"id of {name}")


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for Anna Krause said the bridge was closed for the winter.",
        "Krause's lawyers said the bridge was closed for the winter.",
        "President Anna Krause met President Ewa Nowak.\nThe president said the talks had failed.",
        "The owners of both shops said the bridge was closed for the winter.",
    ],
)
def test_nobody_is_named_where_the_words_are_another_s_or_fit_two(find: Find, text: str) -> None:
    assert names(find(text, people=PEOPLE)) == [None]


def test_a_pronoun_goes_on_with_who_spoke_last(find: Find) -> None:
    text = "Bauer said the bridge was old. Nobody knows what it will cost. He said the money was not there."
    assert names(find(text, people=PEOPLE)) == ["Peter Bauer", "Peter Bauer"]


@pytest.mark.parametrize(
    "text",
    [
        "Peter Bauer spoke in the hall after Paul Holm. “I was never told by Paul Holm that it was old,” he said.",
        "Peter Bauer opened the debate with Paul Holm. He said Holm had never seen the bridge.",
        "Peter Bauer met the press beside Paul Holm. “If Holm goes on, the town will lose the bridge,” he warned.",
    ],
)
def test_he_is_nobody_whom_his_own_words_name(find: Find, text: str) -> None:
    assert set(names(find(text, people=PEOPLE | {"Paul Holm": "Paul Holm", "Holm": "Paul Holm"}))) == {"Peter Bauer"}


def test_a_description_that_ends_with_a_verb_of_saying_is_no_title(find: Find) -> None:
    text = (
        "A box held the letters of the poet Anna Krause, the museum said.\nThe museum said it would show the letters."
    )
    assert set(names(find(text, people=PEOPLE))) == {None}


def test_a_pronoun_far_from_all_names_stays_without_a_name(find: Find) -> None:
    text = (
        "Bauer left the town.\n" + "The river was high and the fields were wet. " * 20 + "\nHe said the bridge was old."
    )
    assert names(find(text, people=PEOPLE)) == [None]


def test_a_quotation_carried_over_a_paragraph_carries_the_name(find: Find) -> None:
    text = "“We have waited for a very long time,” Krause said.\n“Now the money is finally there.”"
    assert names(find(text, people=PEOPLE)) == ["Anna Krause", "Anna Krause"]
