"""Inference only: spaCy's convolutional encoder in numpy. The same numbers to a last bit or two, in half the time.

Training has to know which piece of a maxout won, and moments that can be differentiated; inference needs neither.
Depends on one fact about spaCy: the second part of a Tok2Vec is a MaxoutWindowEncoder over all tokens in one array.
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy
from thinc.api import Model
from thinc.types import Floats2d

from processors.model.fast_maxout import Floats, by_piece, largest

# As thinc's layer norm adds it to the variance.
_EPSILON = 1e-8


def speed_up_encoder(tok2vec: Model[Any, Any]) -> None:
    """Put an inference-only encoder in the place of a trained Tok2Vec's, which then can no longer be trained."""
    windows = tok2vec.layers[1]
    encoder = _Encoder(_convolutions(windows.layers[0]), windows.attrs["pad"])
    tok2vec.layers[1] = Model("inference_only", lambda model, docs, is_train: (encoder.encode(docs), _untrainable))


def _untrainable(_: object) -> list[Floats2d]:
    raise NotImplementedError("an inference-only encoder cannot be trained")


@dataclass(frozen=True, slots=True)
class _Convolution:
    """One layer, its pieces as processors.model.fast_maxout lays them out."""

    weights: Floats
    """(3 x width, pieces x width)"""
    bias: Floats
    gain: Floats
    shift: Floats

    def of(self, window: Floats) -> Floats:
        """(tokens, 3 x width) -> (tokens, width), normalised."""
        width = len(self.gain)
        pieces = window @ self.weights
        pieces += self.bias
        best = largest(pieces, width)
        # By products with vectors: numpy's own sums over short rows take three times as long.
        best -= (best @ numpy.full(width, 1 / width, dtype="float32"))[:, None]
        best *= (1 / numpy.sqrt(numpy.einsum("ij,ij->i", best, best) / width + _EPSILON))[:, None]
        best *= self.gain
        best += self.shift
        return best


def _convolutions(encoder: Model[Any, Any]) -> list[_Convolution]:
    layers = list(encoder.walk())
    maxouts = [layer for layer in layers if layer.name == "maxout"]
    norms = [layer for layer in layers if layer.name == "layernorm"]
    return [_convolution(maxout, norm) for maxout, norm in zip(maxouts, norms, strict=True)]


def _convolution(maxout: Model[Any, Any], norm: Model[Any, Any]) -> _Convolution:
    bias: Any = maxout.get_param("b")  # (width, pieces)
    gain, shift = (numpy.asarray(norm.get_param(name), dtype="float32") for name in "Gb")
    return _Convolution(by_piece(maxout.get_param("W")), bias.T.flatten(), gain, shift)


@dataclass(frozen=True, slots=True)
class _Encoder:
    convolutions: list[_Convolution]
    pad: int
    """Empty tokens before, between and behind documents, so that no layer sees from one into another."""

    def encode(self, docs: list[Floats]) -> list[Floats]:
        """(tokens, width) of each document, to the same: each layer sees one token to either side, and adds."""
        firsts = [0, *accumulate(map(len, docs))]
        given = numpy.concatenate(docs)
        places = numpy.arange(len(given)) + numpy.repeat(self.pad * numpy.arange(1, len(docs) + 1), numpy.diff(firsts))
        tokens = numpy.zeros((len(given) + self.pad * (len(docs) + 1), given.shape[1]), dtype="float32")
        tokens[places] = given
        for convolution in self.convolutions[:-1]:
            padded = numpy.zeros((len(tokens) + 2, tokens.shape[1]), dtype="float32")
            padded[1:-1] = tokens
            tokens = tokens + convolution.of(numpy.concatenate((padded[:-2], padded[1:-1], padded[2:]), axis=1))
        # Of the last layer nobody wants the empty tokens.
        found = tokens[places]
        found += self.convolutions[-1].of(numpy.concatenate((tokens[places - 1], found, tokens[places + 1]), axis=1))
        return [found[start:end] for start, end in pairwise(firsts)]
