"""Two texts of one template are two stories; copies, corrections and updates of one text are one."""

import pytest
from wire_articles import NOON

from processors.sketch import signature_of
from processors.story import StoryStep
from schemas.article import Enriched


def stories(*articles: tuple[str, str]) -> list[str]:
    step = StoryStep()
    made = [
        Enriched(
            id=str(number), revision="1", title=title, text=text, fetched_at=NOON, signature=signature_of(title, text)
        )
        for number, (title, text) in enumerate(articles)
    ]
    return [step.member(article).story_id for article in made]


def warning(colour: str, start: str, end: str, depth: str) -> tuple[str, str]:
    return (
        f"{colour} warning of snow",
        f"The weather office has issued a {colour.lower()} warning of snow for the Varn hills, in force from {start} "
        f"to {end}. Up to {depth} of snow is expected on high ground, with drifts on roads. Drivers should "
        "take blankets "
        "and food, and check the state of roads before they set out. The office will update the warning as needed.",
    )


def gale(level: str, end: str, gusts: str) -> tuple[str, str]:
    return (
        f"{level.capitalize()} warning of gales",
        f"A {level} warning of gales has been issued for the coast of Varn from midnight to {end} on Sunday. "
        "Gusts of up "
        f"to {gusts} kph are expected at sea and on open ground. People should stay away from the shore and "
        "tie down what "
        "may be blown away. Ferries may be late or not sail at all, and bridges may be shut to high vehicles.",
    )


def quake(size: str, moment: str, distance: str, place: str, depth: str) -> tuple[str, str]:
    return (
        f"Magnitude {size} quake near {place}",
        f"An earthquake of magnitude {size} was measured {moment} {distance} kilometres from {place}, the "
        f"seismological institute said. It struck at a depth of {depth} kilometres. The institute had no reports of "
        "damage. Aftershocks may follow in the coming days. This notice was written by a program and is "
        "updated as data come in.",
    )


def table(day: str, *prices: str) -> tuple[str, str]:
    gold, oil, wheat, copper = prices
    return (
        "Commodities at noon",
        f"Prices of commodities at noon on {day}, in dollars.\nGold {gold} an ounce\nOil {oil} a barrel\nWheat {wheat} "
        f"a bushel\nCopper {copper} a tonne\nPrices are the mean of three dealers and are delayed by fifteen minutes.",
    )


def match(home: str, guests: str, score: str, scorer: str, minute: str, crowd: str) -> tuple[str, str]:
    return (
        f"{home} {score} {guests}",
        f"{home} played {guests} at home in round nine and the game ended {score}. The first goal came from {scorer} "
        f"in minute {minute}, after a corner from the left. Both sides had a man sent off late in the game. {crowd} "
        "people came to watch. The table and the fixtures of the next round are on the league's page.",
    )


def wetter(ort: str, tag: str, hoch: str, tief: str, wind: str) -> tuple[str, str]:
    return (
        f"Das Wetter in {ort}",
        f"Das Wetter für {ort} und Umgebung: Am {tag} erreichen die Temperaturen {hoch} Grad, in der Nacht sinken sie "
        f"auf {tief} Grad. Der Wind weht mit {wind} Kilometern in der Stunde. Die Vorhersage stammt vom "
        "Wetterdienst und "
        "wird zweimal am Tag erneuert. Für Bergwanderer gilt: Bitte achten Sie auf Gewitter am Nachmittag.",
    )


def avis(rue: str, debut: str, matin: str, soir: str) -> tuple[str, str]:
    return (
        "Avis de travaux",
        f"En raison de travaux sur le réseau d'eau, la rue {rue} sera fermée à la circulation du {debut}, entre "
        f"{matin} et {soir} heures. Une déviation est mise en place. L'accès des riverains reste possible à "
        "pied. La mairie "
        "remercie les habitants de leur patience. Pour tout renseignement, appelez les services techniques "
        "aux heures de bureau.",
    )


