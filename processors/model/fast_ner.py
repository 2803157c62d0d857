"""Vectorised decoding of named entities: spaCy's greedy transitions, for all tokens at once. The names are the same.

The network scores the moves at a token by the token itself and, within a name, by the token where the name began.
Outside of names the scores of all tokens are therefore one product of matrices, and names are followed from all their
possible beginnings together. spaCy goes token by token, which takes as long as the network itself. Depends on the
features of spaCy's `ner` state and on the layers of its TransitionBasedParser.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE  # type: ignore[import-not-found]  # a compiled module without stubs
from spacy.tokens import Doc, Span

from processors.model.fast_maxout import Floats, by_piece, largest

Numbers = NDArray[numpy.int64]
Flags = NDArray[numpy.bool_]

# Names are followed together for so many tokens, and one by one beyond: hardly any is longer, and where a text could
# begin one at each token (capitals alone) the time stays linear.
_TOGETHER = 12


class Decoder:
    """Marks names by a trained recogniser of the state type `ner`, whose choices it makes."""

    def __init__(self, recogniser: Any) -> None:
        """`recogniser`: an EntityRecognizer. Its weights are copied: trained further, it needs a new decoder."""
        self._encode = recogniser.model.get_ref("tok2vec").predict
        self._network = _Network(recogniser.model)
        moves = [recogniser.moves.get_class_name(move) for move in range(recogniser.moves.n_moves)]
        self._labels = [move[2:] for move in moves if move.startswith("B-") and move[2:]]
        begin, inside, end, single = ([moves.index(f"{kind}-{label}") for label in self._labels] for kind in "BILU")
        self._outside = numpy.array([*begin, *single, moves.index("O")])
        self._inside, self._end = numpy.array(inside), numpy.array(end)

    def mark(self, docs: Sequence[Doc]) -> None:
        """Set the entities of documents that have none yet, and no sentences."""
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        firsts = [0, *accumulate(len(doc) for doc in docs)]
        spans: list[list[Span]] = [[] for _ in docs]
        for start, end, label in self._names(self._encode(docs), docs, firsts):
            number = bisect(firsts, start) - 1
            first = firsts[number]
            spans[number].append(Span(docs[number], start - first, end - first, label=label))
        for doc, found in zip(docs, spans, strict=True):
            doc.set_ents(found, default="outside")

    def _names(self, tokens: Floats, docs: Sequence[Doc], firsts: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        """Half-open ranges of rows of `tokens` with their labels, in order; none crosses the end of a document."""
        last = numpy.zeros(len(tokens), dtype=bool)
        last[numpy.array(firsts[1:]) - 1] = True
        tracker = _NameTracker(self._network, tokens, last, self._inside, self._end)
        best = self._choices(tracker, numpy.concatenate([doc.to_array(IS_SPACE) for doc in docs]))
        kinds = len(self._labels)
        starts = numpy.flatnonzero(best < kinds)
        ends = dict(zip(starts.tolist(), tracker.ends(starts, best[starts]).tolist(), strict=True))
        free = 0
        for token in numpy.flatnonzero(best < 2 * kinds).tolist():
            if token >= free:
                label = int(best[token])
                free = token + 1 if label >= kinds else ends[token] or tracker.end(token, label)
                yield token, free, self._labels[label % kinds]

    def _choices(self, tracker: "_NameTracker", space: Flags) -> Numbers:
        """The best move at each token, were it outside of names: begin one, be one (each by label), or neither."""
        scores = self._network.scores(tracker.here + self._network.none_open, self._outside)
        kinds = len(self._labels)
        scores[tracker.last, :kinds] = -numpy.inf  # what begins at the last token has no end
        scores[space != 0, : 2 * kinds] = -numpy.inf
        best: Numbers = scores.argmax(axis=1)
        return best


class _Network:
    """The layers behind the encoder, with their pieces as processors.model.fast_maxout lays them out."""

    def __init__(self, model: Any) -> None:
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        weights = lower.get_param("W")  # (3, hidden, pieces, width)
        pad = lower.get_param("pad")[0]  # (3, hidden, pieces): what stands for a token that is not there
        self.here, self.begun, self.before = (by_piece(part) for part in weights)
        """(width, pieces x hidden): the token itself, the first of the name, the one before within the name."""
        self.bias: Floats = lower.get_param("b").T.flatten()
        self.none_open: Floats = self.bias + (pad[1] + pad[2]).T.flatten()
        self._width: int = weights.shape[1]
        self._weights: Floats = numpy.ascontiguousarray(upper.get_param("W").T)
        self._bias: Floats = upper.get_param("b").copy()
        self._bias[list(model.attrs["unseen_classes"])] = -numpy.inf

    def hidden(self, sums: Floats) -> Floats:
        """(n, pieces x hidden) -> (n, hidden)"""
        return largest(sums, self._width)

    def scores(self, sums: Floats, moves: Numbers) -> Floats:
        """(n, pieces x hidden) -> (n, moves): how good each of these moves is."""
        found: Floats = self.hidden(sums) @ self._weights[:, moves] + self._bias[moves]
        return found

    def score(self, hidden: Floats, moves: Numbers) -> Floats:
        """(n, hidden), one move for each -> (n,)"""
        found: Floats = numpy.einsum("ij,ji->i", hidden, self._weights[:, moves]) + self._bias[moves]
        return found


class _NameTracker:
    """Follows names through the tokens of a batch, many names at a time."""

    def __init__(self, network: _Network, tokens: Floats, last: Flags, inside: Numbers, end: Numbers) -> None:
        """`last`: the last tokens of documents; `inside`, `end`: the moves of each label."""
        self._network, self._tokens, self._inside, self._end = network, tokens, inside, end
        self.last = last
        self.here: Floats = tokens @ network.here

    def ends(self, starts: Numbers, labels: Numbers) -> Numbers:
        """Where the names that begin at these tokens end, half-open; 0 for those longer than _TOGETHER."""
        ends = numpy.zeros_like(starts)
        going = numpy.arange(len(starts))
        for length in range(1, _TOGETHER):
            if not len(going):
                break
            at = starts[going] + length
            done = self._ends_at(at, starts[going], labels[going])
            ends[going[done]] = at[done] + 1
            going = going[~done]
        return ends

    def end(self, start: int, label: int) -> int:
        """Where a name longer than _TOGETHER ends, half-open."""
        at = start + _TOGETHER
        while not self._ends_at(*(numpy.array([number]) for number in (at, start, label)))[0]:
            at += 1
        return at + 1

    def _ends_at(self, at: Numbers, starts: Numbers, labels: Numbers) -> Flags:
        network, tokens = self._network, self._tokens
        sums = self.here[at] + tokens[starts] @ network.begun + tokens[at - 1] @ network.before + network.bias
        hidden = network.hidden(sums)
        ends: Flags = network.score(hidden, self._end[labels]) > network.score(hidden, self._inside[labels])
        return ends | self.last[at]
