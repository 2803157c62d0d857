"""Who of several people of one family is meant: by relation, by title in full or short, by "she" and "he"."""

import pytest
from reading import read

from processors.enrich import Enricher


def people(enricher: Enricher, text: str) -> list[tuple[str, str]]:
    return [(entity.text, entity.name) for entity in read(enricher, text).entities if entity.kind == "person"]


def speakers(enricher: Enricher, text: str) -> list[str | None]:
    return [quote.speaker.name for quote in read(enricher, text).quotes if quote.speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Jo Dae-ik led the union. His wife, Jo Sun-ah, leads it now. “He cooks better,” she said.", "Jo Sun-ah"),
        ("Rufat Aliyev and his sister Sevda Aliyeva were held. “They took our phones,” she said.", "Sevda Aliyeva"),
        ("Do-yun Kang, a cook, and his mother, Bo-ra Kang, fled. “We have a bag,” she said.", "Bo-ra Kang"),
        ("Tayo Oni, who drove, blamed the brakes. His widowed sister Ije Oni wept. “It is so,” she said.", "Ije Oni"),
        ("Ulla Brandt runs the mill. Her father, Jost Brandt, built it. “I had no money,” he said.", "Jost Brandt"),
        ("Ken Endo died in May. Yae Endo, his widow, thanked the doctors. “It was quick,” she said.", "Yae Endo"),
    ],
)
def test_she_and_he_choose_between_namesakes(enricher: Enricher, text: str, speaker: str) -> None:
    assert speakers(enricher, text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("General Petr Vlk leads the troops. His cousin, Jan Vlk, bakes. Gen. Vlk slept.", "Petr Vlk"),
        ("Sen. Ada Moor met Tom Moor, a smith. Senator Moor slept.", "Ada Moor"),
        ("Doctor Ada Moor met Tom Moor, a smith. Dr Moor slept.", "Ada Moor"),
        ("Yae Endo, his widow, met Ken Endo. Mrs Endo slept.", "Yae Endo"),
    ],
)
def test_titles_choose_however_they_are_written(enricher: Enricher, text: str, who: str) -> None:
    assert people(enricher, text)[-1][1] == who


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Han Duck-soo resigned. Han Dong-hoon will run.", ["Han Duck-soo", "Han Dong-hoon"]),
        ("Do-yun Park and Bo-ra Park lost their house.", ["Do-yun Park", "Bo-ra Park"]),
        ("Cho Kwang-hyun met Lin Chia-lung in Seoul.", ["Cho Kwang-hyun", "Lin Chia-lung"]),
    ],
)
def test_a_hyphen_shows_a_name(enricher: Enricher, text: str, wanted: list[str]) -> None:
    assert [name for _, name in people(enricher, text)] == wanted


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Ursula von der Leyen flew home. Heiko von der Leyen stayed.", "Heiko von der Leyen"),
        ("Ada de Moor leads the union. Ruth met Ada. De Moor wept.", "Ada de Moor"),
        ("Jo Linde founded the mill. His son, Per Linde, sold it. Ada met Per Linde.", "Per Linde"),
    ],
)
def test_small_words_of_a_family_name_are_no_given_names(enricher: Enricher, text: str, last: str) -> None:
    assert people(enricher, text)[-1][1] == last


def test_he_is_the_subject_of_the_sentence_before(enricher: Enricher) -> None:
    text = "Tom Linde founded the mill. His son, Karl Moen, sold it. “Nobody wants silk,” he said."
    assert speakers(enricher, text) == ["Karl Moen"]


def test_vietnamese_are_called_by_the_last_name(enricher: Enricher) -> None:
    text = "Prime Minister Pham Minh Chinh opened the bridge. Chinh said it had cost less than planned."
    assert people(enricher, text) == [("Pham Minh Chinh", "Pham Minh Chinh"), ("Chinh", "Pham Minh Chinh")]
    assert speakers(enricher, text) == ["Pham Minh Chinh"]


def test_a_firm_that_says_what_it_will_do_is_nobody(enricher: Enricher) -> None:
    text = "Ford said on Monday that it would close a plant. Doug Ford, premier of Ontario, said he was sad. Ford wept."
    assert people(enricher, text) == [("Doug Ford", "Doug Ford"), ("Ford", "Doug Ford")]


@pytest.mark.parametrize(
    "text",
    [
        "Hewlett said it had sold its last printer. Its founder, Bill Hewlett, was not there.",
        "Porsche recalled 900 vans. The company's chairman, Wolfgang Porsche, apologised.",
    ],
)
def test_what_is_called_it_before_somebody_is_named_so_is_a_firm(enricher: Enricher, text: str) -> None:
    assert len(people(enricher, text)) == 1
    assert read(enricher, text).entities[0].kind == "organisation"


def test_a_headline_names_people_by_their_surnames(enricher: Enricher) -> None:
    text = "Lindqvist said it was raining\n\nIts chairman, Per Lindqvist, was wet."
    assert ("Lindqvist", "Per Lindqvist") in people(enricher, text)


def test_whom_everybody_knows_by_the_surname_is_no_firm(enricher: Enricher) -> None:
    assert people(enricher, "Trump said on Monday that it would rain.") == [("Trump", "Donald Trump")]


def test_nobody_is_given_the_words_of_who_is_named_so_only_later(enricher: Enricher) -> None:
    text = "Chase said rents would rise. Nora Chase, a nurse, was not told."
    assert "Nora Chase" not in speakers(enricher, text)


def test_somebody_of_another_spelling_is_somebody(enricher: Enricher) -> None:
    text = "Viktor Lukashenko flew to Moscow. Uladzislau Lukashenka's aide did not."
    assert people(enricher, text)[-1][0] == "Uladzislau Lukashenka"


def test_a_family_name_that_is_a_word_is_somebody_where_it_does_something(enricher: Enricher) -> None:
    text = "Union leader Tim Hayes wrote to Paul Grant. “Grant knows it,” he told the crowd. Grant them that."
    assert people(enricher, text)[2:] == [("Grant", "Paul Grant")]
    assert speakers(enricher, text) == ["Tim Hayes"]


def test_firms_keep_the_s_of_their_name(enricher: Enricher) -> None:
    text = "McDonald's sued Sotheby’s. Ada Kohl met Kohl's lawyers."
    found = {entity.text: entity.kind for entity in read(enricher, text).entities}
    assert found["McDonald's"] == found["Sotheby’s"] == "organisation"
    assert "Kohl's" not in found
