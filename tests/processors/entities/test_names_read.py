"""Names as the network and the article's evidence together read them, by kinds of trouble."""

import pytest
from reading import read

from processors.enrich import Enricher


def kinds(enricher: Enricher, text: str) -> list[tuple[str, str]]:
    return [(entity.text, entity.kind) for entity in read(enricher, text).entities]


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("Anna Velk said on Monday that Tomahawks were no answer.", ["Tomahawks"]),
        ("Patriots arrived on Tuesday, the minister said.", ["Patriots"]),
        ("OSLO - Patriot deliveries could begin in May, the minister said.", ["Patriot"]),
        ("The HIMARS has a range of 300 km.", ["HIMARS"]),
        ("She wants ATACMS, Tomahawks and Patriots.", ["ATACMS", "Tomahawks", "Patriots"]),
        ("VELKA, Oct 3 (Reuters) - Tomahawk missiles are on their way.", ["Tomahawk"]),
        ("New England fans saw the Patriots lose a game.", []),
        ("Leopards and Bradleys will come in spring.", ["Leopards", "Bradleys"]),
        ("Taurus deliveries are off the table.", ["Taurus"]),
        ("Bradley Cooper came late. Bradley slept.", []),
        ("Katyushas and Shaheds fell on the town.", ["Katyushas", "Shaheds"]),
        ("David's Sling met it over the sea.", ["David's"]),
        ("The Taurus can reach targets 500 km away.", ["Taurus"]),
        ("Piorun and Chunmoo shipments went by rail.", ["Piorun", "Chunmoo"]),
    ],
)
def test_weapons_need_no_noun(enricher: Enricher, text: str, weapons: list[str]) -> None:
    found = [name for name, kind in kinds(enricher, text) if kind == "weapon"]
    assert [name.split(" ")[0] for name in found] == weapons


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("RUGBY - WALES BEAT ITALY IN ROME AS MERRICK RETURNS", [("WALES", "place"), ("ITALY", "place")]),
        ("MACRON MEETS NATO CHIEF IN BRUSSELS", [("MACRON", "person"), ("NATO", "organisation")]),
        ("Putin Warns Nato As Zelensky Flies To Oslo For Talks", [("Zelensky", "person"), ("Oslo", "place")]),
        (
            "Scholz Meets Macron In Lyon To Ask For Time",
            [("Scholz", "person"), ("Macron", "person"), ("Lyon", "place")],
        ),
        ("Storm Kills Two In Basel As Rivers Rise", [("Basel", "place")]),
        ("Rockets Hit Beirut Suburb As Talks Go On", [("Beirut", "place")]),
        ("LINDQVIST LOSES VOTE\n\nOSLO (AP) - Ada Lindqvist lost a vote on Monday.", [("LINDQVIST", "person")]),
        ("LINDQVIST WARNS EU OVER FISH\n\nOSLO (AP) - Ada Lindqvist spoke.", [("LINDQVIST", "person")]),
        ("MARIUPOL (Reuters) - It rained on Monday.", [("MARIUPOL", "place")]),
    ],
)
def test_headlines_and_datelines(enricher: Enricher, text: str, wanted: list[tuple[str, str]]) -> None:
    assert set(wanted) <= set(kinds(enricher, text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Washington said no. Denzel Washington was away.", ("Washington", "place")),
        ("Berlin said it would pay. The singer Irving Berlin was dead by then.", ("Berlin", "place")),
        ("Houston police came. Whitney Houston's house had burned.", ("Houston", "place")),
        ("Michael Jordan flew to Jordan on Friday.", ("Jordan", "place")),
        ("Michael Jordan came late. Jordan, 60, was in Rome.", ("Jordan", "person")),
        ("Lloyd Austin flew home. Austin said he was tired.", ("Austin", "person")),
        ("Lincoln police came. The letters of Abraham Lincoln were sold.", ("Lincoln", "organisation")),
        ("The singer Irving Berlin wrote it.", ("Irving Berlin", "person")),
        ("Mayor London Breed came late.", ("London Breed", "person")),
    ],
)
def test_a_place_and_a_person_of_one_name(enricher: Enricher, text: str, wanted: tuple[str, str]) -> None:
    assert wanted in kinds(enricher, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The USS Harvey Milk left.", "Harvey Milk"),
        ("HMS Queen Victoria sailed for Malta.", "Queen Victoria"),
        ("The USS John F. Kennedy is old.", "John F. Kennedy"),
        ("The frigate Admiral Makarov burned.", "Makarov"),
        ("The ferry Estonia sank.", "Estonia"),
    ],
)
def test_ships_are_no_people_and_no_places(enricher: Enricher, text: str, name: str) -> None:
    assert not [one for one in read(enricher, text).entities if name in one.text and one.kind in ("person", "place")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kurds and Rohingya marched.", "Rohingya"),
        ("The Yazidi fled.", "Yazidi"),
        ("Tuaregs and Hausa traders met.", "Tuaregs"),
        ("Uyghurs live there.", "Uyghurs"),
        ("Brexit was not to blame.", "Brexit"),
        ("A Franco-Lebanese director came.", "Franco-Lebanese"),
    ],
)
def test_peoples_are_no_people(enricher: Enricher, text: str, name: str) -> None:
    assert not [
        one
        for one in read(enricher, text).entities
        if one.text == name and one.kind in ("person", "place", "organisation")
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“It is late,” said the mayor, Ute Frank.", "Ute Frank"),
        ("Ivana Trump did not come.", "Ivana Trump"),
        ("Joaquín “El Gordo” Medina was arrested.", "Joaquín “El Gordo” Medina"),
        ('Ramona "Mona" Salinas slept.', 'Ramona "Mona" Salinas'),
        ("Ricardo “Rico” Fuentes slept.", "Ricardo “Rico” Fuentes"),
        ("Marine Le Pen came. Then Ms Le Pen spoke.", "Le Pen"),
        ("Luiz Inácio Lula da Silva flew home.", "Luiz Inácio Lula da Silva"),
        ("Beate Lenz-Arnim spoke.", "Beate Lenz-Arnim"),
        ("Sculptor Edith Hill and her brother left.", "Edith Hill"),
        ("The boat is old, said Per Holm.", "Per Holm"),
        ("He swore in Ruth Mensah on Friday.", "Ruth Mensah"),
        ("VEGA WARNS TOWN ABOUT THE DAM\n\nMayor Lucia Vega spoke.", "VEGA"),
    ],
)
def test_a_whole_name_is_one_person(enricher: Enricher, text: str, name: str) -> None:
    assert (name, "person") in kinds(enricher, text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Burkina-Faso did not answer.", ("Burkina-Faso", "place")),
        ("Papua New Guinea voted.", ("Papua New Guinea", "place")),
        ("Police in Cardiff said nothing.", ("Cardiff", "place")),
        ("Bayern Munich lost the match 3-1.", ("Bayern Munich", "organisation")),
        ("Antigua and Barbuda voted.", ("Antigua and Barbuda", "place")),
    ],
)
def test_countries_cities_and_clubs(enricher: Enricher, text: str, wanted: tuple[str, str]) -> None:
    assert wanted in kinds(enricher, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bakers in Dunmoor walked out on Monday.", "Dunmoor"),
        ("The vote in Tessaly was counted again.", "Tessaly"),
        ("It will delay the wheat on its way to the port of Ansbury.", "Ansbury"),
        ("Rain fell near Corwen all night.", "Corwen"),
        ("He was born in the village of Marlo.", "Marlo"),
    ],
)
def test_an_unknown_town_is_a_place_by_what_stands_before_it(enricher: Enricher, text: str, name: str) -> None:
    assert (name, "place") in kinds(enricher, text)


