"""A network with a memory of words says what it says without, in whatever order it reads."""

from typing import Any

import numpy
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from processors.model import ner_network, pipeline
from processors.model.fast_embedding import cache_words
from processors.model.pipeline import Model

LINES = [
    "Ada Lind said on Monday that the harbour would stay closed.",
    "“We can't wait,” Lind told the BBC's reporter in Kyiv; it cost $5bn (€4.6bn).",
    "Colour, programme, organisation: the U.S. didn't agree, and Mr. O'Neil won't.",
    "The  harbour\twould stay closed , Ada Lind said .",
]


Said = tuple[list[tuple[int, int, str]], list[str]]
"""Names and relations."""


def read(reader: Model, line: str) -> Said:
    (paragraph,), _ = reader.read(line, "en", lambda _: True)
    doc = paragraph.doc
    return [(e.start, e.end, e.label_) for e in doc.ents], [t.dep_ for t in doc]


@pytest.fixture(scope="module")
def forwards() -> list[Said]:
    reader = Model()
    return [read(reader, line) for line in LINES]


def test_the_order_of_reading_changes_nothing(
    forwards: list[Said],
) -> None:
    reader = Model()
    assert [read(reader, line) for line in reversed(LINES)][::-1] == forwards


def test_a_word_is_the_same_to_the_last_bit_whatever_it_is_met_with() -> None:
    nlp = spacy.blank("en")
    ner_network.install(nlp)
    docs = [nlp.make_doc(line * times) for line, times in zip(LINES, (1, 9, 2, 5), strict=True)]
    together = _caching(nlp).predict(docs)
    alone = _caching(nlp)
    for doc, vectors in zip(docs, together, strict=True):
        for token, vector in zip(doc, vectors, strict=True):
            single = Doc(nlp.vocab, [token.text], [bool(token.whitespace_)])
            single[0].norm_ = token.norm_
            assert numpy.array_equal(alone.predict([single])[0][0], vector)


def _caching(nlp: Language) -> Any:
    tok2vec = ner_network.recogniser(nlp).model.get_ref("tok2vec").layers[0].copy()
    cache_words(tok2vec)
    return tok2vec.layers[0]


def test_it_says_what_the_network_says_without(forwards: list[Said], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processors.model.fast.cache_words", lambda _: None)
    assert [read(Model(), line) for line in LINES] == forwards


def test_a_full_memory_forgets_and_says_the_same(forwards: list[Said], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processors.model.fast_embedding._MOST", 5)
    reader = Model()
    assert [read(reader, line) for line in LINES] == forwards
    assert [read(reader, line) for line in LINES] == forwards


def test_beginning_anew_says_the_same_and_lets_go_of_the_words(
    forwards: list[Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Model()
    assert [read(reader, line) for line in LINES] == forwards
    words = reader.words
    monkeypatch.setattr(pipeline, "_MOST_WORDS", words - 1)
    assert read(reader, LINES[0]) == forwards[0]
    assert reader.words < words


def test_nothing_to_read_is_no_error() -> None:
    paragraphs, marked = Model(parser=False).read("", "en", lambda _: False)
    assert (paragraphs, marked) == ([], True)
