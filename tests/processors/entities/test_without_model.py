"""People in French, Spanish and German articles, for which no model is installed: names, ids, and who spoke."""

import pytest
from reading import read

from processors.enrich import Enricher


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "fr",
            "Le ministre Jean Aubry a reçu Mme Claire Verdier. M. Aubry a dit non.",
            ["Jean Aubry", "Claire Verdier", "Jean Aubry"],
        ),
        ("fr", "Le maire de Lyon a reçu Jean-Luc Le Goff à l'Assemblée nationale.", ["Jean-Luc Le Goff"]),
        ("es", "La ministra Marta Ruiz Soto viajó a Santiago de Chile. Soto calló.", ["Marta Ruiz Soto"] * 2),
        ("es", "El gobernador de Carolina del Norte recibió a José Luis Arce.", ["José Luis Arce"]),
        (
            "de",
            "Kanzler Karl Bauer traf Ursula von der Leyen. Der Bauer weinte.",
            ["Karl Bauer", "Ursula von der Leyen"],
        ),
        ("de", "Die Brücke in der Peterstraße bleibt gesperrt.", []),
    ],
)
def test_people_are_found_by_given_names_and_titles(
    enricher: Enricher, language: str, text: str, names: list[str]
) -> None:
    assert [one.name for one in read(enricher, text, language).entities] == names


def test_one_person_has_one_id_in_all_languages(enricher: Enricher) -> None:
    texts = {
        "fr": "Le ministre Paul Aubry est venu.",
        "de": "Minister Paul Aubry kam.",
        "es": "Llegó el ministro Paul Aubry.",
        "en": "The minister, Paul Aubry, came.",
    }
    ids = {one.id for language, text in texts.items() for one in read(enricher, text, language).entities}
    assert len(ids) == 1
    assert None not in ids


def test_a_speaker_has_the_id_of_the_person(enricher: Enricher) -> None:
    found = read(enricher, "La ministre Claire Verdier est venue. «Le pont restera fermé», a dit Verdier.", "fr")
    (quote,) = found.quotes
    assert quote.speaker is not None
    assert quote.speaker.name == "Claire Verdier"
    assert quote.speaker.id == found.entities[0].id


def test_what_was_not_looked_for_is_said(enricher: Enricher) -> None:
    assert any("only people" in note for note in read(enricher, "Le pont est fermé.", "fr").notes)
    assert any("none were looked for" in note for note in read(enricher, "Most jest zamknięty.", "pl").notes)
