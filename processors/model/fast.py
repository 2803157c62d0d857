"""The one door to the fast modules: a pipeline as spaCy loads it, made fast. It says the same in about half the time.

All that knows the insides of spaCy and of thinc lies behind this function (docs/choices.md lists the facts). Where a
release of spaCy changes them, `Model(fast=False)` reads with plain spaCy.
"""

from collections.abc import Callable, Sequence
from typing import Any

from spacy.attrs import IS_SPACE, NORM, PREFIX, SHAPE, SUFFIX  # type: ignore[import-not-found]  # compiled, no stubs
from spacy.language import Language
from spacy.tokens import Doc

from processors.model import ner_network
from processors.model.fast_embedding import cache_words
from processors.model.fast_encoder import speed_up_encoder
from processors.model.fast_ner import Decoder
from processors.model.fast_shape import shape
from processors.model.fast_tokens import speed_up_tokens

# What the networks see of a word. spaCy works out 23 things of each new one, which takes half the time of tokenising.
_SEEN = (NORM, PREFIX, SUFFIX, SHAPE, IS_SPACE)


def make_fast(nlp: Language) -> Callable[[Sequence[Doc]], None]:
    """Make our `ner` and, if it is there, the parser's `tok2vec` fast, in place; they can no longer be trained.

    Returns what marks the names of documents, in the place of the component `ner`.
    """
    vocab: Any = nlp.vocab  # its stub lacks the getters
    vocab.lex_attr_getters = {attribute: vocab.lex_attr_getters[attribute] for attribute in _SEEN} | {SHAPE: shape}
    speed_up_tokens(nlp.tokenizer)
    names = ner_network.recogniser(nlp)
    networks = [names.model.get_ref("tok2vec").layers[0]]
    if nlp.has_pipe("tok2vec"):
        networks.append(nlp.get_pipe("tok2vec").model)  # type: ignore[attr-defined]  # a callable, says spaCy
    for tok2vec in networks:
        cache_words(tok2vec)
        speed_up_encoder(tok2vec)
    return Decoder(names).mark
