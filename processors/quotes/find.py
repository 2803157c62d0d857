"""The way from an article's paragraphs to its quotes: read, find, assemble, resolve.

Knows the order of the steps; each step is a module of its own.
"""

from bisect import bisect_left
from collections.abc import Sequence

from processors.model.paragraph import Paragraph
from processors.quotes.assemble import Assembler
from processors.quotes.coreference import resolve
from processors.quotes.labels import label
from processors.quotes.lexicon import Lexicon, lexicon
from processors.quotes.order.ordered import said_by_order
from processors.quotes.order.scanning import scan
from processors.quotes.reading import Reading, read, surface
from processors.quotes.said import Said
from processors.quotes.tree.parsed import said_by_tree
from processors.quotes.tree.speakers import introduced
from processors.quotes.worth import worth_parsing
from schemas.article import Entity, Quote


def wants_parse(paragraph: Paragraph, language: str | None) -> bool:
    """Whether the dependency parser must run on a paragraph before `find_quotes` sees it.

    False in a language that has no rules for a tree, and where neither marks nor words of reporting stand.
    """
    words = lexicon(language or "")
    return words is not None and words.parsed and worth_parsing(paragraph.text, words)


def find_quotes(
    text: str, paragraphs: Sequence[Paragraph], entities: Sequence[Entity], language: str | None
) -> tuple[Quote, ...]:
    """The quotes of an article in order: exact code point offsets into `text`, speakers resolved to `entities`.

    Reads a paragraph by its tree where it is parsed, by the order of its words where not. Nothing is found in a
    language (ISO 639-1) without a file in languages/. Time is linear in the length of the text.
    """
    words = lexicon(language or "")
    if words is None:
        return ()
    assembler = Assembler()
    quotes: list[Quote] = []
    for paragraph in paragraphs:
        reading = _read(paragraph, surface(paragraph, text), words)
        quotes.extend(assembler.quotes(reading, _said(reading, words)))
        assembler.expect(reading, introduced(reading))
    return tuple(resolve(text, quotes, entities, words))


def _read(paragraph: Paragraph, text: str, words: Lexicon) -> Reading:
    if words.parsed and paragraph.doc.has_annotation("DEP"):
        return read(paragraph, text, words)
    return scan(text, paragraph.start, words)


def _said(reading: Reading, words: Lexicon) -> list[Said]:
    labelled = _labelled(reading, words)
    if labelled:
        return labelled
    return said_by_tree(reading, words) if reading.heads else said_by_order(reading, words)


def _labelled(reading: Reading, words: Lexicon) -> list[Said]:
    """The whole paragraph, where it begins with a name and a colon."""
    found = label(reading.text, words.not_speakers)
    if found is None:
        return []
    start, end, content = (bisect_left(reading.starts, place) for place in found)
    return [Said(content, len(reading), (end, end + 1), (start, end))] if content < len(reading) else []
