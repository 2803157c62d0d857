"""One word in several spellings, signs and capitals in words, ends of sentences: what a query finds of a text."""

import pytest
from meaning import Subject, matches
from wire_articles import NOON, wire_article

from stores.query import parse


def found(query: str, *texts: str) -> list[str]:
    subjects = [(text, Subject.of(wire_article(str(number), text))) for number, text in enumerate(texts)]
    root = parse(query, NOON).root
    return [text for text, subject in subjects if matches(root, subject)]


CASES = [
    ("MiG-29 jet", ["Su-27", "Su27"], ["A Su-27 jet.", "Two Su27 jets."], ["The Su-30 landed.", "Su saw 27 of them."]),
    ("code", ["T-90", "T90"], ["A T-90 tank.", "A T90 tank."], ["Model T, page 90."]),
    ("longer code", ["Orlan-10"], ["An Orlan-10 fell.", "An Orlan10 fell."], ["Orlan has 12."]),
    ("hyphen", ["by-election"], ["A by-election is due.", "A byelection is due."], ["By an election."]),
    ("joined", ["byelection", "truckload"], ["The by-election and the truck-load."], ["By election day a truck came."]),
    ("dots", ["E.U.", "EU", '"E.U. budget"'], ["The E.U. budget grew.", "The EU budget grew."], ["Evil uses."]),
    ("ampersand", ["P&O"], ["P&O sold a ferry."], ["From p to o."]),
    ("plus", ["Viaplay+", '"Viaplay plus"'], ["Viaplay+ costs more.", "Buy Viaplay+"], ["Viaplay sold a park."]),
    ("without plus", ["viaplay"], ["Viaplay+ costs more.", "Viaplay sold a park."], ["A play."]),
    ("signs", ["F#"], ["They write F# at work."], ["Note F is high."]),
    (
        "thousands",
        ['"2,500 jobs"', '"2500 jobs"'],
        ["It cut 2,500 jobs.", "It cut 2500 jobs."],
        ["It cut 12,500 jobs."],
    ),
    (
        "thousands with blanks",
        ["34000", "34,000", "34 000", "tons 34 000", "(34 000)", '"34 000 tons"', '"34000 tons"'],
        ["It has 34 000 tons.", "It has 34,000 tons.", "It has 34000 tons.", "It has 34.000 tons."],
        ["It has 134 000 tons.", "In 34 hours 000 tons.", "In row 34 stand 000 tons."],
    ),
    ("elision", ["espagne", "l’Espagne"], ["Le roi d’Espagne arrive.", "L'Espagne gagne."], ["Lespagne."]),
    ("umlaut", ["Koeln", "Köln"], ["Ein Zug nach Köln.", "Ein Zug nach Koeln."], ["Ein Zug nach Bonn."]),
    ("hidden", ["Iskander"], ["An Iskan\u00adder fell.", "An Iskan\u200bder fell."], ["An is can der."]),
    ("particles", ["대통령"], ["대통령은 말했다.", "어제 대통령이 왔다."], ["총리가 왔다."]),
    ("accents apart", ["Málaga"], ["Una calle de Ma\u0301laga."], ["Una calle."]),
]


@pytest.mark.parametrize("queries", CASES, ids=lambda case: str(case[0]))
def test_spellings_of_one_word_find_each_other(queries: tuple[str, list[str], list[str], list[str]]) -> None:
    _, asked, right, wrong = queries
    for query in asked:
        assert found(query, *right, *wrong) == right, query


@pytest.mark.parametrize(
    ("query", "right", "wrong"),
    [
        ("WHO", ["The WHO met."], ["She asked who met.", "Who met?"]),
        ("AM", ["An AM station."], ["I am here."]),
        ("U.S.", ["US aid came.", "U.S. aid came."], ["It helped us."]),
        ("=AID", ["The AID office."], ["They sent aid.", "Aid came."]),
        ("=ICE", ["ICE officers came."], ["Ice covered the road."]),
    ],
)
def test_capitals_are_asked_for(query: str, right: list[str], wrong: list[str]) -> None:
    assert found(query, *right, *wrong) == right


def test_capitals_do_not_matter_elsewhere() -> None:
    assert len(found("NATO", "Nato met.", "NATO met.")) == 2
    assert len(found("us", "US aid came.", "It helped us.")) == 2


@pytest.mark.parametrize(
    ("query", "right", "wrong"),
    [
        ("Williams", ["Ms Williams spoke."], ["William spoke."]),
        ("Homs", ["A blast in Homs."], ["The room hom."]),
        ("university", ["Two universities merged."], ["The universe is old."]),
        ("organ", ["An organ donor."], ["An organisation met."]),
        ("organizations", ["One organisation met."], ["Two organs."]),
        ("emirates", ["Emirates ordered jets."], ["The emir flew."]),
        ("boeing", ["Boeing’s jets flew."], ["Boe is a village."]),
        ("morales", ["Morales resigned."], ["A moral victory."]),
        ("protest", ["Two protests began."], ["A Protestant school."]),
        ("news", ["The news came."], ["A new car."]),
        ("france", ["France voted."], ["The Swiss franc rose."]),
        ("july", ["It opens in July."], ["Julie opened it."]),
        ("cooper", ["Ms Cooper spoke."], ["Their cooperation ended."]),
        ("office", ["A post office."], ["Two officers."]),
        ("major", ["A major fire."], ["The majority agreed."]),
    ],
)
def test_names_and_words_are_not_stemmed_into_others(query: str, right: list[str], wrong: list[str]) -> None:
    assert found(query, *right, *wrong) == right


@pytest.mark.parametrize(
    ("query", "right", "wrong"),
    [
        (
            '"air defence"',
            ["More air defence now."],
            ["Clear the air. Defence costs more.", "Fresh air\n\nDefence costs"],
        ),
        ('"summit talks"', ["The summit\ntalks ended."], ["He left the summit! Talks went on.", "“A summit.” Talks."]),
        ('"Gen. Hale"', ["It was Gen. Hale who said so.", "Gen Hale said so."], ["A gen. 1 Hale."]),
        ('"U.S. Navy"', ["The U.S. Navy sailed.", "A US Navy ship."], ["It helped us. Navy ships sailed."]),
        ('"J. Roe"', ["It was J. Roe."], ["Plan J failed; Mr Roe left."]),
        ('"東京"', ["東京に着いた。"], ["東。京"]),
    ],
)
def test_a_phrase_ends_with_its_sentence(query: str, right: list[str], wrong: list[str]) -> None:
    assert found(query, *right, *wrong) == right
