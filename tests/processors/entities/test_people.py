"""Names of people within one article: parts join the full name, namesakes stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.entities.people import bare, is_same, join, surname


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("President Ada Brown", "Ada Brown"),
        ("Vice President Ada Brown", "Ada Brown"),
        ("Dr. Brown", "Brown"),
        ("Ada Brown Jr.", "Ada Brown"),
        ("President", "President"),
        ("Ada\nBrown", "Ada Brown"),
    ],
)
def test_titles_and_suffixes_are_no_part_of_a_name(written: str, name: str) -> None:
    assert bare(written) == name


@pytest.mark.parametrize(
    ("name", "family"),
    [("Ada Brown", "Brown"), ("Xi Jinping", "Xi"), ("Kim Jong Un", "Kim"), ("Park Geun-hye", "Park")],
)
def test_the_family_name_stands_last_except_where_it_stands_first(name: str, family: str) -> None:
    assert surname(name) == family


def test_a_surname_joins_the_full_name() -> None:
    assert join(["Ada Brown", "Brown", "Mrs Brown", "Ada"]) == dict.fromkeys(
        ["Ada Brown", "Brown", "Mrs Brown", "Ada"], "Ada Brown"
    )


def test_a_surname_of_several_words_joins_too() -> None:
    assert join(["Ursula von der Leyen", "von der Leyen"])["von der Leyen"] == "Ursula von der Leyen"


def test_two_people_with_one_surname_stay_apart() -> None:
    joined = join(["Ada Brown", "Carl Brown", "Brown"])
    assert joined == {"Ada Brown": "Ada Brown", "Carl Brown": "Carl Brown", "Brown": "Brown"}


def test_a_given_name_of_one_and_a_surname_of_another_means_the_surname() -> None:
    assert join(["Kelly Long", "Ada Kelly", "Kelly"])["Kelly"] == "Ada Kelly"


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("Donald J. Trump", "Donald Trump"),
        ("Attorney Ada Brown", "Ada Brown"),
        ("Lawrence Lessig", "Larry Lessig"),
        ("A. Brown", "Ada Brown"),
        ("Kristen Wilkins", "Kristin Wilkins"),
    ],
)
def test_forms_of_one_name(longer: str, shorter: str) -> None:
    assert is_same(longer, shorter)


@pytest.mark.parametrize(
    ("one", "other"), [("Joan Brown", "John Brown"), ("Ada Brown", "Carl Brown"), ("Mark Brown", "Mary Brown")]
)
def test_names_of_two(one: str, other: str) -> None:
    assert not is_same(one, other)


def test_the_most_used_form_stands_for_the_person() -> None:
    names = ["Donald J. Trump", "Donald Trump", "Donald Trump", "Trump"]
    assert set(join(names).values()) == {"Donald Trump"}


words = st.sampled_from(["Ada", "Carl", "Brown", "Kim", "Xi", "Jong-un", "Mr", "President", "von", "Jr", "A."])


@given(st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), max_size=12))
def test_every_name_is_joined_and_joining_again_changes_nothing(names: list[str]) -> None:
    joined = join(names)
    assert set(joined) == set(names)
    assert join(names) == joined
