"""Names decoded all at once are the names that spaCy's own transitions find token by token."""

import random

import numpy
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from processors.model import ner_network
from processors.model.fast_ner import Decoder

NAMES = ["Vladimir", "Putin", "European", "Union", "Kyiv", "Tomahawk", "Olympic", "French", "New", "York", "Ms", "MIT"]
WORDS = ["said", "the", "of", "in", ",", ".", "and", "'s", "missiles", "on", "2024", "  ", "\n"]
texts = st.lists(st.sampled_from(NAMES + WORDS), max_size=40).map(" ".join)


@pytest.fixture(scope="module", params=["as it ships", "by chance"])
def english(request: pytest.FixtureRequest) -> Language:
    """The network in spaCy's hands alone; with scores by chance it makes each move that it may, at each token."""
    nlp = spacy.blank("en")
    ner_network.install(nlp)
    if request.param == "by chance":
        upper = ner_network.recogniser(nlp).model.get_ref("upper")
        upper.set_param("W", numpy.random.default_rng(1).normal(size=upper.get_param("W").shape).astype("float32"))
    return nlp


@pytest.fixture(scope="module")
def decoder(english: Language) -> Decoder:
    return Decoder(ner_network.recogniser(english))


def names_by_spacy(nlp: Language, lines: list[str]) -> list[list[tuple[int, int, str]]]:
    recogniser = ner_network.recogniser(nlp)
    docs = [nlp.make_doc(line) for line in lines]
    recogniser.set_annotations(docs, recogniser.predict(docs))
    return [[(name.start, name.end, name.label_) for name in doc.ents] for doc in docs]


def names_at_once(nlp: Language, decoder: Decoder, lines: list[str]) -> list[list[tuple[int, int, str]]]:
    docs = [nlp.make_doc(line) for line in lines]
    decoder.mark(docs)
    return [[(name.start, name.end, name.label_) for name in doc.ents] for doc in docs]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(texts, max_size=6))
def test_the_names_are_those_of_spacy(english: Language, decoder: Decoder, lines: list[str]) -> None:
    assert names_at_once(english, decoder, lines) == names_by_spacy(english, lines)


def test_names_longer_than_are_followed_together(
    english: Language, decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("processors.model.fast_ner._TOGETHER", 2)
    chance = random.Random(1)
    lines = [" ".join(chance.choices(NAMES + WORDS[:4], k=30)) for _ in range(30)]
    found = names_by_spacy(english, lines)
    assert max(end - start for line in found for start, end, _ in line) > 3
    assert names_at_once(english, decoder, lines) == found
