"""Votes, labelled files and silver labels, with teachers that are told what to say."""

import json
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from training.labelled import LONGEST, Labelled, gold, texts
from training.silver import Teacher, silver
from training.vote import vote

PER, ORG = (0, 3, "PER"), (0, 3, "ORG")


def test_the_heavier_side_wins() -> None:
    assert vote([(1.0, [PER]), (0.7, [ORG])], 0.8) == [PER]
    assert vote([(1.0, [PER]), (0.7, [ORG]), (0.7, [ORG])], 1.2) == [ORG]


def test_one_voice_among_several_is_not_enough() -> None:
    assert vote([(1.0, [PER]), (1.0, []), (1.0, [])], 1.53) == []


def test_an_overlap_supports_by_half() -> None:
    long = (0, 8, "PER")
    assert vote([(1.0, [PER]), (0.9, [long])], 1.4) == [PER]
    assert vote([(1.0, [PER]), (0.9, [long])], 1.5) == []


def test_other_labels_stand_where_nothing_else_does() -> None:
    assert vote([(1.0, [PER]), (1.0, [PER, (2, 5, "EVENT"), (6, 9, "EVENT")])], 1.0) == [PER, (6, 9, "EVENT")]


def _teacher(label: str) -> Teacher:
    """A model that marks every word beginning with Zar."""
    nlp = spacy.blank("en")
    name = f"mark_{label.lower()}"

    @Language.component(name)
    def mark(doc: Doc) -> Doc:
        doc.ents = [spacy.tokens.Span(doc, t.i, t.i + 1, label=label) for t in doc if t.text.startswith("Zar")]
        return doc

    nlp.add_pipe(name)
    return Teacher(nlp)


def test_silver_is_the_vote_and_then_the_repair() -> None:
    text = "They sailed to Denmark. Zarvik stayed."
    person = _teacher("PERSON")
    (labelled,) = silver([text], [person, person])
    assert [(text[start:end], label) for start, end, label in labelled.entities] == [
        ("Denmark", "LOC"),
        ("Zarvik", "PER"),
    ]


def test_what_one_of_three_marks_is_no_label() -> None:
    silent = Teacher(spacy.blank("en"))
    assert [one.entities for one in silver(["Then Zarvik stayed."], [_teacher("ORG"), silent, silent])] == [()]


def test_files_are_read_with_our_labels_only(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    row = {"id": "1", "text": "Ada saw it", "entities": [[8, 10, "WORK_OF_ART"], [0, 3, "PERSON"]]}
    file.write_text(json.dumps(row) + "\n\n", encoding="utf8")
    assert list(gold([file])) == [Labelled("Ada saw it", ((0, 3, "PER"),))]
    file.write_text(json.dumps({"text": "x" * 20_000}) + "\n" + json.dumps({"text": ""}), encoding="utf8")
    assert [len(text) for text in texts([file])] == [LONGEST]
