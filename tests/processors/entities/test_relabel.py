"""What the whole article says of a name's kind, from marks as a model might make them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.entities.article_gazetteer import article_gazetteer
from processors.entities.mention import Mention, trim
from processors.entities.relabel import relabel
from schemas.article import EntityKind


def read(text: str, **marks: EntityKind) -> list[tuple[str, str]]:
    """Repair after a model that marked every occurrence of the words given (underscores are spaces)."""
    found = []
    for words, kind in marks.items():
        name = words.replace("_", " ")
        at = text.find(name)
        while at >= 0:
            found.append(Mention(at, at + len(name), name, kind))
            at = text.find(name, at + len(name))
    found.sort(key=lambda mention: mention.start)
    return [(mention.text, mention.kind) for mention in relabel(text, found, article_gazetteer(text))]


def test_a_surname_is_its_bearer() -> None:
    text = "Ada Lindqvist resigned. Lindqvist gave no reason."
    assert read(text, Ada_Lindqvist="person")[1] == ("Lindqvist", "person")


def test_a_mislabelled_surname_is_its_bearer() -> None:
    text = "Ada Sterling resigned. The board thanked Sterling."
    assert read(text, Ada_Sterling="person", Sterling="organisation")[-1] == ("Sterling", "person")


def test_a_country_is_a_place_and_so_is_a_dateline() -> None:
    assert read("Denmark voted.", Denmark="organisation") == [("Denmark", "place")]
    assert read("RANGOON: Rain fell.", RANGOON="person") == [("RANGOON", "place")]


def test_a_city_is_a_place_unless_somebody_is_called_so() -> None:
    assert read("Austin grew.", Austin="person") == [("Austin", "place")]
    text = "Lloyd Austin flew home. Austin slept."
    assert read(text, Lloyd_Austin="person")[1] == ("Austin", "person")


def test_neighbours_outvote_a_lone_label() -> None:
    assert read("They met in Zarvik on Monday.", Zarvik="person") == [("Zarvik", "place")]
    assert read("They had trust in Zarvik on Monday.", Zarvik="person") == [("Zarvik", "person")]
    assert read("They sailed to the port of Zarvik.", Zarvik="person") == [("Zarvik", "place")]
    text = "They met in Zarvik, near Zarvik airport."
    assert read(text, Zarvik="person") == [("Zarvik", "place"), ("Zarvik", "place")]


def test_an_acronym_is_what_it_stands_for_and_is_found_again() -> None:
    text = "The Port Safety Union (PSU) struck. The PSU wants more pay."
    assert read(text, Port_Safety_Union="organisation") == [
        ("Port Safety Union", "organisation"),
        ("PSU", "organisation"),
        ("PSU", "organisation"),
    ]


def test_brackets_that_explain_nothing_are_no_acronym() -> None:
    assert read("The Port Safety Union (OK) struck.", Port_Safety_Union="organisation") == [
        ("Port Safety Union", "organisation")
    ]


def test_titles_and_offices_are_no_names() -> None:
    assert read("Dr Ada Lind met Governor.", Dr_Ada_Lind="person", Governor="person") == [("Ada Lind", "person")]


def test_a_short_name_is_the_firm_named_in_full() -> None:
    text = "Veldmont Mining Corp rose. Veldmont said so."
    assert read(text, Veldmont_Mining_Corp="organisation", Veldmont="person")[1][1] == "organisation"


def test_a_patriot_is_a_weapon_where_arms_are_spoken_of() -> None:
    assert read("Kyiv asked for missiles: more Patriots.") == [("Kyiv", "place"), ("Patriots", "weapon")]
    assert read("The Patriots won at home.") == []


def test_leaders_are_found_where_the_model_overlooks_them() -> None:
    assert read("Then Macron left.") == [("Macron", "person")]


@pytest.mark.parametrize(
    ("written", "name"),
    [("the Kremlin's", "Kremlin"), ("“Ada Lind”", "Ada Lind"), ("the", "the"), ("Lind,", "Lind"), ("The The", "The")],
)
def test_a_mention_is_trimmed_to_the_name(written: str, name: str) -> None:
    start, end = trim(written)
    assert written[start:end] == name


KINDS: list[EntityKind] = ["person", "organisation", "place", "product", "weapon", "group", "event"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ada Lind", "Lind", "Dr Lind", "Kyiv", "(PSU)", "went to", "Patriot", "missile", "🚀"]),
            st.none() | st.sampled_from(KINDS),
        ),
        max_size=20,
    )
)
def test_mentions_stay_exact_ordered_and_apart(parts: list[tuple[str, EntityKind | None]]) -> None:
    text, marked = "", []
    for words, kind in parts:
        if kind is not None:
            marked.append(Mention(len(text), len(text) + len(words), words, kind))
        text += words + " "
    found = relabel(text, marked, article_gazetteer(text))
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