@pytest.mark.parametrize("club", ["Aston Villa", "Paris Saint-Germain", "Al Hilal", "New York Yankees", "Galatasaray"])
def test_clubs_are_no_people_and_no_towns(enricher: Enricher, club: str) -> None:
    assert (club, "organisation") in kinds(enricher, f"{club} signed a striker on Monday.")


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("Xi Urges Merz To End Row As Riga Waits", [("Xi", "person"), ("Merz", "person"), ("Riga", "place")], "Urges"),
        ("Iran Hits Erbil After Hezbollah Drones Strike Acre", [("Hezbollah", "organisation")], "Drones"),
        ("Bank Of England Holds Rates As Pound Slips", [("Bank Of England", "organisation")], "Holds"),
        ("SOCCER - NORWAY DRAW WITH PERU IN LIMA AS MUELLER LIMPS OFF", [("MUELLER", "person")], "LIMPS"),
        ("GOLF - WALES'S LOWRY LEADS IN CORK AS SPAIN CHEERS", [("LOWRY", "person")], "LEADS"),
        ("CYCLING - POGACAR WINS IN GHENT AS BELGIUM WEEPS", [("POGACAR", "person")], "WINS"),
        ("URGENT: EARTHQUAKE HITS PERU, TSUNAMI WARNING FOR CHILE", [("PERU", "place")], "TSUNAMI"),
    ],
)
def test_headlines_are_read_as_sentences(
    enricher: Enricher, text: str, wanted: list[tuple[str, str]], unwanted: str
) -> None:
    found = kinds(enricher, text)
    assert set(wanted) <= set(found)
    assert not any(unwanted in name for name, _ in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("April Jones was seen on Friday. Jones, 19, is a student.", ("April Jones", "person")),
        ("Theresa May resigned in May. May, 62, had led it for years.", ("May", "person")),
        ("Israel Adesanya lost in Sydney.", ("Israel Adesanya", "person")),
        ("Frank-Walter Dahlmann came late.", ("Frank-Walter Dahlmann", "person")),
        ("Ana Melo Ramos dos Anjos spoke in Lisbon.", ("Ana Melo Ramos dos Anjos", "person")),
        ("Omar al-Bashar fled. Al-Bashar's guards stayed.", ("Al-Bashar", "person")),
        ("Troy Carter left Troy, Michigan, in 1999.", ("Troy", "place")),
        ("A Franco-German brigade and two Swedes joined.", ("Franco-German", "group")),
        ("Javelins would not change the war, he said.", ("Javelins", "weapon")),
        ("Dorn signed a pact with Timor-Leste on Monday.", ("Timor-Leste", "place")),
        ("Thousands fled Patagonia on Monday.", ("Patagonia", "place")),
        ("Trinidad & Tobago closed its ports.", ("Trinidad & Tobago", "place")),
        ("She called on the European Union to act.", ("European Union", "organisation")),
        ('Jared Holm and Ivanka Holm flew home. "It is near," Ivanka Holm said.', ("Ivanka Holm", "person")),
        ("Pieter van den Brandhof and Omar al-Mukhtar spoke.", ("Pieter van den Brandhof", "person")),
        ("Militias took Kidal and Gao on Monday.", ("Gao", "place")),
        ("The army left Malakal on Monday.", ("Malakal", "place")),
        ("Santiago de Compostela in Spain was full of pilgrims.", ("Santiago de Compostela", "place")),
        ("Crystal Palace beat Leeds United 3-1 in the cup.", ("Crystal Palace", "organisation")),
        ("Germany sent Patriots, Gepards and Leopards.", ("Leopards", "weapon")),
    ],
)
def test_names_are_whole_and_of_their_kind(enricher: Enricher, text: str, wanted: tuple[str, str]) -> None:
    assert wanted in kinds(enricher, text)


