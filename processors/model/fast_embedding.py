"""A cache of word embeddings: the first layer of a network sees single words, and most words have been seen before.

That layer takes a third of a network's time; a look-up takes next to nothing. Depends on one fact about spaCy: the
first part of a Tok2Vec looks at each token alone.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH, SPACY  # type: ignore[import-not-found]  # a compiled module without stubs
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d

from processors.model.fast_maxout import Floats
from processors.model.fast_word import WordNetwork

# Emptied when full: 20 MB for each network. A day's news has about as many forms.
_MOST = 50_000
# What tells a token from another; ORTH stands first.
_KEY = (ORTH, NORM, SPACY)
# Odd numbers that spread a token's three attributes over one key of 64 bits.
_SPREAD = numpy.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype="uint64")


def cache_words(tok2vec: Model[list[Doc], list[Floats2d]]) -> None:
    """Put a cache in the place of the first layer of a trained Tok2Vec, which then can no longer be trained."""
    cache = _EmbeddingCache(WordNetwork(tok2vec.layers[0]))
    tok2vec.layers[0] = Model("embedding_cache", lambda model, docs, is_train: (cache.embed(docs), _no_training))


def _no_training(_: object) -> list[Doc]:
    raise NotImplementedError("a network with cached words cannot be trained")


class _EmbeddingCache:
    def __init__(self, network: WordNetwork) -> None:
        self._network = network
        self._columns = [*_KEY, *network.columns]
        self._rows: dict[int, int] = {}
        # Room for all of them: the system gives it page by page, as it is written.
        self._table: Floats = numpy.zeros((_MOST, network.width), dtype="float32")

    def embed(self, docs: Sequence[Doc]) -> list[Floats]:
        """One row a token, for each document."""
        if not docs:
            return []
        tokens = numpy.concatenate([doc.to_array(self._columns) for doc in docs])
        keys = (tokens[:, : len(_KEY)] @ _SPREAD).tolist()
        if len(self._rows) > _MOST:
            self._rows.clear()
        new = {key: place for place, key in enumerate(keys) if key not in self._rows}
        if new:
            self._learn(tokens[list(new.values())], list(new), docs[0].vocab.vectors)
        found = self._table.take(list(map(self._rows.__getitem__, keys)), axis=0)
        firsts = [0, *accumulate(map(len, docs))]
        return [found[start:end] for start, end in pairwise(firsts)]

    def _learn(self, tokens: NDArray[numpy.uint64], keys: list[int], vectors: Any) -> None:
        at = len(self._rows)
        self._make_room(at + len(keys))
        self._table[at : at + len(keys)] = self._network.embed(tokens[:, 0], tokens[:, len(_KEY) :], vectors)
        self._rows.update(zip(keys, range(at, at + len(keys)), strict=True))

    def _make_room(self, rows: int) -> None:
        if rows > len(self._table):
            larger = numpy.zeros((max(rows, 2 * len(self._table)), self._table.shape[1]), dtype="float32")
            larger[: len(self._table)] = self._table
            self._table = larger
