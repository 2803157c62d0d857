"""Where one utterance went: asked of any store by one of its quotes. Knows the query language, no engine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.article import Quote, WireArticle
from stores.analysis.tokens import analyse
from stores.origins import Origin, origin
from stores.query.parse import parse
from stores.query.tree import Query
from stores.spread.occasion import Occasion
from stores.spread.relation import How, relation
from stores.spread.utterance import Utterance, is_telling
from stores.spread.utterances import utterances
from stores.store import QuoteHit, Said, Store

MOST = 2_000
"""So many of the newest quotes that share words with the one asked for are compared with it."""
# A query may have 256 parts; a quote's first so many pairs of words find its variants.
_PAIRS = 60


@dataclass(frozen=True, slots=True)
class Variant:
    """One place where the utterance stands."""

    quote_id: str
    """The article's id and the number of the quote in it: ID:3."""
    hit: QuoteHit
    origin: Origin
    how: How
    """How it differs from the first."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One utterance: its variants, those seen first first."""

    variants: tuple[Variant, ...]

    @property
    def origins(self) -> int:
        """How many agencies and publishers have it of their own."""
        return len({variant.origin for variant in self.variants})

    @property
    def articles(self) -> int:
        """How many articles have it."""
        return len({variant.hit.article.id for variant in self.variants})


def spread(store: Store, quote_id: str, now: datetime) -> Spread | None:
    """Everywhere that what this quote says stands; None where there is no such quote. Raises Hold as the store does.

    `now` is what the store's queries are read at. The quote itself is always among the variants.
    """
    asked = quote_hit(store, quote_id)
    if asked is None:
        return None
    hits = [asked, *_candidates(store, asked, now)]
    said, *others = _said(hits)
    found = {quote_id: asked}
    for hit, other in zip(hits[1:], others, strict=True):
        if relation(said, other) is not None:
            found.setdefault(id_of(hit), hit)
    return _spread(found)


def said_in(articles: Iterable[WireArticle]) -> list[Spread]:
    """What these articles quote, each utterance once: what most articles have first, then in the order of the first."""
    ordered = sorted(articles, key=lambda article: (article.first_seen, article.id))
    hits = [QuoteHit(article, quote) for article in ordered for quote in article.quotes]
    found = [_spread({id_of(hit): hit for hit in group}) for group in by_utterance(hits)]
    return sorted(found, key=lambda one: -one.articles)


def by_utterance(hits: Sequence[QuoteHit]) -> list[list[QuoteHit]]:
    """Quotes in the order in which they were seen, grouped into utterances; in the order of the first of each."""
    return [[hits[place] for place in group] for group in utterances(_said(hits))]


def _spread(found: Mapping[str, QuoteHit]) -> Spread:
    """Quotes of one utterance, by their ids, as they were seen."""
    ordered = sorted(found.items(), key=lambda item: (item[1].article.first_seen, item[0]))
    said = _said([hit for _, hit in ordered])
    return Spread(tuple(_variant(said[0], one, id, hit) for one, (id, hit) in zip(said, ordered, strict=True)))


def quote_hit(store: Store, quote_id: str) -> QuoteHit | None:
    """The quote of this id, or None."""
    article_id, _, number = quote_id.rpartition(":")
    article = store.get(article_id) if article_id and number.isdecimal() else None
    if article is None or int(number) >= len(article.quotes):
        return None
    return QuoteHit(article, article.quotes[int(number)])


def id_of(hit: QuoteHit) -> str:
    """The id of a quote: its article's, and its number there."""
    return f"{hit.article.id}:{_number(hit.article, hit.quote)}"


def _number(article: WireArticle, quote: Quote) -> int:
    return article.quotes.index(quote)


def _candidates(store: Store, asked: QuoteHit, now: datetime) -> Iterator[QuoteHit]:
    query = _shared_words(asked.text, now)
    if query is not None:
        yield from store.quotes(Said(about=query), limit=MOST).quotes


def _shared_words(words: str, now: datetime) -> Query | None:
    """What shares two telling words with these, a few words apart at most; None where there are not two."""
    surfaces = [words[token.start : token.end] for token in analyse(words) if is_telling(token.term)]
    telling = [surface for surface in surfaces if surface.isalnum()]
    pairs = dict.fromkeys(pair for at, one in enumerate(telling) for pair in _after(telling, at, one))
    parts = [f'"{one} {other}"~6' for one, other in list(pairs)[:_PAIRS]]
    return parse(" OR ".join(parts), now, in_quote=True) if parts else None


def _after(telling: Sequence[str], at: int, one: str) -> Iterator[tuple[str, str]]:
    return ((one, other) for other in telling[at + 1 : at + 3] if other != one)


def _said(hits: Iterable[QuoteHit]) -> list[Utterance]:
    """Quotes as they are compared; those of one article share its occasion."""
    occasions: dict[str, Occasion] = {}
    return [
        Utterance.of(
            hit.text,
            hit.quote.kind,
            hit.speaker,
            occasions.setdefault(hit.article.id, Occasion.of(hit.article)),
            hit.quote.factuality,
        )
        for hit in hits
    ]


def _variant(first: Utterance, said: Utterance, quote_id: str, hit: QuoteHit) -> Variant:
    how = relation(first, said)
    # What is a variant of the one asked for may share too little with the first: then its words are others.
    return Variant(
        quote_id, hit, origin(hit.article), how or (How.REPORTED if said.kind == "indirect" else How.REWORDED)
    )
