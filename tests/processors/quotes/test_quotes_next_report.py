"""Where one report ends and the next begins, and whose each of them is."""

from collections.abc import Callable

import pytest

from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]


def by_speaker(text: str, quotes: tuple[Quote, ...]) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.speaker.text if one.speaker else None) for one in quotes]


TWO = [
    (
        "Lind said she plans to reopen the ferry in May, insisting that the quay is safe for lorries.",
        ["Lind", "Lind"],
        "she plans to reopen the ferry in May",
    ),
    (
        "Most of the farmers said they would accept the price, while noting that diesel has become dearer.",
        ["Most of the farmers", "Most of the farmers"],
        "they would accept the price",
    ),
    (
        "The harbour master said the crane was “far too old,” adding that nobody had looked at it for years.",
        ["The harbour master", "The harbour master"],
        "the crane was “far too old,”",
    ),
]


@pytest.mark.parametrize(("text", "speakers", "first"), TWO)
def test_a_report_ends_where_the_writer_goes_on(find: Find, text: str, speakers: list[str], first: str) -> None:
    found = by_speaker(text, find(text))
    assert [who for _, who in found] == speakers
    assert found[0][0] == first


def test_what_stands_before_parentheses_is_the_writer_s(find: Find) -> None:
    text = "The new ferry burns a third less diesel (the yard says it needs only nine tonnes a day)."
    assert [said for said, _ in by_speaker(text, find(text))] == ["it needs only nine tonnes a day"]


def test_a_name_behind_a_verb_behind_a_comma_speaks_and_its_description_is_not_said(find: Find) -> None:
    text = "The price of tin will fall again before the summer, said Ada Lind, a trader in Dorn."
    assert by_speaker(text, find(text)) == [("The price of tin will fall again before the summer", "Ada Lind")]


NOT_SAID = [
    "The town agreed to pay for the bridge in May.",
    "The ferry company plans to buy three more ships.",
    "Questions about whether the roof is safe have come up again.",
    "The notion that the river could flood the school is new.",
    "A man accused of robbing the bank left the town.",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_deeds_plans_and_nobody_s_notions_are_no_speech(find: Find, text: str) -> None:
    assert find(text) == ()


def test_words_in_marks_bring_their_subject(find: Find) -> None:
    text = "Ada Lind spoke for an hour. The old bridge “is a danger to everybody who walks under it.”"
    assert text[find(text)[0].start :].startswith("The old bridge")


def test_a_firm_is_not_its_director(find: Find) -> None:
    text = "Veldmont said the plant would close in May. Veldmont chief executive Ada Lind said she was sorry for it."
    speakers = [quote.speaker for quote in find(text, people={"Ada Lind": "Ada Lind"})]
    assert [speaker and speaker.name for speaker in speakers] == [None, "Ada Lind"]


def test_he_is_not_the_one_named_before_somebody_without_a_name_spoke(find: Find) -> None:
    text = "Per Holm left on Monday. A spokesman said the firm was sound. He said that no one else would leave."
    speakers = [quote.speaker for quote in find(text, people={"Per Holm": "Per Holm"})]
    assert [(speaker.text, speaker.name) for speaker in speakers if speaker] == [("A spokesman", None), ("He", None)]


def test_a_title_with_of_is_part_of_a_name(find: Find) -> None:
    text = "Secretary of State Ada Lind said the talks would go on. A friend of Per Holm said he was glad of that."
    people = {"Ada Lind": "Ada Lind", "Per Holm": "Per Holm"}
    assert [quote.speaker and quote.speaker.name for quote in find(text, people=people)] == ["Ada Lind", None]


def test_nobody_speaks_of_whom_he_tells(find: Find) -> None:
    text = "Per Holm, who runs the yard, told POLITICO, “We have not been paid since March.”"
    assert [who for _, who in by_speaker(text, find(text))] != ["POLITICO"]


JOINED = [
    (
        "One in three said the town does not care much about the river and one in five said the town was hostile to "
        "the fishermen.",
        [
            ("the town does not care much about the river", "One in three"),
            ("the town was hostile to the fishermen", "one in five"),
        ],
    ),
    (
        "Many farmers have said they will not sell the land and others have said they are not interested in talks.",
        [("they will not sell the land", "Many farmers"), ("they are not interested in talks", "others")],
    ),
    (
        "The council charged the firm with fraud and Lind closed it, saying that the town had no choice.",
        [("the firm with fraud and Lind", "The council"), ("that the town had no choice", "Lind")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), JOINED)
def test_what_and_joins_to_an_object_is_the_subject_of_the_verb_behind(
    find: Find, text: str, expected: list[tuple[str, str]]
) -> None:
    assert by_speaker(text, find(text)) == expected


BETWEEN_COMMAS = [
    (
        "Ek, a top aide said, “is very confident in the contrast” between him and Holm.",
        ("“is very confident in the contrast” between him and Holm", "a top aide"),
    ),
    (
        "Holm, a neighbour said, “is very proud of the new bridge” over the Lune.",
        ("“is very proud of the new bridge” over the Lune", "a neighbour"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), BETWEEN_COMMAS)
def test_the_nouns_between_commas_with_the_verb_are_its_subject(
    find: Find, text: str, expected: tuple[str, str]
) -> None:
    assert by_speaker(text, find(text)) == [expected]
