"""Our own network for named entities: its architecture and its weight files (weights/card.md is the model card).

Two files: `network.gz`, spaCy's own bytes of the component, and `words.npz.gz`, what it knows of single words.
Weights are kept with 16 bits: half the size, and not one label in ten thousand changes.
"""

import gzip
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy
from spacy.language import Language
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # a compiled module without stubs

from processors.model.word_rows import WordRows

WEIGHTS = Path(__file__).parent / "weights"
WIDTH, DEPTH = 96, 4
# Rows of the hash tables of the four views of a word. Far fewer than a language has words: what collides in
# one table differs in another.
_ROWS = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500}


def shape() -> dict[str, Any]:
    """The component's configuration, as `add_pipe` takes it."""
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": list(_ROWS),
        "rows": list(_ROWS.values()),
        "include_static_vectors": True,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": DEPTH,
        "window_size": 1,
        "maxout_pieces": 3,
    }
    return {
        "model": {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": "ner",
            "extra_state_tokens": False,
            "hidden_width": 64,
            "maxout_pieces": 2,
            "use_upper": True,
            "nO": None,
            "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
        }
    }


def install(nlp: Language, folder: Path = WEIGHTS) -> None:
    """Add the network to a pipeline as its `ner`, with the word table in the pipeline's vocabulary."""
    with numpy.load(BytesIO(gzip.decompress((folder / "words.npz.gz").read_bytes()))) as words:
        # without the strings of the vocabulary: it adds those of its vectors to its own, one by one
        vectors = Vectors(data=words["table"].astype("float32"), name="words")
        vectors.key2row = WordRows(words["keys"], words["rows"])
    nlp.vocab.vectors = vectors
    recogniser(nlp).from_bytes(gzip.decompress((folder / "network.gz").read_bytes()))


def recogniser(nlp: Language) -> Any:
    """The pipeline's `ner`, added in our shape where it has none. Any: spaCy types a component as a callable."""
    return nlp.get_pipe("ner") if nlp.has_pipe("ner") else nlp.add_pipe("ner", config=shape())


def keep(nlp: Language, folder: Path) -> None:
    """Write a trained network's weights. The word table is kept as the network sees it, projected to its width."""
    ner, vectors = recogniser(nlp), nlp.vocab.vectors
    weights = ner.model.to_dict()
    table = vectors.data
    for node, parameters in zip(weights["nodes"], weights["params"], strict=True):
        if node["name"] == "static_vectors":
            table = table @ parameters["W"].T
            node["dims"]["nM"], parameters["W"] = WIDTH, numpy.eye(WIDTH, dtype="float32")
        for name, value in parameters.items():
            parameters[name] = value if value is None else value.astype("float16").astype("float32")
    kept: Any = nlp.create_pipe("ner", config=shape())
    kept.from_bytes(ner.to_bytes(exclude=["vocab", "model"]))
    kept.model.from_dict(weights)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "network.gz").write_bytes(gzip.compress(kept.to_bytes(exclude=["vocab"]), mtime=0))
    keys = numpy.array(sorted(vectors.key2row), dtype="uint64")
    rows = numpy.array([vectors.key2row[key] for key in keys.tolist()], dtype="uint16")
    words = BytesIO()
    numpy.savez(words, keys=keys, rows=rows, table=table.astype("float16"))
    (folder / "words.npz.gz").write_bytes(gzip.compress(words.getvalue(), mtime=0))
