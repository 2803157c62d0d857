"""The language of a text: by its words, with the publisher's claim where they do not clearly say."""

import pytest

from processors.language import detect, is_sure

TEXTS = {
    "en": "The harbour was closed on Monday after the storm had torn two ships from their moorings, officials said.",
    "de": "Der Hafen blieb am Montag geschlossen, nachdem der Sturm zwei Schiffe losgerissen hatte, sagte er.",
    "fr": "Le port est resté fermé lundi après que la tempête a arraché deux navires à leurs amarres, selon la mairie.",
    "es": "El puerto permaneció cerrado el lunes después de que la tormenta soltara dos barcos, según el ayuntamiento.",
    "pt": "O porto permaneceu fechado na segunda-feira depois que a tempestade soltou dois navios, disse ela.",
    "uk": "Порт був зачинений у понеділок після того, як шторм зірвав із якорів два кораблі, повідомила влада.",
    "ar": "ظل الميناء مغلقا يوم الاثنين بعد أن انتزعت العاصفة سفينتين من مراسيهما، بحسب ما قال المسؤولون.",
    "zh": "周一，暴风雨将两艘船只从系泊处吹走后，港口关闭，官员说，修复工作将需要几个星期的时间才能完成。",
    "vi": "Cảng đã đóng cửa hôm thứ Hai sau khi cơn bão cuốn trôi hai con tàu khỏi bến, các quan chức cho biết.",
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("claimed", [None, "en", "de-DE"])
def test_the_words_say_which_language_it_is(language: str, claimed: str | None) -> None:
    assert detect(TEXTS[language], claimed) == language


@pytest.mark.parametrize(
    ("text", "claimed", "language"),
    [
        ("Juventus 2, Ajax 1", "en", "en"),
        ("Juventus 2, Ajax 1", "EN_gb", "en"),
        ("", "fr", "fr"),
        ("12:30 🚀", None, None),
        ("", None, None),
    ],
)
def test_where_words_do_not_say_the_claim_holds(text: str, claimed: str | None, language: str | None) -> None:
    assert detect(text, claimed) == language


def test_a_claim_that_is_no_language_is_not_believed() -> None:
    assert detect(TEXTS["en"], "klingon") == "en"


def test_time_does_not_grow_with_the_text() -> None:
    assert detect(TEXTS["fr"] + "x" * 1_000_000, None) == "fr"


@pytest.mark.parametrize(
    "headline",
    [
        "Merz meets Starmer in Kigali",
        "Modi Heads To Tokyo",
        "Ferrari drops Vasseur",
        "Netanyahu Rejects Ceasefire Offer",
        "Orban wins again",
        "ERDOGAN VISITS KABUL",
        "TBILISI, Georgia (AP) — Salome Zourabichvili hosted Nikol Pashinyan.",
        "Gallo, Ferri and Moretti fined",
    ],
)
def test_a_headline_of_names_and_english_words_is_english(headline: str) -> None:
    assert detect(headline, None) == "en"


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Brand in Hotel: Mann stirbt", "de"),
        ("Macron nomme Lecornu premier ministre", "fr"),
        ("Lula vence Bolsonaro no Brasil", "pt"),
        ("Scholz trifft Biden", "de"),
        ("El Papa visita Turquía", "es"),
        ("Sinner batte Alcaraz in finale a Torino", "it"),
        ("Kast llega a Bolivia", "es"),
        ("Kuleba incontra Blinken a Roma", "it"),
    ],
)
def test_a_headline_in_another_language_is_not(headline: str, language: str) -> None:
    assert detect(headline, None) == language


def test_a_headline_leans_on_the_claim() -> None:
    assert detect("Brand in Berlin", "de") == "de"
    assert detect("Zelensky Lands In Berlin", "en") == "en"


def test_only_a_short_text_without_a_claim_is_unsure() -> None:
    assert not is_sure("Juventus 2, Ajax 1", None)
    assert is_sure("Juventus 2, Ajax 1", "it")
    assert is_sure(TEXTS["vi"], None)
    assert is_sure("Порт був зачинений у понеділок", None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tote bei Brand in Hagen", "de"),
        ("Brand i København", "da"),
        ("Rutte stapt op als premier", "nl"),
        ("Petro Slams Trump Tariffs", "en"),
        ("Copa del Rey: Barca stun Real", "en"),
        ("Worcester v Sale (Fri)", "en"),
    ],
)
def test_little_words_of_another_language_tell_it(text: str, language: str) -> None:
    assert detect(text, None) == language
