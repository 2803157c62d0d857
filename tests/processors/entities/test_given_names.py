"""Without a model of names, people are known by their given names, and a speaker's words stand for one of them."""

import pytest
from reading import read

from processors.enrich import Enricher
from processors.entities import find_people

SAID = [
    (
        "fr",
        "« Le pont restera fermé », a dit la maire Claire Dubois. « C’est tout ce que je sais », a ajouté Mme Dubois.",
    ),
    (
        "de",
        "„Die Brücke bleibt gesperrt“, sagte die Chefin Claire Dubois (SPD). „Das Geld fehlt uns dafür“, so Dubois.",
    ),
    ("pt", "“A ponte continua fechada”, disse a prefeita Claire Dubois. “Não há dinheiro para isso”, afirmou Dubois."),
    (
        "it",
        "«Il ponte resterà chiuso», ha detto la sindaca Claire Dubois. «Mancano i soldi per farlo», ha detto Dubois.",
    ),
    ("es", "«El puente seguirá cerrado», dijo la alcaldesa Claire Dubois. «No hay dinero para eso», añadió Dubois."),
]


@pytest.mark.parametrize(("language", "text"), SAID)
def test_a_family_name_stands_for_whom_the_article_names_in_full(enricher: Enricher, language: str, text: str) -> None:
    found = read(enricher, text, language)
    speakers = [quote.speaker for quote in found.quotes]
    assert [speaker and speaker.name for speaker in speakers] == ["Claire Dubois"] * 2
    assert len({speaker.id for speaker in speakers if speaker}) == 1
    assert {one.name for one in found.entities} == {"Claire Dubois"}


def test_somebody_well_known_has_the_id_that_articles_in_other_languages_have() -> None:
    (found,) = find_people("Según Pedro Sánchez, la ley se aprobará.", "es")
    (other,) = find_people("Selon Pedro Sanchez, la loi passera.", "fr")
    assert found.text == "Pedro Sánchez"
    assert found.id == other.id is not None


@pytest.mark.parametrize("text", ["Le Monde l’a dit.", "La Banque de France l’a dit.", "Claire l’a dit."])
def test_nothing_else_with_capitals_is_a_person(text: str) -> None:
    assert find_people(text, "fr") == ()


def test_particles_belong_to_the_name() -> None:
    text = "Ursula von der Leyen kam. Von der Leyen sprach mit Marta Ruiz de la Prada."
    named = [one.text for one in find_people(text, "es")]
    assert named[0] == "Ursula von der Leyen"
    assert named[-1] == "Marta Ruiz de la Prada"
