"""Highlights of an alert: the sentences of an article that met a query, matches marked, and who is speaking there.

Shows what alerts/evaluate.py has decided; decides nothing itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from alerts.article_terms import ArticleTerms
from alerts.evaluate import has_name, quote_predicate
from schemas.alert import Why
from schemas.article import EntityKind, Quote, Span, WireArticle
from stores.analysis.placed import placed
from stores.analysis.sentences import sentences
from stores.document import MOST_QUOTES
from stores.query.field import NameField
from stores.query.fields import ANY, ANY_NAMES, ARTICLE
from stores.query.term_positions import term_positions
from stores.query.tree import And, InQuote, Node, Not, Or, Words
from stores.query.why import LONGEST

MOST_SENTENCES = 3
"""Enough to judge by; who wants all reads the article."""

Range = tuple[int, int]


class MarkedText:
    """Where the words of a query stand in one text."""

    def __init__(self, text: str, own: str | None) -> None:
        self._read = placed(text, own)

    def of(self, words: Words) -> Iterator[Range]:
        """The ranges of the words: of a phrase as a whole, of words near each other one by one."""
        for stems in (words.stems, *(own.marked for own in words.own)):
            for place in term_positions(stems, self._read.terms, words.prefix, words.near):
                if words.near is None:
                    yield self._read.span(place[0])[0], self._read.span(place[-1])[1]
                else:
                    yield from (self._read.span(at) for at in place)


class Highlighter:
    """Highlights of one article, for several queries."""

    def __init__(self, article: WireArticle, terms: ArticleTerms) -> None:
        self._article = article
        self._article_terms = terms
        self._known_marks: dict[Node, list[Range]] = {}

    def why(self, met: Node) -> tuple[Why, ...]:
        """The sentences that show that the article meets `met` (a part of a query, as met_part gives it)."""
        marks: dict[Node, list[Range]] = {leaf: self._marked(leaf) for leaf in _leaves(met)}
        titles = sorted({place for leaf in marks if isinstance(leaf, Words) for place in self._in_title(leaf)})
        if not any(marks.values()):
            return (self._headline(titles),) if self._article.title else ()
        found = [self._why(sentence, marks.values()) for sentence in self._chosen(marks)]
        return (self._headline(titles), *found[: MOST_SENTENCES - 1]) if titles else tuple(found)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who is quoted, in order, once."""
        return tuple(dict.fromkeys(name for quote in self._article.quotes if (name := _speaker(quote))))

    @cached_property
    def _text(self) -> MarkedText:
        return MarkedText(self._article.text, self._article_terms.own)

    @cached_property
    def _title(self) -> MarkedText:
        return MarkedText(self._article.title, self._article_terms.own)

    @cached_property
    def _sentences(self) -> list[Range]:
        return sentences(self._article.text)

    def _headline(self, marks: Sequence[Range]) -> Why:
        return Why(sentence=self._article.title, marks=tuple(marks))

    def _in_title(self, leaf: Words) -> Iterable[Range]:
        return self._title.of(leaf) if leaf.field in (ANY, "title") else ()

    def _marked(self, leaf: Node) -> list[Range]:
        """As _marks: many queries that one article meets ask for the same words."""
        if leaf not in self._known_marks:
            self._known_marks[leaf] = list(self._marks(leaf))
        return self._known_marks[leaf]

    def _marks(self, leaf: Node) -> Iterator[Range]:
        if isinstance(leaf, InQuote):
            yield from self._quoted(leaf)
        elif isinstance(leaf, Words):
            yield from self._worded(leaf)

    def _worded(self, leaf: Words) -> Iterator[Range]:
        if leaf.field in (ANY, "text"):
            yield from self._text.of(leaf)
        if leaf.field == "speaker":
            yield from (_range(quote) for quote in self._article.quotes if _is_called(leaf, quote))
        elif leaf.field in (ANY, *ANY_NAMES):
            yield from self._named(leaf, ())
        else:
            field = ARTICLE[leaf.field]
            if isinstance(field, NameField) and field.entities:
                yield from self._named(leaf, field.entities)

    def _named(self, leaf: Words, kinds: Sequence[EntityKind]) -> Iterator[Range]:
        """Entities of these kinds, or of any, that are named so."""
        for entity in self._article.entities:
            if (not kinds or entity.kind in kinds) and has_name(leaf, (entity.name, entity.text)):
                yield _range(entity)

    def _quoted(self, leaf: InQuote) -> Iterator[Range]:
        """The words asked for, within each quote that meets it; without words the quote itself."""
        said = quote_predicate(leaf.part)
        for quote, seen in zip(self._article.quotes[:MOST_QUOTES], self._article_terms.quotes, strict=True):
            if said(seen):
                words = [part for part in _leaves(leaf.part) if isinstance(part, Words) and part.field == "text"]
                inside = [place for part in words for place in self._text.of(part) if _within(place, quote)]
                yield from inside or [_range(quote)]

    def _chosen(self, marks: dict[Node, list[Range]]) -> list[Range]:
        """The first sentence for each part of the query, then further ones; in the order of the text."""
        chosen: dict[Range, None] = {}
        holding = [
            [at for at in self._sentences if any(_meet(at, place) for place in found)] for found in marks.values()
        ]
        for first in (True, False):
            for found in holding:
                chosen.update(dict.fromkeys(found[:1] if first else found[1:]))
        return sorted(list(chosen)[:MOST_SENTENCES])

    def _why(self, sentence: Range, marks: Iterable[list[Range]]) -> Why:
        places = sorted({place for found in marks for place in found if _meet(sentence, place)})
        start, end = _shortened(sentence, places)
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in places if _meet((start, end), (a, b))]
        speaking = (_speaker(quote) for quote in self._article.quotes if _meet(sentence, _range(quote)))
        return Why(
            sentence=self._article.text[start:end],
            marks=_merged(inside),
            speaker=next((name for name in speaking if name), None),
        )


def _leaves(node: Node) -> Iterator[Node]:
    """What must be there: the words and quotes of a tree, not what NOT speaks of."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Words() | InQuote():
            yield node
        case Not():
            return


def _shortened(sentence: Range, marks: Sequence[Range]) -> Range:
    """A "sentence" of a table may have thousands of characters: of such a one, the part about the first mark."""
    start, end = sentence
    if end - start > LONGEST:
        start = max(start, marks[0][0] - LONGEST // 3)
        end = min(end, start + LONGEST)
    return start, end


def _merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _speaker(quote: Quote) -> str | None:
    return (quote.speaker.name or quote.speaker.text) if quote.speaker else None


def _is_called(leaf: Words, quote: Quote) -> bool:
    return quote.speaker is not None and has_name(leaf, (quote.speaker.name or "", quote.speaker.text))


def _range(span: Span) -> Range:
    return span.start, span.end


def _within(place: Range, quote: Quote) -> bool:
    return quote.start <= place[0] and place[1] <= quote.end


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
