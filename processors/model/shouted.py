"""Lines all in capitals, read as if they were written in small letters: a model that sees capitals only sees names.

Knows words and letters; nothing of kinds.
"""

from collections.abc import Callable, Sequence

from spacy.tokens import Doc, Span

from processors.model.english_words import is_english
from processors.model.paragraph import Paragraph

# Fewer words are a dateline, a heading or an acronym, and are read as they stand.
_FEWEST = 4
# Unknown words up to this length that have no vowel, and those of two letters, are acronyms and stay in capitals.
_ACRONYM = 4


def is_shouted(text: str) -> bool:
    """Whether a line has words enough and no small letter."""
    return text.isupper() and len(text.split()) >= _FEWEST


def mark(paragraphs: Sequence[Paragraph], marker: Callable[[Sequence[Doc]], None]) -> None:
    """Mark the names of paragraphs, shouted ones by what they would be in small letters."""
    calm = {index: _calm(one.doc) for index, one in enumerate(paragraphs) if is_shouted(one.text)}
    marker([calm.get(index, one.doc) for index, one in enumerate(paragraphs)])
    for index, read in calm.items():
        doc = paragraphs[index].doc
        doc.ents = [Span(doc, entity.start, entity.end, label=entity.label_) for entity in read.ents]


def _calm(doc: Doc) -> Doc:
    words = [_word(token.text) for token in doc]
    if words:
        words[0] = words[0].capitalize() if words[0].islower() else words[0]
    return Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def _word(shouted: str) -> str:
    """A name begins with a capital, a word has none; "EU" and "BBC" stay."""
    if is_english(shouted.lower()):
        return shouted.lower()
    letters = sum(map(str.isalpha, shouted))
    vowels = sum(letter in "AEIOUY" for letter in shouted)
    return shouted if letters <= 2 or (letters <= _ACRONYM and not vowels) else shouted.title()
