"""Who speaks by the layout of an article: labels, signatures, datelines, interviews, and quotations over paragraphs."""

from collections.abc import Callable

import pytest

from schemas.article import Quote

Find = Callable[..., tuple[Quote, ...]]


def who(text: str, quotes: tuple[Quote, ...]) -> list[tuple[str, str | None]]:
    return [(text[q.start : q.end].rstrip("."), q.speaker.text if q.speaker else None) for q in quotes]


DATELINES = [
    ("OSLO, May 3 (Reuters) - Trade Minister Per Moen said the talks had failed.", "Trade Minister Per Moen"),
    ("ORSK, Russia — The two divers were found alive, officials said on Friday.", "officials"),
    ("(AFP) Police said two divers had been found.", "Police"),
    ("Lindholm (AP) — The museum will close in May, its director said.", "its director"),
    ("RIGA, Latvia - Ana Kalns's allies on Monday predicted a clear win in the vote.", "Ana Kalns's allies"),
    ("Lindholm, Norland – “The rains failed,” said farmer Ada Moen.", "farmer Ada Moen"),
    ("Lindholm, 4 March: The governor said the market would reopen.", "The governor"),
    ("Lindholm, Norland, Oct 4, 2024: The mayor said that the bridge was closed.", "The mayor"),
    ("* Three boats lost * Navy sends a tug LINDHOLM, May 3 (Reuters) - “The sea is calm,” Ada Moen said.", "Ada Moen"),
    ("LINDHOLM: The mayor said that the bridge was closed.", "The mayor"),
    ("BRENNA: The harbour master says that two boats are missing.", "The harbour master"),
]


@pytest.mark.parametrize(("text", "speaker"), DATELINES)
def test_a_dateline_neither_speaks_nor_is_said(find: Find, text: str, speaker: str) -> None:
    (quote,) = find(text)
    assert quote.speaker is not None
    assert quote.speaker.text == speaker
    assert quote.start == 0 or text[quote.start - 1] in " “"


SIGNED = [
    ("Lind to Moen: ‘We need more than words’\n\nAda Lind flew to Oslo on Monday.", "Lind"),
    ("Statement from Mayor Ada Lind: “The town stands with the miners.”", "Mayor Ada Lind"),
    ("Attributable to Ada Lind, Director of Research: “The vaccine works in children.”", "Ada Lind"),
    ("“She knows the work, and the town will be better for it.” – Councillor Ada Lind", "Councillor Ada Lind"),
    ('"We will hire four hundred people there."\n- Per Holm, Chief Executive, Moen Steel', "Per Holm"),
    ('"The pass is open again. Drive with care." — Lind Roads (@lindroads) June 4, 2024', "Lind Roads"),
    ("The pass is open again. Drive with care. — Lind Roads (@lindroads) June 4, 2024", "Lind Roads"),
    ("Mayor Ana Holm, on the new hospital: “We have bought ten years of time.”", "Mayor Ana Holm"),
    ("Coach Dan Rook on the defeat: “We were slow, and they were not.”", "Coach Dan Rook"),
    ("Striker Dan Rook after the game: “We ran out of legs.”", "Striker Dan Rook"),
    ("Statement by Governor Ada Lind:\n“I have asked the guard to open the roads.”", "Governor Ada Lind"),
    ("Statement by Mayor Ada Lind on the flood:\n“I have asked the guard to open the roads.”", "Mayor Ada Lind"),
    ("Governor Ada Lind:\n“I have asked the guard to open the roads.”", "Governor Ada Lind"),
    ("'They left us in the water': sailors turn on the harbour office", "sailors"),
]


@pytest.mark.parametrize(("text", "speaker"), SIGNED)
def test_a_label_or_a_signature_names_the_speaker(find: Find, text: str, speaker: str) -> None:
    (quote,) = find(text)
    assert quote.speaker is not None
    assert quote.speaker.text == speaker


@pytest.mark.parametrize(
    ("text", "said", "speaker"),
    [
        ("Toll of storm rises to nine – officials\n\nIt rained.", "Toll of storm rises to nine", "officials"),
        ("Dam unsafe for years – engineers\n\nIt fell.", "Dam unsafe for years", "engineers"),
        ("Head coach Lea Moen, on the goal: “We never stopped.”", "We never stopped", "Head coach Lea Moen"),
        ("Teachers to strike - union\n\nTalks failed.", "Teachers to strike", "union"),
        ("'They burned everything': farmers tell of raid\n\nIt rained.", "They burned everything", "farmers"),
        ("“What a match,” keeper Ada Lind-Moen said.", "What a match", "keeper Ada Lind-Moen"),
    ],
)
def test_a_headline_or_a_few_words_have_their_speaker(find: Find, text: str, said: str, speaker: str) -> None:
    assert (said, speaker) in who(text, find(text))


@pytest.mark.parametrize(
    "text", ["The long goodbye – nearly\n\nIt rained.", "'The Long Rain': season six\n\nIt rained."]
)
def test_a_headline_that_nobody_says(find: Find, text: str) -> None:
    assert find(text) == ()


