"""The rules for a paragraph with a tree, in their order: clauses first, then the quotations they leave unexplained."""

from collections.abc import Iterator, Set

from processors.quotes.according import according
from processors.quotes.as_said import as_said
from processors.quotes.clauses import clauses
from processors.quotes.direct import is_speech
from processors.quotes.join import join
from processors.quotes.lexicon import Lexicon
from processors.quotes.nouns import nouns
from processors.quotes.parenthetical import parentheticals
from processors.quotes.reading import Reading
from processors.quotes.said import NOBODY, Attribution, Said
from processors.quotes.speakers import attribute, attributions


def said_by_tree(reading: Reading, lexicon: Lexicon) -> list[Said]:
    """What is said in a parsed paragraph, in order and without overlap."""
    rules = (clauses, parentheticals, as_said, according, nouns)
    found = join(reading, (said for rule in rules for said in rule(reading, lexicon)))
    explained = {reading.quotation[token] for said in found for token in range(said.start, said.end)}
    return sorted([*found, *_bare(reading, lexicon, explained)], key=lambda said: said.start)


def _bare(reading: Reading, lexicon: Lexicon, explained: Set[int]) -> Iterator[Said]:
    """The quotations that are speech and that no rule has explained."""
    known = attributions(reading, lexicon)
    previous: Attribution | None = None
    for number, (start, end) in enumerate(reading.spans):
        if number not in explained and is_speech(reading.inner(number)):
            previous = attribute(reading, (start, end), known, previous)
            yield Said(start, end, *(previous or NOBODY))
