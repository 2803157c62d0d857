"""Speech by the order of words: German, French, Spanish, and English without a parser, all from language files."""

from collections.abc import Callable
from importlib import resources

import pytest

from processors.quotes.lexicon import lexicon
from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]

DE, FR, ES, EN = "de", "fr", "es", "en"
LANGUAGES = [file.name.removesuffix(".toml") for file in (resources.files("processors.quotes") / "languages").iterdir()]

SAID = [
    (DE, "„Wir öffnen die Brücke im Mai“, sagte Anna Krause am Montag.", "Wir öffnen die Brücke im Mai", "Anna Krause"),
    (DE, "Krause sagte: „Wir öffnen die Brücke im Mai.“", "Wir öffnen die Brücke im Mai.", "Krause"),
    (DE, "»Wir öffnen die Brücke im Mai«, so ein Sprecher.", "Wir öffnen die Brücke im Mai", "ein Sprecher"),
    (DE, "Krause sagte, die Brücke bleibe bis Mai zu.", "die Brücke bleibe bis Mai zu", "Krause"),
    (DE, "Gestern erklärte Krause, dass die Brücke zu bleibt.", "dass die Brücke zu bleibt", "Krause"),
    (DE, "Laut Polizei wurde niemand am Ufer verletzt.", "wurde niemand am Ufer verletzt", "Polizei"),
    (DE, "Der Stadt zufolge bleibt die Brücke noch lange zu.", "bleibt die Brücke noch lange zu", "Der Stadt"),
    (FR, "« Nous ouvrirons le pont en mai », a déclaré Anne Petit.", "Nous ouvrirons le pont en mai", "Anne Petit"),
    (FR, "« Nous ouvrirons le pont en mai », dit-elle.", "Nous ouvrirons le pont en mai", "elle"),
    (FR, "Anne Petit a affirmé que le pont resterait fermé.", "que le pont resterait fermé", "Anne Petit"),
    (FR, "Selon la police, le pont restera fermé lundi.", "le pont restera fermé lundi", "la police"),
    (
        ES,
        "«Abriremos el puente en mayo próximo», dijo Marta Ruiz.",
        "Abriremos el puente en mayo próximo",
        "Marta Ruiz",
    ),
    (ES, "Ruiz añadió: “Abriremos el puente en mayo”.", "Abriremos el puente en mayo", "Ruiz"),
    (ES, "Según la policía, el puente seguirá cerrado hoy.", "el puente seguirá cerrado hoy", "la policía"),
    (
        DE,
        "„Wir öffnen die Brücke im Mai“, schimpft Peter Bauer, Fischer.",
        "Wir öffnen die Brücke im Mai",
        "Peter Bauer",
    ),
    (DE, "„Wir öffnen die Brücke“, betonte der Leiter des Amts, Peter Bauer.", "Wir öffnen die Brücke", "Peter Bauer"),
    (FR, "« Il faut fermer ce pont », s'indigne Luc Besnard, pêcheur.", "Il faut fermer ce pont", "Luc Besnard"),
    (
        FR,
        "« Il faut fermer ce pont », a dit lundi le maire de Dorn, Luc Besnard.",
        "Il faut fermer ce pont",
        "Luc Besnard",
    ),
    (FR, "Pour Jean Morel, « il faut fermer ce pont ».", "il faut fermer ce pont", "Jean Morel"),
    (FR, "Selon Anne Petit, maire de Dorn, le pont restera fermé.", "le pont restera fermé", "Anne Petit"),
    (
        ES,
        "«Abriremos el puente en mayo», aseguró este lunes la ministra Ana López.",
        "Abriremos el puente en mayo",
        "la ministra Ana López",
    ),
    (
        ES,
        "El alcalde, Juan García, afirmó que el puente seguirá cerrado.",
        "que el puente seguirá cerrado",
        "Juan García",
    ),
    (
        ES,
        "El puente seguirá cerrado, según informó el alcalde Juan García.",
        "El puente seguirá cerrado",
        "el alcalde Juan García",
    ),
    (ES, "—No vamos a firmar nada —dijo Marta Ruiz a la salida.", "No vamos a firmar nada", "Marta Ruiz"),
    (ES, "—No tenemos miedo —gritó Carmen Soto.", "No tenemos miedo", "Carmen Soto"),
    (ES, '"Nadie nos pidió permiso", se quejó Luis Pérez, pescador.', "Nadie nos pidió permiso", "Luis Pérez"),
    (EN, "“We will open the bridge in May,” Anna Krause said.", "We will open the bridge in May", "Anna Krause"),
    (EN, "Krause said that the bridge stays closed.", "that the bridge stays closed", "Krause"),
    (EN, "The bridge stays closed, officials said.", "The bridge stays closed", "officials"),
    (FR, "Aux yeux de Jean Morel, « ce pont est une erreur ».", "ce pont est une erreur", "Jean Morel"),
    (ES, "En opinión de Ana López, «el plan se hundió».", "el plan se hundió", "Ana López"),
    (FR, "« On ira voir », lance Julie Besnard en sortant.", "On ira voir", "Julie Besnard"),
    (FR, "Pour Jean Morel, pêcheur, « tout est perdu ».", "tout est perdu", "Jean Morel"),
    (ES, "«No dormimos», cuenta entre lágrimas Ana López.", "No dormimos", "Ana López"),
    (ES, "—¿Quién paga esto? —preguntó la concejala Ana López.", "¿Quién paga esto?", "la concejala Ana López"),
    (ES, "Para Ana López, portavoz, «la huelga seguirá».", "la huelga seguirá", "Ana López"),
    (DE, "„Das war eng“, so Trainer Uwe Krause nach dem Spiel.", "Das war eng", "Trainer Uwe Krause"),
]


