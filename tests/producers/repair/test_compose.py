"""Text in one form: what a reader sees as the same word is the same word, and what is spelling stays."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.article.build import from_row, make_article
from producers.parse import Entry
from producers.repair.compose import compose

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (unicodedata.normalize("NFD", "Přístav – Đà Nẵng, Ñandú, 한국, ガス"), "Přístav – Đà Nẵng, Ñandú, 한국, ガス"),
        ("Donau\u00addampf\u00adschiff", "Donaudampfschiff"),
        ("Zele\u200bnskyj sagte\u200b nein", "Zelenskyj sagte nein"),
        ("\ufeffAnna\u2060 Lind\u200e", "Anna Lind"),
        ("Ko\u200cvač und Ko\u200dvač", "Kovač und Kovač"),
        ("o\ufb03cial \ufb01nds, re\ufb02ects, \ufb00", "official finds, reflects, ff"),
        ("\u0132sselmeer, \u01c6ep", "IJsselmeer, džep"),
        ("\ufeb3\ufefc\ufee1", "سلام"),
        ("Café 100 %", "Café 100 %"),
    ],
)
def test_what_looks_the_same_is_the_same(text: str, seen: str) -> None:
    assert compose(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "ക്\u200dഷ ක්\u200dරි",
        "👩\u200d🚒 🏳\ufe0f\u200d🌈",
        "ភាសា\u200bខ្មែរ",
        "Œuvre, Æther, Straße, №, ½, ²",
        "ﷺ",
        "全角ＡＢＣ",
    ],
)
def test_spelling_stays(text: str) -> None:
    assert compose(text) == text


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert compose(compose(text)) == compose(text)


def test_articles_are_composed_and_keep_their_original() -> None:
    written = unicodedata.normalize("NFD", "Zoë Müller") + " o\ufb03cially re\u00adsigned."
    made = [
        make_article(
            Entry(link="https://a.example/1", title=written, summary=written, authors=(written,)), "f", None, NOW
        ),
        from_row({"text": written, "title": written, "authors": [written]}, "f", NOW),
    ]
    for article in made:
        assert article.text == article.title == article.authors[0] == "Zoë Müller officially resigned."
        assert (article.original, article.repairs) == (written, 0)


def test_repair_comes_first() -> None:
    damaged = "Le maire a annoncé à midi un chantier à réaliser ; voilà".encode().decode("latin-1")
    assert "\u00ad" in "í".encode().decode("latin-1")
    text = from_row({"text": damaged + " " + "aquí".encode().decode("latin-1")}, "f", NOW).text
    assert text == "Le maire a annoncé à midi un chantier à réaliser ; voilà aquí"
