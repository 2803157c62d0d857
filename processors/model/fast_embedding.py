"""A cache of word embeddings: the first layer of a network sees single words, and most words have been seen before.

That layer takes a third of a network's time; a look-up takes next to nothing. Depends on one fact about spaCy: the
first part of a Tok2Vec looks at each token alone.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH, SPACY  # type: ignore[import-not-found]  # a compiled module without stubs
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps
from thinc.types import Floats2d

# Emptied when full: 20 MB for each network. A day's news has about as many forms.
_MOST = 50_000
# Up to eight rows a matrix product gives each row the same to the last bit wherever it stands (measured; from sixteen
# on it does not): multiplied in such blocks, a word's vector does not depend on the words that it was met with.
_BLOCK = 8
# Odd numbers that spread a token's three attributes over one key of 64 bits.
_SPREAD = numpy.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype="uint64")


def cache_words(tok2vec: Model[list[Doc], list[Floats2d]]) -> None:
    """Put a cache in the place of the first layer of a trained Tok2Vec, which then can no longer be trained."""
    embed = tok2vec.layers[0]
    for layer in embed.walk():
        layer.ops = _Blockwise(use_blis=False)
    cache = _EmbeddingCache(embed)
    tok2vec.layers[0] = Model("embedding_cache", lambda model, docs, is_train: (cache.embed(docs), _no_training))


def _no_training(_: object) -> list[Doc]:
    raise NotImplementedError("a network with cached words cannot be trained")


class _Blockwise(NumpyOps):  # type: ignore[misc]  # a compiled class without stubs
    """Multiplies blocks of _BLOCK rows, each alone."""

    def gemm(self, x: Floats2d, y: Floats2d, *, trans2: bool = False, **_: object) -> Floats2d:
        rows, width = x.shape
        blocks = numpy.zeros((-(-rows // _BLOCK), _BLOCK, width), dtype="float32")
        blocks.reshape(-1, width)[:rows] = x
        product = blocks @ (y.T if trans2 else y)
        multiplied: Floats2d = product.reshape(-1, product.shape[2])[:rows]
        return multiplied


class _EmbeddingCache:
    def __init__(self, embed: Model[list[Doc], list[Floats2d]]) -> None:
        self._embed = embed
        self._rows: dict[int, int] = {}
        self._table: NDArray[numpy.float32] = numpy.zeros((0, 1), dtype="float32")

    def embed(self, docs: Sequence[Doc]) -> list[NDArray[numpy.float32]]:
        """One row a token, for each document."""
        if not docs:
            return []
        tokens = numpy.concatenate([doc.to_array([ORTH, NORM, SPACY]).reshape(len(doc), 3) for doc in docs])
        keys = (tokens * _SPREAD).sum(axis=1, dtype="uint64").tolist()
        if len(self._rows) > _MOST:
            self._rows.clear()
        places = dict(zip(keys, range(len(keys)), strict=True))
        new = [key for key in places if key not in self._rows]
        if new:
            self._learn(docs[0], tokens[[places[key] for key in new]], new)
        found = self._table[list(map(self._rows.__getitem__, keys))]
        firsts = [0, *accumulate(len(doc) for doc in docs)]
        return [found[start:end] for start, end in pairwise(firsts)]

    def _learn(self, like: Doc, tokens: NDArray[numpy.uint64], keys: list[int]) -> None:
        strings = like.vocab.strings
        words = [(strings[orth], strings[norm], bool(space)) for orth, norm, space in tokens.tolist()]
        at = len(self._rows)
        self._rows.update(zip(keys, range(at, at + len(keys)), strict=True))
        learnt = self._vectors(like, words)
        self._make_room(at + len(keys), learnt.shape[1])
        self._table[at : at + len(keys)] = learnt

    def _make_room(self, rows: int, width: int) -> None:
        if rows > len(self._table):
            larger = numpy.zeros((max(rows, 2 * len(self._table)), width), dtype="float32")
            larger[: len(self._table)] = self._table.reshape(-1, width)
            self._table = larger

    def _vectors(self, like: Doc, words: Sequence[tuple[str, str, bool]]) -> NDArray[numpy.float32]:
        doc = Doc(like.vocab, [word for word, _, _ in words], [space for _, _, space in words])
        for token, (_, norm, _) in zip(doc, words, strict=True):
            if token.norm_ != norm:
                token.norm_ = norm
        return numpy.array(self._embed.predict([doc])[0])
