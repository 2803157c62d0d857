"""An article's text cut where a mark begins or ends: names, and quotes tied to their speakers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas.article import Entity, Quote, Span, WireArticle


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is all of one kind."""

    text: str
    entity: Entity | None = None
    quote: int | None = None
    """The number of the quote that it is part of, from 1."""


def paragraphs(article: WireArticle) -> list[list[Piece]]:
    """The text by paragraphs; what was cut together is the text again, but for the line breaks."""
    cut: list[list[Piece]] = [[]]
    for piece in _pieces(article):
        first, *rest = piece.text.split("\n")
        if first:
            cut[-1].append(Piece(first, piece.entity, piece.quote))
        cut.extend([Piece(line, piece.entity, piece.quote)] if line else [] for line in rest)
    return [paragraph for paragraph in cut if paragraph]


def _pieces(article: WireArticle) -> Iterator[Piece]:
    text, entities, quotes = article.text, article.entities, article.quotes
    borders = {0, len(text)}
    for span in (*entities, *quotes):
        borders |= {min(span.start, len(text)), min(span.end, len(text))}
    for start, end in pairwise(sorted(borders)):
        yield Piece(text[start:end], _at(entities, start), _number(quotes, start))


def _at(entities: Sequence[Entity], place: int) -> Entity | None:
    return next((one for one in entities if _holds(one, place)), None)


def _number(quotes: Sequence[Quote], place: int) -> int | None:
    """Of quotes inside one another the innermost, which begins last."""
    holding = [number for number, quote in enumerate(quotes, 1) if _holds(quote, place)]
    return max(holding, key=lambda number: quotes[number - 1].start, default=None)


def _holds(span: Span, place: int) -> bool:
    return span.start <= place < span.end
