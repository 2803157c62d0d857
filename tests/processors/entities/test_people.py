"""Names of people within one article: parts join the full name, namesakes stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.entities.mention import Mention
from processors.entities.people import join
from processors.entities.person_name import bare, is_same, surname


def joined(text: str, *names: str) -> list[str]:
    """For whom names stand, each sought in the text after the one before."""
    found, at = [], 0
    for name in names:
        at = text.index(name, at)
        found.append(Mention(at, at + len(name), name, "person"))
        at += len(name)
    return [join(text, found)[mention.start].name for mention in found]


def listed(names: list[str]) -> list[str]:
    """For whom names stand in a text of nothing else."""
    return joined("; ".join(names), *names)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("President Ada Brown", "Ada Brown"),
        ("Vice President Ada Brown", "Ada Brown"),
        ("Dr. Brown", "Brown"),
        ("Ada Brown, Jr", "Ada Brown Jr."),
        ("Ada Brown III", "Ada Brown III"),
        ("President", "President"),
        ("Ada\nBrown", "Ada Brown"),
    ],
)
def test_titles_are_no_part_of_a_name_and_suffixes_are_written_one_way(written: str, name: str) -> None:
    assert bare(written) == name


@pytest.mark.parametrize(
    ("name", "family"),
    [("Ada Brown", "Brown"), ("Xi Jinping", "Xi"), ("Kim Jong Un", "Kim"), ("Park Geun-hye", "Park")],
)
def test_the_family_name_stands_last_except_where_it_stands_first(name: str, family: str) -> None:
    assert surname(name) == family


def test_a_surname_joins_the_full_name() -> None:
    assert set(listed(["Ada Brown", "Brown", "Mrs Brown", "Ada"])) == {"Ada Brown"}


def test_a_surname_of_several_words_joins_too() -> None:
    assert listed(["Ursula von der Leyen", "von der Leyen", "Von der Leyen"])[1:] == ["Ursula von der Leyen"] * 2


def test_two_people_with_one_surname_stay_apart() -> None:
    assert listed(["Ada Brown", "Carl Brown", "Brown"]) == ["Ada Brown", "Carl Brown", "Brown"]


def test_a_given_name_of_one_and_a_surname_of_another_means_the_surname() -> None:
    assert listed(["Kelly Long", "Ada Kelly", "Kelly"])[2] == "Ada Kelly"


def test_a_surname_joins_however_it_is_romanised() -> None:
    assert set(listed(["Dmytro Havrylskyi", "Havrylsky", "Havrylskiy", "Havrylskyy"])) == {"Dmytro Havrylskyi"}
    assert listed(["Dmytro Havrylskyi", "Havrylska"])[1] == "Havrylska"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Yo Jong"),
        ("Park Min-soo", "Park Min-seo"),
        ("Li Qiang", "Li Qiao"),
        ("Wang Yi", "Wang Wenbin"),
        ("Nguyen Van Thanh", "Nguyen Van Thang"),
        ("Kim Novak", "Kim Kardashian"),
        ("Carl Brown", "Carl Brown Jr."),
        ("Carl Brown Sr.", "Carl Brown Jr."),
        ("Otto Brown II", "Otto Brown III"),
        ("George H. W. Brown", "George W. Brown"),
        ("Mary Ann Brown", "Mary Beth Brown"),
        ("Daniel Brown", "Daniela Brown"),
        ("Andreas Brown", "Andrea Brown"),
    ],
)
def test_relatives_are_two(one: str, other: str) -> None:
    assert listed([one, other]) == [one, other]
    assert listed([other, one]) == [other, one]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "Kim Jong-un"),
        ("Park Min-soo", "Park Minsoo"),
        ("Wang Yi", "Wang"),
        ("Nguyen Van Thanh", "Thanh"),
    ],
)
def test_one_person_whose_family_stands_first(one: str, other: str) -> None:
    assert len(set(listed([one, other]))) == 1


def test_a_son_is_called_by_his_suffix() -> None:
    assert listed(["Carl Brown", "Carl Brown, Jr.", "Brown Jr.", "Brown"]) == [
        "Carl Brown",
        "Carl Brown Jr.",
        "Carl Brown Jr.",
        "Brown",
    ]


def test_who_is_named_only_later_is_not_meant_yet() -> None:
    text = "Viktor Brown fell ill. Brown's wife, Runa Brown, nursed him. Brown slept."
    assert joined(text, "Viktor Brown", "Brown", "Runa Brown", "Brown") == [
        "Viktor Brown",
        "Viktor Brown",
        "Runa Brown",
        "Brown",
    ]


@pytest.mark.parametrize(("between", "name"), [(" said no. ", "Brown"), (" said no\n\n", "Viktor Brown")])
def test_a_surname_before_the_full_name_is_his_in_a_headline_alone(between: str, name: str) -> None:
    assert joined(f"Brown{between}Viktor Brown left.", "Brown", "Viktor Brown")[0] == name


COUPLE = "Emil Brown and his wife, Runa Brown, left. "


@pytest.mark.parametrize(
    ("text", "names", "who"),
    [
        (COUPLE + "Mrs. Brown slept.", ["Emil Brown", "Runa Brown", "Brown"], "Runa Brown"),
        (COUPLE + "Mr Brown slept.", ["Emil Brown", "Runa Brown", "Brown"], "Emil Brown"),
        (COUPLE + "Brown slept.", ["Emil Brown", "Runa Brown", "Brown"], "Brown"),
        (
            "Senator Vik Brown met the actor Tove Brown. Senator Brown slept.",
            ["Vik Brown", "Tove Brown", "Brown"],
            "Vik Brown",
        ),
        (
            "Vik Brown's daughter Tove Brown slept. Ms Brown woke.",
            ["Vik Brown", "Tove Brown", "Brown"],
            "Tove Brown",
        ),
        ("Maria Brown met Peter Brown. Mr. Brown slept.", ["Maria Brown", "Peter Brown", "Brown"], "Peter Brown"),
        ("Peter Brown slept. Mrs. Brown woke.", ["Peter Brown", "Brown"], "Brown"),
        ("Peter and Maria Brown left. Mrs Brown slept.", ["Peter", "Maria Brown", "Brown"], "Maria Brown"),
    ],
)
def test_a_title_chooses_between_namesakes(text: str, names: list[str], who: str) -> None:
    assert joined(text, *names)[-1] == who


def test_a_couple_has_one_surname() -> None:
    assert joined("Peter and Maria Brown left.", "Peter", "Maria Brown") == ["Peter Brown", "Maria Brown"]


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("Donald J. Trump", "Donald Trump"),
        ("Attorney Ada Brown", "Ada Brown"),
        ("Lawrence Lessig", "Larry Lessig"),
        ("A. Brown", "Ada Brown"),
        ("Kristen Wilkins", "Kristin Wilkins"),
        ("Yuliya Moroz", "Yulia Moroz"),
        ("Natalya Moroz", "Nataliya Moroz"),
        ("Yuri Moroz", "Yuriy Moroz"),
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
    assert set(listed(names)) == {"Donald Trump"}


words = st.sampled_from(["Ada", "Carl", "Brown", "Kim", "Xi", "Jong-un", "Mr", "President", "von", "Jr", "A."])


@given(st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), max_size=12))
def test_every_name_is_joined(names: list[str]) -> None:
    assert len(listed(names)) == len(names)
