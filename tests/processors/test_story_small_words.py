"""Templates whose slots are filled with words in small letters, and copies of texts without a name."""

import pytest
from wire_articles import NOON

from processors.sketch import signature_of
from processors.story import StoryStep
from schemas.article import Enriched

Texts = tuple[tuple[str, str], ...]

HOROSCOPE: Texts = tuple(
    (
        f"Your stars: {sign}",
        f"The moon enters your house of {house}, and you may be torn between your own {wish} and that of a friend. "
        f"Trust the morning, rest in the evening. A word from an old {friend} may open a {thing}. Your colour is "
        f"{colour}. Spend nothing before the weekend.",
    )
    for sign, house, wish, friend, thing, colour in (
        ("Aries", "work", "wish", "teacher", "door", "white"),
        ("Virgo", "love", "fear", "flame", "wound", "black"),
    )
)
NOTICE: Texts = tuple(
    (
        "Conseil municipal",
        f"Le prochain conseil municipal se tiendra à la mairie au mois de {month}. À l'ordre du jour figurent {what} "
        "et les subventions aux associations. La séance est publique, et les habitants peuvent poser leurs questions "
        "par écrit. Le compte rendu sera affiché à l'entrée.",
    )
    for month, what in (("mars", "le budget"), ("juin", "la cantine"))
)
VACANCY: Texts = tuple(
    (
        "We are hiring",
        f"We are looking for a {trade} to join our team, {hours} and from {start}. You have finished your training and "
        f"like to work with {what}. We offer fair pay, thirty days of leave and help with finding a flat. Please send "
        "your application with the usual papers by post or by mail.",
    )
    for trade, hours, start, what in (
        ("nurse", "full time", "now on", "people"),
        ("welder", "part time", "autumn", "metal"),
    )
)
POLICE: Texts = tuple(
    (
        "Fahrrad gestohlen",
        f"Unbekannte Täter haben in der Nacht zum {day} ein Fahrrad aus einem {where} gestohlen. Das Schloss wurde "
        f"aufgebrochen. Der Schaden beträgt rund {sum_} Euro. Die Polizei sucht Zeugen, die verdächtige Personen oder "
        "Fahrzeuge beobachtet haben. Hinweise nimmt das Revier unter der bekannten Nummer entgegen.",
    )
    for day, where, sum_ in (
        ("Montag", "Keller in der Neustadt", "900"),
        ("Donnerstag", "Hinterhof in Walle", "2400"),
    )
)

CHIMNEY = (
    "Firefighters freed a man from a chimney in the early hours after neighbours heard shouting. He had lost his keys, "
    "he told them, and had hoped to slide into the kitchen. He was taken to hospital with scratches. The chimney will "
    "have to be rebuilt."
)
STRIKE = (
    "وقالت وزارة الصحة إن 12 شخصا على الأقل قتلوا في غارة جوية استهدفت مدرسة تؤوي نازحين يوم الثلاثاء. وقال شهود إن "
    "طائرات قصفت المبنى دون سابق إنذار. وقال الجيش إنه استهدف مركز قيادة. ونقل المصابون إلى المستشفى."
)


def stories(*articles: tuple[str, str]) -> list[str]:
    step = StoryStep()
    made = [
        Enriched(id=str(at), revision="1", title=title, text=text, fetched_at=NOON, signature=signature_of(title, text))
        for at, (title, text) in enumerate(articles)
    ]
    return [step.member(article).story_id for article in made]


@pytest.mark.parametrize("texts", [HOROSCOPE, NOTICE, VACANCY, POLICE], ids=["stars", "notice", "vacancy", "police"])
def test_other_words_in_the_same_frame_are_another_text(texts: Texts) -> None:
    assert stories(*texts) == ["0", "1"]
    assert stories(*reversed(texts)) == ["0", "1"]


@pytest.mark.parametrize(
    "copy",
    [CHIMNEY[: CHIMNEY.index(" He was taken")], CHIMNEY.replace("early hours", "small hours"), CHIMNEY.upper()],
    ids=["lead", "one word", "capitals"],
)
def test_copies_of_a_text_without_a_name_join(copy: str) -> None:
    assert stories(("Man freed from chimney", CHIMNEY), ("Man freed from chimney", copy)) == ["0", "0"]


def test_the_same_text_under_another_headline_joins() -> None:
    assert stories(("Man freed from chimney", CHIMNEY), ("Man stuck in chimney", CHIMNEY)) == ["0", "0"]


def test_a_new_toll_joins_where_no_capitals_show_the_names() -> None:
    assert stories(("غارة على مدرسة", STRIKE), ("غارة على مدرسة", STRIKE.replace("12", "14"))) == ["0", "0"]
