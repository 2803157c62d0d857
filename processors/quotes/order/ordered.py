"""The rules for a paragraph without a tree, in their order: reported speech first, then quotations."""

from processors.quotes.join import join
from processors.quotes.lexicon import Lexicon
from processors.quotes.order.beside import beside
from processors.quotes.order.reported import reported
from processors.quotes.reading import Reading
from processors.quotes.said import Said


def said_by_order(reading: Reading, lexicon: Lexicon) -> list[Said]:
    """What is said in a paragraph by the order of its words, in order and without overlap."""
    found = join(reading, reported(reading, lexicon))
    explained = {reading.quotation[token] for said in found for token in range(said.start, said.end)}
    bare = [said for said in beside(reading, lexicon) if reading.quotation[said.start] not in explained]
    return sorted([*found, *bare], key=lambda said: said.start)
