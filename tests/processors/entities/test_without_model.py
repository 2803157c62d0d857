"""People in articles for whose language no model is installed: names, ids, and who spoke."""

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
        (
            "pt",
            "O ministro Gonçalo da Silva Prado recebeu Luís Rebelo de Matos. Prado não falou.",
            ["Gonçalo da Silva Prado", "Luís Rebelo de Matos", "Gonçalo da Silva Prado"],
        ),
        ("pt", "A prefeitura de São Paulo fechou a Rua Ana Costa. O homem falou ao ministro. As obras pararam.", []),
        ("pt", "A Carolina do Sul fica longe, disse o Dr. Rui Prado.", ["Rui Prado"]),
        (
            "it",
            "La ministra Giulia De Nardi ha visto Massimo D'Arco a Milano. De Nardi non ha parlato.",
            ["Giulia De Nardi", "Massimo D'Arco", "Giulia De Nardi"],
        ),
        ("it", "Anna Leone della Cgil e Rocco Mele di Torino sono arrivati.", ["Anna Leone", "Rocco Mele"]),
        ("it", "Il sindaco ha chiuso Via Carlo Verdi e Piazza San Marco. Anche il ponte è chiuso.", []),
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
        "pt": "Chegou o ministro Paul Aubry.",
        "it": "È arrivato il ministro Paul Aubry.",
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


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        # an office between the title and the name
        ("it", "«Il ponte resta chiuso», ha detto il ministro dell'Interno Rocco Mele.", ["Rocco Mele"]),
        ("pt", "“A ponte fica fechada”, disse o presidente da Câmara João Pires.", ["João Pires"]),
        # whose somebody is does not speak
        ("it", "«Il ponte resta chiuso», ha detto l'avvocato di Rocco Mele.", [None]),
        ("it", "«Il ponte resta chiuso», ha detto il portavoce del ministro Rocco Mele.", [None]),
        ("pt", "“A ponte fica fechada”, disse a defesa do senador João Pires.", [None]),
        # nor is somebody his army, and of two presidents the other one speaks
        ("pt", "O coronel do Exército João Pires chegou. O Exército disse que a ponte fica fechada hoje.", [None]),
        ("pt", "O coronel do Exército João Pires chegou. O coronel disse que a ponte fica fechada.", ["João Pires"]),
        ("pt", "O presidente Rui Matos falou. O presidente da Câmara disse que a ponte fica fechada.", [None]),
        (
            "pt",
            "O presidente da Câmara, deputado João Pires, disse que a ponte fica fechada.",
            ["João Pires"],
        ),
        # what begins the sentence behind a source describes no source
        ("pt", "João Pires chegou. Segundo a polícia, Pires, que é médico, fechou a ponte velha.", [None]),
        ("pt", "O governo João Pires acabou. Conforme o governo, a ponte fica fechada hoje.", [None]),
        ("it", "Giulia Ricci è arrivata. «Il ponte resta chiuso», ha detto lei.", ["Giulia Ricci"]),
    ],
)
def test_a_title_stands_for_who_bears_it(enricher: Enricher, language: str, text: str, names: list[str | None]) -> None:
    found = read(enricher, text, language).quotes
    assert [one.speaker and one.speaker.name for one in found] == names
    assert all(one.speaker and (one.speaker.id is not None) == (one.speaker.name is not None) for one in found)


def test_what_was_not_looked_for_is_said(enricher: Enricher) -> None:
    assert any("only people" in note for note in read(enricher, "Le pont est fermé.", "fr").notes)
    assert any("none were looked for" in note for note in read(enricher, "Most jest zamknięty.", "pl").notes)
