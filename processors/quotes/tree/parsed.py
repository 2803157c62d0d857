"""The rules for a paragraph with a tree, in their order: clauses first, then the quotations they leave unexplained."""

from collections.abc import Iterator, Mapping

from processors.quotes.direct import is_exclamation, is_speech
from processors.quotes.join import join
from processors.quotes.lexicon import Lexicon
from processors.quotes.reading import Reading
from processors.quotes.said import NOBODY, Attribution, Said
from processors.quotes.tree.according import according
from processors.quotes.tree.as_said import as_said
from processors.quotes.tree.clauses import clauses
from processors.quotes.tree.nouns import nouns
from processors.quotes.tree.parenthetical import parentheticals
from processors.quotes.tree.speakers import attribute, attributions

NEAR_CUE = 3
"""Tokens behind a short quotation within which its verb stands."""


def said_by_tree(reading: Reading, lexicon: Lexicon) -> list[Said]:
    """What is said in a parsed paragraph, in order and without overlap."""
    rules = (clauses, parentheticals, as_said, according, nouns)
    found = join(reading, (said for rule in rules for said in rule(reading, lexicon)))
    explained = {reading.quotation[token]: said for said in found for token in range(said.start, said.end)}
    return sorted([*found, *_bare(reading, lexicon, explained)], key=lambda said: said.start)


def _bare(reading: Reading, lexicon: Lexicon, explained: Mapping[int, Said]) -> Iterator[Said]:
    """The quotations that are speech and that no rule has explained."""
    known = attributions(reading, lexicon)
    previous: Attribution | None = None
    for number, (start, end) in enumerate(reading.spans):
        if number in explained:
            previous = explained[number].attribution or previous
        elif start < end and _is_said(reading, number, previous):
            previous = attribute(reading, (start, end), known, previous)
            yield Said(start, end, *(previous or NOBODY))


def _is_said(reading: Reading, number: int, previous: Attribution | None) -> bool:
    """Whether a quotation is speech; a few words are where they go on with what was said, or have their verb behind."""
    inner = reading.inner(number)
    if is_speech(inner):
        return True
    start, end = reading.spans[number]
    if not is_exclamation(inner) or reading.sentence[start] != start:
        return False
    return previous is not None or any(token in reading.cues for token in range(end, end + NEAR_CUE))
