"""The training loop: labelled texts in, a network out. Deterministic for a seed, on one thread.

Knows spaCy and optimisers; nothing of where labels come from.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from processors.model.ner_network import recogniser
from training.labelled import Labelled

# Measured on silver news: below .001 two epochs do not suffice, above .002 the loss jumps.
_RATE = 0.0015
_WARM_UP = 100
_DROPOUT = 0.1
# Words in one step: smaller steps are slower, larger ones learn less an epoch.
_STEP_WORDS = 1_200
# A piece ends at a line break after this many words, or anywhere between names after the longest.
_PIECE, _LONGEST_PIECE = 60, 250
# The share of pieces whose words get capitals, as headlines have them.
_HEADLINES = 0.03


def learn(
    nlp: Language,
    labelled: Sequence[Labelled],
    *,
    epochs: float,
    seed: int,
    say: Callable[[str], None],
    average: bool = False,
) -> None:
    """Train the pipeline's `ner` in place. With `average`, end half-way between its first and last weights.

    The mean of two networks of which one began as the other is better than both, on most gold sets tried.
    """
    before = [value.copy() for _, _, value in _parameters(nlp)] if average else []
    fix_random_seed(seed)
    chance = random.Random(seed)
    pieces = [piece for one in labelled for piece in _pieces(_annotated(nlp, one))]
    pieces = [_headline(nlp, piece) if chance.random() < _HEADLINES else piece for piece in pieces]
    total = epochs * sum(map(len, pieces))
    optimiser = Adam(_RATE, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=False)
    seen = step = 0
    while seen < total:
        chance.shuffle(pieces)
        for batch in _batches(pieces):
            optimiser.learn_rate = _RATE * min(1.0, (step + 1) / _WARM_UP) * max(0.02, 1 - seen / total)
            examples = [
                Example(Doc(nlp.vocab, [t.text for t in d], [bool(t.whitespace_) for t in d]), d) for d in batch
            ]
            losses = nlp.update(examples, drop=_DROPOUT, sgd=optimiser)
            seen, step = seen + sum(map(len, batch)), step + 1
            if step % 200 == 0:
                say(f"{seen / total:4.0%}  step {step}  loss {losses['ner']:.1f}")
            if seen >= total:
                break
    if average:
        for (node, name, last), first in zip(_parameters(nlp), before, strict=True):
            node.set_param(name, (first + last) / 2)


def _parameters(nlp: Language) -> list[tuple[Any, str, Any]]:
    """Node, name and value of all weights of the pipeline's `ner`."""
    nodes = recogniser(nlp).model.walk()
    return [(node, name, node.get_param(name)) for node in nodes for name in node.param_names if node.has_param(name)]


def initialise(nlp: Language, labelled: Sequence[Labelled], like: Language) -> None:
    """Give a new `ner` its labels, the reading layers of another pipeline's, and random weights above them.

    Raises ValueError where the other's layers have another shape.
    """
    sample = [_annotated(nlp, one) for one in labelled[:300]]
    ner = recogniser(nlp)
    for label in sorted({marked[2] for one in labelled for marked in one.entities}):
        ner.add_label(label)
    ner.initialize(lambda: [Example(nlp.make_doc(doc.text), doc) for doc in sample], nlp=nlp)
    layers = recogniser(like).model.get_ref("tok2vec")
    ner.model.get_ref("tok2vec").from_bytes(layers.to_bytes())


def _annotated(nlp: Language, one: Labelled) -> Doc:
    doc = nlp.make_doc(one.text)
    spans: list[Span] = []
    for start, end, label in one.entities:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is None or (spans and span.start < spans[-1].end) or any(token.is_space for token in span):
            continue
        spans.append(span)
    doc.set_ents(spans)
    return doc


def _pieces(doc: Doc) -> Iterator[Doc]:
    cuts = [0]
    for token in doc[1:]:
        length = token.i - cuts[-1]
        if token.ent_iob_ == "I" or length < _PIECE:
            continue
        if "\n" in doc[token.i - 1].text or length >= _LONGEST_PIECE:
            cuts.append(token.i)
    yield from (doc[start:end].as_doc() for start, end in pairwise([*cuts, len(doc)]) if end > start)


def _headline(nlp: Language, doc: Doc) -> Doc:
    words = [t.text[:1].upper() + t.text[1:] if t.is_alpha and len(t) > 3 else t.text for t in doc]
    titled = Doc(nlp.vocab, words, [bool(t.whitespace_) for t in doc])
    titled.set_ents([Span(titled, span.start, span.end, label=span.label) for span in doc.ents])
    return titled


def _batches(pieces: Sequence[Doc]) -> Iterator[list[Doc]]:
    batch: list[Doc] = []
    for piece in pieces:
        batch.append(piece)
        if sum(map(len, batch)) >= _STEP_WORDS:
            yield batch
            batch = []
    if batch:
        yield batch
