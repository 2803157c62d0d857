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
    (EN, "“We will open the bridge in May,” Anna Krause said.", "We will open the bridge in May", "Anna Krause"),
    (EN, "Krause said that the bridge stays closed.", "that the bridge stays closed", "Krause"),
    (EN, "The bridge stays closed, officials said.", "The bridge stays closed", "officials"),
]


@pytest.mark.parametrize(("language", "text", "said", "speaker"), SAID)
def test_speech_is_found_by_the_order_of_words(find: Find, language: str, text: str, said: str, speaker: str) -> None:
    (quote,) = find(text, language, parse=False)
    assert text[quote.start : quote.end] == said
    assert quote.speaker is not None
    assert quote.speaker.text == speaker


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
