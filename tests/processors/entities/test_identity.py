"""One name and one id for one thing, within an article and across articles."""

import pytest

from processors.entities import search_names
from processors.entities.article_gazetteer import article_gazetteer
from processors.entities.entity_id import entity_id
from processors.entities.identity import identify
from processors.entities.mention import Mention
from schemas.article import Entity, EntityKind


def name(text: str, *marks: tuple[str, EntityKind]) -> list[Entity]:
    """The entities of the words given, each sought after the one before."""
    found, at = [], 0
    for words, kind in marks:
        at = text.index(words, at)
        found.append(Mention(at, at + len(words), words, kind))
        at += len(words)
    return list(identify(text, found, article_gazetteer(text)))


def test_a_surname_gets_the_name_and_the_id_of_its_bearer() -> None:
    full, short = name("Ada Lindqvist left. Lindqvist slept.", ("Ada Lindqvist", "person"), ("Lindqvist", "person"))
    assert short.name == "Ada Lindqvist"
    assert short.id == full.id


def test_a_bare_surname_joins_no_two_articles() -> None:
    (entity,) = name("Lindqvist slept.", ("Lindqvist", "person"))
    assert (entity.name, entity.id) == ("Lindqvist", None)


def test_a_bare_surname_of_the_alias_file_is_who_it_says() -> None:
    (entity,) = name("Zelenskiy spoke.", ("Zelenskiy", "person"))
    assert (entity.name, entity.wikidata) == ("Volodymyr Zelenskyy", "Q3874799")
    assert entity.id == entity_id("person", "Volodymyr Zelenskyy")


def test_another_bearer_named_in_full_takes_the_surname() -> None:
    both = name("Mary Trump wrote it. Trump sold it.", ("Mary Trump", "person"), ("Trump", "person"))
    assert [entity.name for entity in both] == ["Mary Trump", "Mary Trump"]


def test_an_acronym_gets_the_full_name() -> None:
    text = "Port Safety Union (PSU) struck. PSU won."
    entities = name(text, ("Port Safety Union", "organisation"), ("PSU", "organisation"), ("PSU", "organisation"))
    assert {entity.name for entity in entities} == {"Port Safety Union"}
    assert len({entity.id for entity in entities}) == 1


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Dmitri Orlov", "Dmitry Orlov"),
        ("person", "Mohammed Ahmad", "Muhammad Ahmed"),
        ("person", "José Pérez", "Jose Perez"),
        ("person", "Sergei Ivanov", "Sergey Ivanov"),
        ("organisation", "Acme Mining Corp.", "Acme Mining"),
        ("organisation", "ACME MINING", "Acme Mining"),
    ],
)
def test_spellings_of_one_name_share_an_id(kind: EntityKind, one: str, other: str) -> None:
    assert entity_id(kind, one) == entity_id(kind, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("person", "Ada Lind", None), ("person", "Ida Lind", None)),
        (("person", "Jordan", None), ("place", "Jordan", None)),
        (("place", "London", "gb"), ("place", "London", "ca")),
    ],
)
def test_different_things_have_different_ids(
    one: tuple[EntityKind, str, str | None], other: tuple[EntityKind, str, str | None]
) -> None:
    assert entity_id(*one) != entity_id(*other)


def test_ids_never_change() -> None:
    assert entity_id("person", "Ada Lovelace") == "fb984e7d32e60155"


def test_a_country_has_its_id_and_the_point_of_its_capital() -> None:
    (entity,) = name("Ukraine voted.", ("Ukraine", "place"))
    assert (entity.wikidata, entity.country, entity.latitude, entity.longitude) == ("Q212", "ua", 50.455, 30.524)


def test_an_old_name_of_a_city_is_the_city() -> None:
    (entity,) = name("Kiev slept.", ("Kiev", "place"))
    assert (entity.name, entity.country, entity.latitude) == ("Kyiv", "ua", 50.455)


def test_an_ambiguous_city_lies_where_the_article_speaks_of() -> None:
    (alone,) = name("London slept.", ("London", "place"))
    assert alone.country == "gb"
    ontario, canada = name("London is in Canada.", ("London", "place"), ("Canada", "place"))
    assert (ontario.country, canada.country) == ("ca", "ca")
    assert ontario.id != alone.id


def test_washington_is_the_city() -> None:
    (entity,) = name("Washington slept.", ("Washington", "place"))
    assert entity.latitude == 38.895


def test_an_unknown_place_is_no_worse_than_a_name() -> None:
    (entity,) = name("Zarvik slept.", ("Zarvik", "place"))
    assert (entity.name, entity.country, entity.latitude) == ("Zarvik", None, None)
    assert entity.id is not None


def test_search_finds_all_names_of_whom_an_article_names() -> None:
    entities = name("Zelensky asked for Tomahawks, a missile.", ("Zelensky", "person"), ("Tomahawks", "weapon"))
    names = search_names(entities)
    assert {"Volodymyr Zelenskyy", "Zelenskiy", "Zelensky", "Tomahawk", "Tomahawks"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "place",
    ["London", "Leeds", "Surrey", "Glasgow", "Vancouver", "Brisbane", "Odesa", "Kharkiv", "Gaza", "Nagorno-Karabakh"],
)
def test_a_place_keeps_its_own_name(place: str) -> None:
    (entity,) = name(f"{place} slept.", (place, "place"))
    assert entity.name == place


@pytest.mark.parametrize(
    ("written", "known"),
    [("Lviv region", "Lviv Oblast"), ("Hong Kong", "Hong Kong"), ("Washington state", "Washington")],
)
def test_a_region_has_its_id_by_any_of_its_own_names(written: str, known: str) -> None:
    (entity,) = name(f"{written} slept.", (written, "place"))
    assert entity.name == known
    assert entity.wikidata is not None


@pytest.mark.parametrize(
    ("text", "city", "region", "country"),
    [
        ("In Athens, Georgia, it rained.", "Athens", "Georgia", "us"),
        ("In Batumi, Georgia, it rained.", "Batumi", "Georgia", "ge"),
        ("In Paris, Texas, it rained.", "Paris", "Texas", "us"),
        ("In London, Ontario, it rained.", "London", "Ontario", "ca"),
        ("In Birmingham, Alabama, it rained.", "Birmingham", "Alabama", "us"),
        ("In Valencia, Venezuela, it rained.", "Valencia", "Venezuela", "ve"),
    ],
)
def test_a_city_lies_in_the_region_named_beside_it(text: str, city: str, region: str, country: str) -> None:
    both = name(text, (city, "place"), (region, "place"))
    assert [entity.country for entity in both] == [country, country]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Georgia votes. It is cold in Tbilisi.", ["ge", "ge"]),
        ("Georgia votes. It is hot in Atlanta.", ["us", "us"]),
        ("The state of Georgia votes. Ukraine waits.", ["us", "ua"]),
        ("Georgia votes. Ukraine waits.", ["ge", "ua"]),
    ],
)
def test_a_country_and_a_state_of_one_name_are_told_apart(text: str, countries: list[str]) -> None:
    marks: list[tuple[str, EntityKind]] = [
        (word, "place") for word in ("Georgia", "Tbilisi", "Atlanta", "Ukraine") if word in text
    ]
    assert [entity.country for entity in name(text, *marks)] == countries
