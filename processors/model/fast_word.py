"""Inference only: spaCy's embedding of single words in numpy. The same numbers to the last bit, in a third of the time.

A word's attributes are each hashed into a table, beside them stands its static vector if the network has one, and a
maxout makes one vector of them all. Depends on one fact about spaCy: the first part of a Tok2Vec is a MultiHashEmbed.
"""

from itertools import accumulate
from typing import Any

import numpy
from numpy.typing import NDArray
from thinc.api import Model, NumpyOps

from processors.model.fast_maxout import Floats, by_piece, largest

# Up to eight rows a matrix product gives each row the same to the last bit wherever it stands (measured; from sixteen
# on it does not): multiplied in such blocks, a word's vector does not depend on the words that it was met with.
_BLOCK = 8
# As thinc's layer norm adds it to the variance.
_EPSILON = 1e-8


class WordNetwork:
    """The first layer of a trained Tok2Vec. Its weights are copied: trained further, it needs a new one."""

    def __init__(self, embed: Model[Any, Any]) -> None:
        layers = list(embed.walk())
        (extractor,) = (one for one in layers if one.name == "extract_features")
        (maxout,) = (one for one in layers if one.name == "maxout")
        (norm,) = (one for one in layers if one.name == "layernorm")
        tables = sorted((one for one in layers if one.name == "hashembed"), key=lambda one: one.attrs["column"])
        self.columns: list[str] = extractor.attrs["columns"]
        """The attributes that it sees of a token, by their names in spaCy."""
        self.width: int = maxout.get_dim("nO")
        self._seeds = [one.attrs["seed"] for one in tables]
        self._rows = [one.get_dim("nV") for one in tables]
        self._table = numpy.concatenate([_floats(one, "E") for one in tables])
        self._projections = [_floats(one, "W").T for one in layers if one.name == "static_vectors"]
        self._weights, self._bias = by_piece(_floats(maxout, "W")), _floats(maxout, "b").T.flatten()
        self._gain, self._shift = _floats(norm, "G"), _floats(norm, "b")
        self._ops = NumpyOps(use_blis=False)

    def embed(self, words: NDArray[numpy.uint64], seen: NDArray[numpy.uint64], vectors: Any) -> Floats:
        """(words,), their ORTH; (words, columns); the vocabulary's vectors -> (words, width)"""
        parts = [self._hashed(seen), *(_product(_static(words, vectors), one) for one in self._projections)]
        best = largest(_product(numpy.concatenate(parts, axis=1), self._weights) + self._bias, self.width)
        spread = best.var(axis=1, keepdims=True) + _EPSILON
        best -= best.mean(axis=1, keepdims=True)
        best *= spread**-0.5
        best *= self._gain
        best += self._shift
        return best

    def _hashed(self, seen: NDArray[numpy.uint64]) -> Floats:
        """(words, columns) -> (words, columns x width): of each attribute four rows of its table, added."""
        starts = [0, *accumulate(self._rows)]
        rows = numpy.empty((len(seen), len(self._seeds), 4), dtype="uint32")
        for column, (seed, count) in enumerate(zip(self._seeds, self._rows, strict=True)):
            hashes: Any = self._ops.hash(numpy.ascontiguousarray(seen[:, column]), seed)
            rows[:, column] = hashes % count + starts[column]
        found: Floats = self._ops.gather_add(self._table, rows.reshape(-1, 4)).reshape(len(seen), -1)
        return found


def _floats(layer: Model[Any, Any], name: str) -> Floats:
    return numpy.asarray(layer.get_param(name), dtype="float32")


def _static(words: NDArray[numpy.uint64], vectors: Any) -> Floats:
    """(words, width of the vectors): zeros for words that have none."""
    row_of = vectors.key2row.get
    rows = numpy.array([row_of(word, -1) for word in words.tolist()])
    found: Floats = vectors.data[rows]
    found[rows < 0] = 0
    return found


def _product(rows: Floats, weights: Floats) -> Floats:
    """`rows @ weights`, in blocks of _BLOCK rows."""
    blocks = numpy.zeros((-(-len(rows) // _BLOCK), _BLOCK, rows.shape[1]), dtype="float32")
    blocks.reshape(-1, rows.shape[1])[: len(rows)] = rows
    product: Floats = (blocks @ weights).reshape(-1, weights.shape[1])[: len(rows)]
    return product
