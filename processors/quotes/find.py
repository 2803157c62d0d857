"""The pipeline from an article's paragraphs to its quotes: tabulate, find candidates, assemble, resolve speakers.

Knows the order of the steps; each step is a module of its own.
"""

from collections.abc import Sequence
from typing import NamedTuple

from processors.model.paragraph import Paragraph
from processors.quotes.assemble import Assembler, speaker_at
from processors.quotes.by_parse.rules import candidates_by_parse
from processors.quotes.by_parse.speakers import introduced
from processors.quotes.by_word_order.rules import candidates_by_word_order
from processors.quotes.by_word_order.scanning import scan
from processors.quotes.coreference import resolve
from processors.quotes.layout import Layout
from processors.quotes.lexicon import Lexicon, lexicon
from processors.quotes.needs_parse import needs_parse
from processors.quotes.quote_candidate import SAID, QuoteCandidate
from processors.quotes.token_table import TokenTable, surface, tabulate
from schemas.article import Entity, Quote


class Found(NamedTuple):
    """What an article's text reports."""

    quotes: tuple[Quote, ...]
    unsaid: tuple[Quote, ...]
    """What it says was not said, or was asked of somebody."""


def wants_parse(paragraph: Paragraph, language: str | None) -> bool:
    """Whether the dependency parser must run on a paragraph before `find_quotes` sees it.

    False in a language that has no rules for a parse, and where neither marks nor words of reporting stand.
    """
    words = lexicon(language or "")
    return words is not None and words.parsed and needs_parse(paragraph.text, words)


def find_quotes(text: str, paragraphs: Sequence[Paragraph], entities: Sequence[Entity], language: str | None) -> Found:
    """The quotes of an article in order: exact code point offsets into `text`, speakers resolved to `entities`.

    Reads a paragraph by its parse where it has one, by the order of its words where not. Nothing is found in a
    language (ISO 639-1) without a file in languages/. Time is linear in the length of the text.
    """
    words = lexicon(language or "")
    if words is None:
        return Found((), ())
    assembler = Assembler()
    layout = Layout(text, [surface(paragraph, text) for paragraph in paragraphs], entities, words)
    for number, paragraph in enumerate(paragraphs):
        own = layout.text_of(number)
        signed = layout.signer_of_last(number, paragraph.start)
        if signed is not None:
            assembler.sign(signed)
            continue
        table = _tabulate(paragraph, own, words, layout.begin(number))
        assembler.expect(layout.announced(number, paragraph.start))
        assembler.add(table, _candidates(table, words, layout, number))
        assembler.expect(speaker_at(table, introduced(table)))
    quotes, unsaid = assembler.quotes, assembler.unsaid
    said = tuple(resolve(text, quotes, entities, words))
    # Read among the others in order, as "he" goes by who spoke before; no speaker hangs on what was not said.
    among = resolve(text, sorted([*quotes, *unsaid], key=lambda one: one.start), entities, words) if unsaid else ()
    return Found(said, tuple(one for one in among if one.factuality not in SAID))


def _tabulate(paragraph: Paragraph, text: str, words: Lexicon, begin: int) -> TokenTable:
    if words.parsed and paragraph.doc.has_annotation("DEP"):
        return tabulate(paragraph, text, words, begin)
    return scan(text, paragraph.start, words, begin)


def _candidates(table: TokenTable, words: Lexicon, layout: Layout, number: int) -> list[QuoteCandidate]:
    labelled = layout.labelled(number, table)
    if labelled is not None:
        return labelled
    found = candidates_by_parse(table, words) if table.heads else candidates_by_word_order(table, words)
    return layout.signed(number, table, found)
