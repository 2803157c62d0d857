"""The lists that ship hold together: no row is broken, no name is two things, attributions are in place."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from processors.entities import gazetteer
from processors.entities.evidence import own_words
from processors.entities.territories import territory

FOLDER = Path(gazetteer.__file__).parent / "gazetteers"


def test_every_list_says_what_it_is_and_under_which_licence() -> None:
    for file in FOLDER.iterdir():
        content = file.read_bytes()
        head = (gzip.decompress(content) if file.suffix == ".gz" else content).decode()[:600]
        assert head.startswith("# "), file.name
        assert any(licence in head for licence in ("CC0", "CC BY 4.0", "MIT License")), file.name


def test_places_carry_the_attribution_of_geonames() -> None:
    head = gzip.decompress((FOLDER / "places.tsv.gz").read_bytes()).decode().splitlines()[0]
    assert "GeoNames (https://www.geonames.org)" in head


@pytest.mark.parametrize("file", ["aliases.tsv", "weapons.tsv"])
def test_no_form_stands_for_two_things(file: str) -> None:
    seen: dict[str, str] = {}
    for line in (FOLDER / file).read_text(encoding="utf8").splitlines():
        if line.startswith("#"):
            continue
        name, *_, aliases = line.split("\t")
        for form in (name, *filter(None, aliases.split("|"))):
            assert seen.setdefault(form, name) == name, form


def test_known_names_lead_to_one_canonical_name() -> None:
    assert {gazetteer.known()[form].name for form in ("Zelensky", "Volodymyr Zelenskiy")} == {"Volodymyr Zelenskyy"}
    assert gazetteer.weapons("yes")["Tomahawks"].name == "Tomahawk"


def test_cities_stand_the_largest_first() -> None:
    for name in ("Springfield", "London", "San José", "San Jose"):
        populations = [city.population for city in gazetteer.cities(name)]
        assert len(populations) > 1
        assert populations == sorted(populations, reverse=True)


def test_a_city_is_known_without_its_accents_unless_another_is_called_so() -> None:
    (with_accents,), (without,) = gazetteer.cities("Łódź"), gazetteer.cities("Lodz")
    assert replace(with_accents, name="Lodz") == without
    assert {city.country for city in gazetteer.cities("Leon")} != {city.country for city in gazetteer.cities("León")}


def test_territories_have_wikidata_ids() -> None:
    found = {name: territory(name) for name in ("US", "Britain", "Ukraine", "Texas")}
    assert {name: place.wikidata for name, place in found.items() if place} == {
        "US": "Q30",
        "Britain": "Q145",
        "Ukraine": "Q212",
        "Texas": "Q1439",
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Ports", "organisation"),
        ("Harbour Trading Co.", "organisation"),
        ("Lake Ladoga", "place"),
        ("Miller Street", "place"),
        ("Anna Miller", None),
        ("Bank", None),
    ],
)
def test_a_name_may_say_itself_what_it_names(name: str, kind: str | None) -> None:
    assert own_words(name) == kind