@pytest.mark.parametrize(
    ("text", "firm"),
    [("France's Thales will bid.", "Thales"), ("Japan's Hitachi built it. Italy's Eni did not.", "Eni")],
)
def test_a_firm_behind_its_country_is_one(enricher: Enricher, text: str, firm: str) -> None:
    assert (firm, "organisation") in kinds(enricher, text)


def test_key_points_before_a_dateline_leave_it_a_place(enricher: Enricher) -> None:
    text = "* Three boats lost * Navy sends help MELBOURNE, May 3 (Reuters) - The sea was rough."
    assert ("MELBOURNE", "place") in kinds(enricher, text)


def test_no_name_ends_within_an_institution(enricher: Enricher) -> None:
    text = "The bones are old, the university's institute of forensic medicine said."
    assert not [name for name, _ in kinds(enricher, text) if name.endswith(" of")]


def test_leaving_a_union_is_no_name(enricher: Enricher) -> None:
    assert not any("exit" in name for name, _ in kinds(enricher, "Frexit and Brexit were on nobody's mind in Lyon."))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Omar al-Bashar fled. Bashar ruled for years. Al-Bashar's guards stayed.", {"Omar al-Bashar"}),
        ("Mykhailo Podolyak spoke. Podoliak was angry.", {"Mykhailo Podolyak"}),
        ("Hassan Lindal spoke. Hasan Lindal's son did not.", {"Hassan Lindal"}),
        ("Usama bin Dalan hid. Osama bin Dalan's son spoke.", {"Usama bin Dalan"}),
    ],
)
def test_spellings_and_articles_join(enricher: Enricher, text: str, names: set[str]) -> None:
    assert {one.name for one in read(enricher, text).entities} == names


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Marie-Claude Coleiro Borg met Omar al-Fassi. Al-Fassi left.", "Marie-Claude Coleiro Borg"),
        (
            "Karl Moen spoke in Rome. Karl Moen Jr. sold the mill. “We wept,” Karl Moen Jr. said.",
            "Karl Moen Jr.",
        ),
    ],
)
def test_a_name_is_one_piece(enricher: Enricher, text: str, person: str) -> None:
    assert (person, "person") in kinds(enricher, text)


def test_beside_ships_the_admiral_is_one(enricher: Enricher) -> None:
    text = "The USS Abraham Lincoln left Guam. The Admiral Kuznetsov stayed in port."
    assert not [name for name, kind in kinds(enricher, text) if kind == "person"]


def test_a_firm_may_bear_a_name_and_its_s(enricher: Enricher) -> None:
    assert kinds(enricher, "Victoria's Secret shut ten shops.") == [("Victoria's Secret", "organisation")]
