"""A network of single words that only reads gives the trained one's numbers; a word's do not depend on the others."""

import numpy
import spacy
from spacy.attrs import ORTH  # type: ignore[import-not-found]  # a compiled module without stubs
from spacy.tokens import Doc

from processors.model import ner_network
from processors.model.fast_word import WordNetwork

WORDS = ["Ada", "said", "harbour", "$5bn", "Kyiv", "unheardofword", "'s", "2024"]


def test_it_gives_the_numbers_of_the_trained_one() -> None:
    nlp = spacy.blank("en")
    ner_network.install(nlp)
    trained = ner_network.recogniser(nlp).model.get_ref("tok2vec").layers[0].layers[0]
    network = WordNetwork(trained)
    doc = Doc(nlp.vocab, WORDS)
    columns = doc.to_array([ORTH, *network.columns]).astype("uint64")
    ours = network.embed(columns[:, 0], columns[:, 1:], nlp.vocab.vectors)
    assert ours.shape == (len(WORDS), network.width)
    assert numpy.allclose(ours, trained.predict([doc])[0], atol=1e-5)
    alone = network.embed(columns[3:4, 0], columns[3:4, 1:], nlp.vocab.vectors)
    assert numpy.array_equal(alone[0], ours[3])
