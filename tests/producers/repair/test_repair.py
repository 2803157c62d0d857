"""Damaged text comes back as it was meant, and whole text as it came, in any language."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producers.repair import repair

WHOLE = (
    "The minister’s aide said, “Look, we’re not going to wait — it’s over,” and left. "
    "Two workers’ unions, in ‘silent’ protest, didn’t agree: Zürich’s café owners won’t either."
)
MARKS = str.maketrans(dict.fromkeys("“”‘’—–", "â"))
CLASSES = str.maketrans("“”‘’–—", "\"\"''--")
MOJIBAKE = Path(__file__).parents[4] / "shared/data/mojibake/pairs.jsonl"


def through(text: str, *codecs: str) -> str:
    """The text written in UTF-8 and read in each codec in turn."""
    for codec in codecs:
        text = text.encode("utf-8").decode(codec)
    return text


@pytest.mark.parametrize("codecs", [["sloppy-windows-1252"], ["latin-1"], ["latin-1", "latin-1"], ["mac-roman"]])
def test_a_whole_wrong_decoding_is_undone(codecs: list[str]) -> None:
    repaired = repair(through(WHOLE, *codecs))
    assert repaired.text == WHOLE
    assert repaired.repairs > 0


def test_windows_1252_read_as_latin_1_is_undone() -> None:
    assert repair(WHOLE.encode("windows-1252").decode("latin-1")).text == WHOLE


def test_letters_whose_damage_holds_a_control_that_ends_lines() -> None:
    assert repair(through("På Åland, i Łódź", "latin-1")).text == "På Åland, i Łódź"


def test_the_byte_that_windows_1252_does_not_know_is_no_obstacle() -> None:
    damaged = through(WHOLE, "sloppy-windows-1252").replace("\x9d", "")
    assert "â€ " in damaged
    assert repair(damaged).text == WHOLE


def test_references_escaped_twice_are_resolved() -> None:
    assert repair("Kyiv&amp;#8217;s caf&#233; &amp;ldquo;Dnipro&amp;rdquo;").text == "Kyiv’s café “Dnipro”"


def test_only_damaged_lines_are_touched() -> None:
    damaged = through("Kyiv’s", "latin-1")
    assert repair(f"Â is a letter\n{damaged}\nplain").text == "Â is a letter\nKyiv’s\nplain"


@pytest.mark.parametrize(
    "whole",
    [
        "Kyiv’s defenders won’t yield; they’re waiting for the world’s help, and it’s late.",
        "He told them, “Look, if this is not going to be settled, I’m going home,” as he set off.",
        "Moscow was seizing on distractions—from the south to debates—to press on with it.",
        "The plan — long in the making — was dropped by the board on Friday after a vote.",
        "“The workers’ rights come first,” she said. “They always did,” her aide added to that.",
        "“He said ‘never’ to me,” the witness told the court, “and then he left the room.”",
        "The O’Neill brothers were there in the ’90s, at 7 o’clock, with D’Amato and the rest.",
        "Back in ’68 the quay was full of them, and so was the town behind it.",
        "Between 2019–2021 the fund’s value fell, and the D.C.’s share of it with the rest.",
        "What is the use of it (“none,” he says) when “nobody” is there to see what it does?",
        "Trump’s ‘Great Big Deal’ With Canada’s Leaders Stalls Over Dairy Farmers’ Demands",
        "The actor’s part in “Keeping Up With the Kardashians,” which aired on Sunday, was short.",
        "“He was like, ‘The news lasts a day.’\u00a0” He didn’t say more, and “Yes, ‘often.’\u2009” was what she said.",
    ],
)
def test_each_lone_mark_is_inferred_from_its_line(whole: str) -> None:
    damaged = whole.translate(MARKS)
    repaired = repair(damaged)
    assert repaired.text.translate(CLASSES) == whole.translate(CLASSES)
    assert repaired.repairs == damaged.count("â")


def test_a_name_that_recurs_is_no_two_words_with_a_dash() -> None:
    whole = "The Chang’e probe won’t land—it’s late—and so the next Chang’e will.\nIt’s the fourth Chang’e so far."
    assert repair(whole.translate(MARKS)).text.translate(CLASSES) == whole.translate(CLASSES)


def test_other_remains_of_the_same_damage() -> None:
    assert (
        repair("It cost â¬5 â¦ and the price is, they say, stillâ¦").text
        == "It cost €5 … and the price is, they say, still…"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Le château a été bâti en âge mûr, avec grâce et sans hâte, près de la forêt.",
        "Când a plecat, câinele a rămas singur. Cât costă pâinea de astăzi, atât de puțin?",
        "A câmara aprovou a importância do âmbito, disse o presidente às distâncias.",
        "Tâm là người đâu tiên ở đây, và câu chuyện này rất lâu rồi, âm thầm mà sâu.",
        "Château Margaux and papier-mâché masks were what the guests of the evening saw there.",
        "The Lagâri rocket was flown in the city by the strait, and the sultan saw it from there.",
        "Il voulait qu'on donnât raison au plus hâve des deux, et rien d'autre.",
        "Déjà 5â, déjà 6â : la numérotation était étrange à l’été, c’était évident à l’œil.",
        "Cât",
        "âge",
        "Pâté",
    ],
)
@pytest.mark.parametrize("language", [None, "en"])
def test_a_letter_that_is_meant_stays(text: str, language: str | None) -> None:
    assert repair(text, language).text == text
    assert repair(text, language).repairs == 0


def test_a_loanword_stays_in_a_damaged_text() -> None:
    whole = "The château’s owner said that it wasn’t for sale, and that they’d sold their papier-mâché masks."
    damaged = whole.translate(MARKS)
    assert repair(damaged).text == whole


def test_a_headline_is_too_short_for_more_than_the_possessive() -> None:
    assert repair("Kyivâs plea").text == "Kyiv’s plea"
    assert repair("Kyivâand plea").text == "Kyivâand plea"


def test_a_line_of_nothing_but_damage_is_left_alone() -> None:
    line = "the and was â with " * 5_000
    assert repair(line).repairs == 0


def test_a_claim_of_another_language_is_believed() -> None:
    damaged = "The world’s attention won’t last, and they’re all waiting for it to end.".translate(MARKS)
    assert repair(damaged, "fr").text == damaged
    assert "â" not in repair(damaged, "en-GB").text


def test_plain_text_is_returned_at_once() -> None:
    assert repair("Nothing to see here.").repairs == 0


@given(st.text())
def test_any_text_can_be_repaired(text: str) -> None:
    assert repair(text).repairs >= 0


@given(st.text(alphabet="abcdefgh ABC.,!?'\"()-0123456789\n", max_size=200))
def test_text_without_damage_comes_back_as_it_came(text: str) -> None:
    assert repair(text).text == text


@given(st.text(alphabet='âs t,."A1 the', min_size=1, max_size=80))
def test_inference_keeps_every_other_character_and_counts_what_it_changed(text: str) -> None:
    repaired = repair(text, "en")
    assert len(repaired.text) == len(text)
    changed = [(old, new) for old, new in zip(text, repaired.text, strict=True) if old != new]
    assert len(changed) == repaired.repairs
    assert all(old == "â" and new in "“”‘’—" for old, new in changed)


@pytest.mark.data
@pytest.mark.skipif(not MOJIBAKE.exists(), reason=f"{MOJIBAKE} is not part of the project")
def test_real_damage_and_real_letters() -> None:
    with MOJIBAKE.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    whole_forms = {"utf8_as_cp1252", "utf8_as_latin1", "cp1252_as_latin1", "twice", "utf8_as_macroman", "none"}
    wrong = [row["id"] for row in rows if row["form"] in whole_forms and repair(row["damaged"]).text != row["clean"]]
    assert wrong == []
    right = total = 0
    for row in rows:
        if row["form"] == "lone_a_circumflex":
            marks = zip(row["damaged"], row["clean"], repair(row["damaged"]).text, strict=False)
            pairs = [(clean, got) for damaged, clean, got in marks if damaged == "â" != clean]
            total += len(pairs)
            right += sum(clean.translate(CLASSES) == got.translate(CLASSES) for clean, got in pairs)
    assert right / total >= 0.97
