"""An encoder that only reads gives the numbers of the trained one."""

import numpy
import pytest
import spacy

from processors.model import ner_network
from processors.model.fast_encoder import speed_up_encoder

LINES = ["Ada Lind said on Monday that the harbour would stay closed.", "Kyiv", "", "The  U.S. didn't agree . " * 30]


def test_it_gives_the_numbers_of_the_trained_one() -> None:
    nlp = spacy.blank("en")
    ner_network.install(nlp)
    tok2vec = ner_network.recogniser(nlp).model.get_ref("tok2vec").layers[0]
    docs = [nlp.make_doc(line) for line in LINES]
    trained = tok2vec.predict(docs)
    speed_up_encoder(tok2vec)
    for ours, theirs in zip(tok2vec.predict(docs), trained, strict=True):
        assert numpy.allclose(ours, theirs, atol=1e-4)


def test_it_cannot_be_trained() -> None:
    nlp = spacy.blank("en")
    ner_network.install(nlp)
    tok2vec = ner_network.recogniser(nlp).model.get_ref("tok2vec").layers[0]
    speed_up_encoder(tok2vec)
    _, backprop = tok2vec.begin_update([nlp.make_doc("Kyiv")])
    with pytest.raises(NotImplementedError):
        backprop([numpy.zeros((1, ner_network.WIDTH), dtype="float32")])
