"""The language of a text: by its words, with the publisher's claim where they do not clearly say."""

import pytest

from processors.language import detect

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