@pytest.mark.parametrize(("language", "text", "said", "speaker"), SAID)
def test_speech_is_found_by_the_order_of_words(find: Find, language: str, text: str, said: str, speaker: str) -> None:
    (quote,) = find(text, language, parse=False)
    assert text[quote.start : quote.end] == said
    assert quote.speaker is not None
    assert quote.speaker.text == speaker


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (DE, "Bauer wollte nicht sagen, ob die Brücke im Mai wieder öffnet."),
        (FR, "Anne Petit n'a pas dit si le pont rouvrirait en mars."),
        (ES, "El alcalde no quiso decir si el puente seguirá cerrado."),
        (ES, "Nadie dijo que el puente fuera seguro para los camiones."),
    ],
)
def test_what_nobody_said_is_no_quote_in_any_language(find: Find, language: str, text: str) -> None:
    assert find(text, language, parse=False) == ()


def test_an_attribution_inside_the_marks_parts_a_quotation(find: Find) -> None:
    text = "«Le pont, a expliqué la ministre Anne Petit, restera fermé jusqu’en mars.»"
    first, second = find(text, "fr", parse=False)
    assert (text[first.start : first.end], text[second.start : second.end]) == (
        "Le pont",
        "restera fermé jusqu’en mars.",
    )
    assert first.speaker is not None
    assert first.speaker == second.speaker
    assert first.speaker.text == "la ministre Anne Petit"


def test_dialogue_goes_on_behind_its_attribution(find: Find) -> None:
    text = "—No vamos a firmar —dijo Ruiz—. El puente es viejo."
    assert [text[one.start : one.end] for one in find(text, "es", parse=False)] == [
        "No vamos a firmar",
        "El puente es viejo.",
    ]


def test_a_line_of_dialogue_may_be_short(find: Find) -> None:
    (quote,) = find("— Nous partons demain, a dit Claire Petit à la gare.", "fr", parse=False)
    assert quote.speaker is not None
    assert quote.speaker.text == "Claire Petit"
    assert find("Nous partons demain, a dit Claire Petit à la gare.", "fr", parse=False) == ()


def test_a_german_sentence_in_the_subjunctive_goes_on_with_what_was_said(find: Find) -> None:
    text = "Krause sagte, die Brücke bleibe bis Mai zu. Danach werde sie neu gebaut. Der Fluss ist zehn Meter breit."
    first, second = find(text, "de")
    assert text[second.start : second.end] == "Danach werde sie neu gebaut"
    assert second.cue is None
    assert second.speaker == first.speaker


def test_a_language_without_a_file_has_no_quotes(find: Find) -> None:
    assert find("“Avaamme sillan toukokuussa”, sanoi Anna Virtanen.", "fi") == ()
    assert find("“We will open the bridge in May,” she said.", None) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_file_is_whole(language: str) -> None:
    words = lexicon(language)
    assert words is not None
    assert words.language == language
    forms = [*words.reporting, *words.order.stops, *words.order.fillers, *words.not_speakers]
    assert [form for form in forms if form != form.lower()] == []
    assert all(words.marks.fullmatch(mark) for mark in words.pairs)
    assert words.persons.he
    assert words.persons.she


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (FR, "Le film « Un été sans pluie » sort mercredi."),
        (ES, "La novela «La casa de los patos» ganó el premio."),
        (DE, "Der Film „Ein Sommer ohne Regen“ startet am Freitag."),
    ],
)
def test_what_a_noun_is_called_is_no_speech(find: Find, language: str, text: str) -> None:
    assert find(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "pieces", "speaker"),
    [
        (
            FR,
            "« Tout est perdu, s’emporte Luc Besnard, et nul ne répond. »",
            ["Tout est perdu", "et nul ne répond."],
            "Luc Besnard",
        ),
        (
            ES,
            "«El puente se hundió —explicó Ana López— y nadie vino.»",
            ["El puente se hundió", "y nadie vino."],
            "Ana López",
        ),
        (ES, "«El agua», explicó Ana López, «no es buena».", ["El agua", "no es buena"], "Ana López"),
        (DE, "„Wir haben“, sagte Anna Krause, „keine Zeit mehr.“", ["Wir haben", "keine Zeit mehr."], "Anna Krause"),
    ],
)
def test_what_is_interrupted_has_one_speaker(
    find: Find, language: str, text: str, pieces: list[str], speaker: str
) -> None:
    found = find(text, language)
    assert [text[one.start : one.end] for one in found] == pieces
    assert {one.speaker.text for one in found if one.speaker} == {speaker}


def test_a_quotation_that_never_closes_may_end_with_its_attribution(find: Find) -> None:
    text = "« Le pont est vieux, a dit Anne Petit"
    (quote,) = find(text, "fr", parse=False)
    assert text[quote.start : quote.end] == "Le pont est vieux"
    assert quote.speaker is not None
    assert quote.speaker.text == "Anne Petit"
