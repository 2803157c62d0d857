"""A sentence in which the writer tells of two reports, and one that a parse breaks: each report has its own words."""

from collections.abc import Callable

import pytest

from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]


def by_speaker(text: str, quotes: tuple[Quote, ...]) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.speaker.text if one.speaker else None) for one in quotes]


APART = [
    (
        "Lind called for a longer quay, which she said would pay for itself within a year.",
        [("for a longer quay", "Lind"), ("would pay for itself within a year", "she")],
    ),
    (
        'In court papers, Holm\'s lawyer asked for a fine of ten pounds, calling the theft "a boyish prank."',
        [("for a fine of ten pounds", "Holm's lawyer"), ('the theft "a boyish prank."', "Holm's lawyer")],
    ),
    (
        "Reached by the paper, Ek denied the notion that a sale is coming, explaining that he was unaware of the offer "
        "because he was “taking a day off.”",
        [
            ("the notion that a sale is coming", "Ek"),
            ("that he was unaware of the offer because he was “taking a day off.”", "Ek"),
        ],
    ),
    (
        "The skippers feared the storm was only the first, and now many owners are urging them to stay in the harbour.",
        [("the storm was only the first", "The skippers"), ("them to stay in the harbour", "many owners")],
    ),
    (
        'The owners and the crew will meet next week, Ek said, adding, "They need to sit down."',
        [("The owners and the crew will meet next week", "Ek"), ("They need to sit down.", "Ek")],
    ),
    (
        "On Tuesday, even as the boats were leaving, Mr. Holm wrote to the owners, telling them the yard was "
        "''worth two of the others.''",
        [("the yard was ''worth two of the others.''", "Mr. Holm")],
    ),
]


@pytest.mark.parametrize(("text", "reports"), APART)
def test_what_the_writer_adds_is_a_report_of_its_own(find: Find, text: str, reports: list[tuple[str, str]]) -> None:
    assert by_speaker(text, find(text)) == reports


def test_an_aside_in_the_middle_ends_no_report(find: Find) -> None:
    text = "Lind said that a man, whom she called a thief, left the shop in May with ten of her coats."
    assert by_speaker(text, find(text))[0] == (text.removeprefix("Lind said ").removesuffix("."), "Lind")


SET_OFF = [
    (
        "The price of tin will fall before May, sooner than expected, the trade office reported on Tuesday -- a fall "
        "that worries traders who claim the mines are safe.",
        ("The price of tin will fall before May, sooner than expected", "the trade office"),
    ),
    (
        'The new quay would be a better place for trawlers "no matter what," one skipper commented.',
        ('The new quay would be a better place for trawlers "no matter what,"', "one skipper"),
    ),
]


@pytest.mark.parametrize(("text", "report"), SET_OFF)
def test_what_stands_before_who_says_it_is_said(find: Find, text: str, report: tuple[str, str]) -> None:
    assert by_speaker(text, find(text)) == [report]


def test_behind_a_dash_behind_who_says_it_the_writer_goes_on(find: Find) -> None:
    text = "Ms. Lind had a boathouse built — “more a palace for boats,” she said — and the pupils helped to paint it."
    said, who = by_speaker(text, find(text))[-1]
    assert (said[-26:], who) == ("“more a palace for boats,”", "she")


def test_a_label_that_names_nobody_is_not_the_speaker_of_another_s_words(find: Find) -> None:
    text = "The Latest: Fishermen say the quay is safe again for lorries."
    assert by_speaker(text, find(text)) == [("the quay is safe again for lorries", "Fishermen")]
    text = "Historians: We say the quay was never safe for lorries."
    assert [who for _, who in by_speaker(text, find(text))] == ["Historians"]


MISREAD = [
    (
        "The Monday ferry is late, one skipper says. Trump claims that the harbour is older than the town.",
        ("that the harbour is older than the town", "Trump"),
    ),
    (
        'He rails against the "Great Wall of Ost" and pledges to stand firm against the tax on fishing.',
        ("to stand firm against the tax on fishing", "He"),
    ),
]


@pytest.mark.parametrize(("text", "report"), MISREAD)
def test_a_verb_that_is_a_noun_to_the_tagger_has_its_speaker(find: Find, text: str, report: tuple[str, str]) -> None:
    assert by_speaker(text, find(text))[-1] == report


WHOLE = [
    (
        "The budget office said about half of the rise in its new figures reflected lower taxes on boats.",
        ("about half of the rise in its new figures reflected lower taxes on boats", "The budget office"),
    ),
    (
        "Lind, who has not yet shown her own plan, pointed to the nine different times Holm has laid out a plan for "
        "the harbour before the council.",
        ("to the nine different times Holm has laid out a plan for the harbour before the council", "Lind"),
    ),
    (
        "The owners have denied the claims, pointing to high marks that pupils gave their teachers at the time.",
        ("to high marks that pupils gave their teachers at the time", "The owners"),
    ),
    (
        "Ek pointed to the town's own harbour board finding that the number of guards at the quay was too low.",
        ("to the town's own harbour board finding that the number of guards at the quay was too low", "Ek"),
    ),
]


@pytest.mark.parametrize(("text", "report"), WHOLE)
def test_what_is_said_begins_behind_its_verb(find: Find, text: str, report: tuple[str, str]) -> None:
    assert by_speaker(text, find(text))[-1] == report