def test_a_headline_ends_with_the_name_of_who_said_it(find: Find) -> None:
    text = "The dam would last for years – Holm\nMinister Ana Holm spoke in Sofia."
    (quote,) = find(text, people={"Ana Holm": "Ana Holm", "Holm": "Ana Holm"})
    assert text[quote.start : quote.end] == "The dam would last for years"
    assert quote.speaker is not None
    assert quote.speaker.name == "Ana Holm"


@pytest.mark.parametrize(
    "text",
    [
        "The Reds win again – and how",
        "The dam would last for years – Holm",
        "“No,” – and then he went home.",
        "The town has three sights:\nThe dam was built in May.",
    ],
)
def test_a_dash_or_a_colon_alone_makes_nobody_speak(find: Find, text: str) -> None:
    assert [one for one in find(text) if one.speaker] == []


def test_in_an_interview_the_answers_are_said_by_the_one_interviewed(find: Find) -> None:
    text = "A talk with Petra Novak of Karvin.\nQ: Will it?\nA: Not before spring.\nQ: Why?\nA: They want more money."
    people = {"Petra Novak": "Petra Novak", "Karvin": "Karvin"}
    assert who(text, find(text, people=people)) == [
        ("Not before spring", "Petra Novak"),
        ("They want more money", "Petra Novak"),
    ]


INTRODUCED = "Ada Lind, who runs the zoo, met the Post.\n\nHow are the bears?\n\n“They sleep until March, all three.”"


def test_in_an_interview_without_letters_so_are_the_quotations_behind_questions(find: Find) -> None:
    text = f"{INTRODUCED}\n\nAnd the lions?\n\n“The lions are cold and cross today.”"
    found = find(text, people={"Ada Lind": "Ada Lind"})
    assert [speaker for _, speaker in who(text, found)] == ["Ada Lind", "Ada Lind"]


def test_one_question_makes_no_interview(find: Find) -> None:
    found = find(INTRODUCED, people={"Ada Lind": "Ada Lind"})
    assert [speaker for _, speaker in who(INTRODUCED, found)] == [None]


def test_a_transcript_in_one_paragraph_changes_speakers(find: Find) -> None:
    text = "ADA LIND, REPORTER: The water came at night. PER HOLM (FARMER): I heard it and I ran."
    assert who(text, find(text)) == [("The water came at night", "ADA LIND"), ("I heard it and I ran", "PER HOLM")]


def test_the_last_paragraph_of_a_quotation_names_its_speaker(find: Find) -> None:
    text = (
        "Moen told the court that it was late.\n“We reached the farm at four in the morning.\n"
        "“Nobody answered the door, so we went round.\n“That is where the papers were,” Vale said."
    )
    assert [name for _, name in who(text, find(text))] == ["Moen", "Vale", "Vale", "Vale"]


CITED = [
    ("The ferry has left port, Norpress reported, citing the defence ministry.", "the defence ministry"),
    ("The pass will stay shut until May, Norpress reported, quoting officials.", "officials"),
    ("The ship has left port, the Baltic Agency quoted the defence ministry as saying.", "the defence ministry"),
    ("State radio quoted minister Ada Lind as saying that the border would stay open.", "minister Ada Lind"),
    ("Minister Ada Lind was quoted by state radio as saying that the border would stay open.", "Minister Ada Lind"),
    ("“We will not pay a cent,” the Daily Post quoted Per Holm, the mayor, as saying.", "Per Holm"),
    ("Local media cited police chief Ana Moor as saying the bomb was fake.", "police chief Ana Moor"),
]


@pytest.mark.parametrize(("text", "speaker"), CITED)
def test_who_is_quoted_speaks_and_not_who_quotes(find: Find, text: str, speaker: str) -> None:
    (quote,) = find(text)
    assert quote.speaker is not None
    assert quote.speaker.text == speaker


PLACED = [
    ('"Nobody asked the fishermen," fumed Inge Dahl.', "Inge Dahl"),
    ('"They asked the hotels," sighed Per Moen, a skipper.', "Per Moen"),
    ('"They will be back by Christmas," shrugged Milan Kratky.', "Milan Kratky"),
    ('"It is the wrong road again," growled the driver.', "the driver"),
    ('"Where did you learn to read?" smiled Ana Ruiz.', "Ana Ruiz"),
    ('"Another round?" grinned Per Moen, the landlord.', "Per Moen"),
    ("“So proud of this team,” beamed captain Ada Moen.", "captain Ada Moen"),
    (
        "A box held the letters of the botanist Ada Lind, the city's museum of science said.",
        "the city's museum of science",
    ),
]


@pytest.mark.parametrize(("text", "speaker"), PLACED)
def test_the_place_of_a_verb_tells_who_speaks(find: Find, text: str, speaker: str) -> None:
    (quote,) = find(text, people={"Ada Lind": "Ada Lind"})
    assert quote.speaker is not None
    assert quote.speaker.text == speaker
    assert quote.speaker.name is None


def test_who_asks_within_a_transcript_parts_what_is_said(find: Find) -> None:
    text = "THE MINISTER: We are not at war. Q: Then why the troops? THE MINISTER: To help with the flood."
    assert who(text, find(text)) == [
        ("We are not at war", "THE MINISTER"),
        ("To help with the flood", "THE MINISTER"),
    ]
