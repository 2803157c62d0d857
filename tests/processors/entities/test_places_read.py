"""Places of all sizes keep their own names, lie where they lie, and are nobody; those who live there are no places."""

import pytest
from reading import read

from processors.enrich import Enricher


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Raqqa", "sy"),
        ("Fez", "ma"),
        ("Cologne", "de"),
        ("Wroclaw", "pl"),
        ("Wrocław", "pl"),
        ("Avdiivka", "ua"),
        ("Srebrenica", "ba"),
        ("Bavaria", "de"),
        ("Tigray", "et"),
        ("Sicily", "it"),
        ("North Kivu", "cd"),
        ("Sussex", "gb"),
        ("Kent", "gb"),
        ("Eindhoven", "nl"),
        ("Amhara", "et"),
        ("Medina", "sa"),
        ("French Guiana", "gf"),
    ],
)
def test_a_place_keeps_its_name_and_lies_in_its_country(enricher: Enricher, name: str, country: str) -> None:
    found = [
        (one.text, one.kind, one.name, one.country)
        for one in read(enricher, f"Hundreds went through {name} on foot.").entities
    ]
    assert (name, "place", name, country) in found


@pytest.mark.parametrize("name", ["Porto", "Bavaria", "Winnipeg", "Rajshahi"])
def test_what_somebody_is_from_is_a_place(enricher: Enricher, name: str) -> None:
    found = [(one.text, one.kind) for one in read(enricher, f"Firefighters from {name} were sent to help.").entities]
    assert found == [(name, "place")]


@pytest.mark.parametrize("people", ["Burkinabe", "Greenlandic", "Nigerien", "Dagestani", "Sri Lankan", "Berliner"])
def test_who_lives_there_is_no_place_and_no_person(enricher: Enricher, people: str) -> None:
    found = read(enricher, f"The {people} minister met {people} doctors on Monday.").entities
    assert {one.kind for one in found if people in one.text} <= {"group"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("John Kerry landed in Rome. Kerry said no.", "John Kerry"),
        ("Clark Kent wrote it. Kent has faith in Kent.", "Clark Kent"),
    ],
)
def test_somebody_named_in_full_is_no_region(enricher: Enricher, text: str, name: str) -> None:
    people = [one for one in read(enricher, text).entities if one.kind == "person"]
    assert len(people) >= 2
    assert {one.name for one in people} == {name}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Tripoli in Lebanon was quiet.", "Tripoli", "lb"),
        ("Georgia beat Portugal in Rome. Voters in Atlanta, Georgia, queued.", "Georgia", "ge"),
        ("Voters in Atlanta queued, as Georgia went to the polls.", "Georgia", "us"),
        ("In Paris, Texas, the mill closed.", "Paris", "us"),
    ],
)
def test_a_place_lies_where_its_sentence_says(enricher: Enricher, text: str, name: str, country: str) -> None:
    assert next(one.country for one in read(enricher, text).entities if one.text == name) == country