TEMPLATES = {
    "warning": [
        warning("Yellow", "6 p.m. on Monday", "9 a.m. on Tuesday", "10 cm"),
        warning("Red", "2 a.m. on Tuesday", "noon on Wednesday", "40 cm"),
        warning("Amber", "5 p.m. on Friday", "8 a.m. on Saturday", "25 cm"),
    ],
    "gale": [gale("yellow", "noon", "90"), gale("red", "noon", "90"), gale("amber", "six in the evening", "140")],
    "quake": [
        quake("4.1", "on Tuesday at 03:12", "11", "Port Ansel", "8"),
        quake("5.8", "on Friday at 21:40", "34", "Lower Breck", "17"),
        quake("4.4", "on Sunday at 06:05", "9", "Port Ansel", "12"),
    ],
    "table": [
        table("Monday", "2,031", "81.20", "5.91", "8,412"),
        table("Tuesday", "2,044", "80.75", "6.02", "8,398"),
        table("Wednesday", "2,012", "82.10", "5.88", "8,450"),
    ],
    "match": [
        match("Ansel Town", "Breck Rovers", "2:1", "Pell", "14", "312"),
        match("Varn United", "Corran Athletic", "0:3", "Issa", "7", "1,204"),
    ],
    "wetter": [
        wetter("Altbruck", "Montag", "21", "9", "12"),
        wetter("Altbruck", "Freitag", "14", "4", "45"),
    ],
    "avis": [
        avis("Sorel", "3 au 9 mars", "7", "16"),
        avis("Brisebois", "17 au 21 avril", "8", "18"),
    ],
}


@pytest.mark.parametrize("kind", TEMPLATES)
def test_texts_of_one_template_are_stories_of_their_own(kind: str) -> None:
    found = stories(*TEMPLATES[kind])
    assert found == [str(number) for number in range(len(found))]


FIRE = (
    "Fire in harbour warehouse kills nine",
    "At least nine people were killed and 21 hurt on Monday when a fire swept through a warehouse in the harbour of "
    "Port Ansel, the fire brigade said. Brigade chief Mona Tarrel said that the fire had begun on the second "
    "floor, where "
    "solvents were stored. Some 140 firefighters fought it for six hours. Mayor Owen Brisk promised an inquiry. The "
    "owner, Ansel Cold Store, said that it was helping the police. It was the worst fire in the town since 1987.",
)


MORE = " On Tuesday the search went on with dogs. Two workers from Breck were still missing, their firm said."
PAGE = "\n\nFollow the Courier on all channels. Call our desk at 555 0142."


@pytest.mark.parametrize(
    "second",
    [
        (FIRE[0], FIRE[1].replace("nine people", "14 people").replace("21 hurt", "33 hurt")),
        ("UPDATE 1-Warehouse fire toll rises", FIRE[1].replace("nine people", "12 people") + MORE),
        ("CORRECTED: " + FIRE[0], FIRE[1].replace("Monday", "Sunday")),
        ("Warehouse blaze in Port Ansel", "PORT ANSEL, March 2 (Wire) - " + FIRE[1]),
        (FIRE[0], FIRE[1][: len(FIRE[1]) // 2]),
        (FIRE[0], "By Ira Moss, Staff Writer\n\n" + FIRE[1] + PAGE),
        (FIRE[0].upper(), FIRE[1].upper()),
        (FIRE[0], FIRE[1].replace("140 firefighters", "150 firefighters").replace("1987", "1978")),
    ],
    ids=["new toll", "update", "corrected", "dateline", "cut", "boilerplate", "capitals", "two corrections"],
)
def test_copies_corrections_and_updates_join(second: tuple[str, str]) -> None:
    assert stories(FIRE, second) == ["0", "0"]
    assert stories(second, FIRE) == ["0", "0"]


def test_a_short_text_with_one_correction_joins() -> None:
    text = "The ferry to Corran sails again on Thursday, the line said. It was held in port by a storm for two days."
    title = "Ferry to Corran sails again"
    assert stories((title, text), (title, text.replace("Thursday", "Friday"))) == ["0", "0"]


def test_copies_of_a_notice_join_and_the_next_notice_does_not() -> None:
    first, second, _ = TEMPLATES["quake"]
    assert stories(first, (first[0], "(Wire) " + first[1]), second, second) == ["0", "0", "2", "2"]
