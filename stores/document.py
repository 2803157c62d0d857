"""What an article holds under each search field, as every engine indexes it: stores/query/fields.py, of one article.

Knows no engine and no syntax.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from schemas.article import Enriched, WireArticle
from stores.analysis.languages import own_language
from stores.analysis.spellings import spellings
from stores.query.aliases import aliases, called
from stores.query.fields import KEYWORDS, NAMES, TEXTS, TIMES

# A quote's number has 12 bits in the embedded store; the longest article read so far had some hundred quotes.
MOST_QUOTES = 4_095


@dataclass(frozen=True, slots=True)
class QuoteDocument:
    """A quote as it is searched."""

    text: str
    speaker: tuple[str, ...]
    """The canonical name, the words used and the name's aliases, each once."""
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is searched: values by the field names of the query language."""

    texts: dict[str, str]
    names: dict[str, tuple[str, ...]]
    keywords: dict[str, str | None]
    times: dict[str, datetime | None]
    quotes: tuple[QuoteDocument, ...]
    own: str | None = None
    """The language whose own analyser reads the running text as well (stores/analysis/languages.py)."""

    def held(self) -> tuple[str, ...]:
        """The fields that hold anything."""
        kinds: tuple[Mapping[str, object], ...] = (self.texts, self.names, self.keywords, self.times)
        return tuple(field for kind in kinds for field, value in kind.items() if value)

    def holds(self, field: str) -> bool:
        """Whether there is anything in a field: what `field:*` asks for."""
        return bool(self.texts.get(field) or self.names.get(field) or self.keywords.get(field) or self.times.get(field))


def storable(article: WireArticle) -> WireArticle:
    """The article as a store keeps it: with no more quotes than it can number."""
    if len(article.quotes) <= MOST_QUOTES:
        return article
    return article.model_copy(update={"quotes": article.quotes[:MOST_QUOTES]})


def counted_values(article: WireArticle) -> dict[str, tuple[str, ...]]:
    """What is counted of every field that is: of names what `facet_values` says, of exact values the value."""
    exact = {field.name: _distinct((_lower(field.of(article)),)) for field in KEYWORDS if field.facet}
    return {**facet_values(article), **exact}


def facet_values(article: WireArticle) -> dict[str, tuple[str, ...]]:
    """What is counted of the fields of names, as person or speaker: canonical names, as written."""
    article = storable(article)
    return {field.name: _distinct((field.counted or field.of)(article)) for field in NAMES if field.facet}


def document(article: WireArticle) -> Document:
    """The searchable side of an article."""
    article = storable(article)
    return Document(
        texts={field.name: field.of(article) for field in TEXTS},
        names={field.name: _distinct(field.of(article)) for field in NAMES},
        keywords={field.name: _lower(field.of(article)) for field in KEYWORDS},
        times={field.name: field.of(article) for field in TIMES},
        quotes=tuple(_quotes(article)),
        own=own_language(article.language),
    )


def _quotes(article: Enriched) -> Iterator[QuoteDocument]:
    known = aliases(article)
    for quote in article.quotes:
        names = _distinct(called(quote.speaker, known)) if quote.speaker else ()
        yield QuoteDocument(article.text[quote.start : quote.end], names, quote.kind)


def word_count(text: str) -> int:
    """How many words are quoted: what stands between blanks, in every language that has them."""
    return len(text.split())


def other_spellings(title: str, text: str) -> dict[str, tuple[str, ...]]:
    """The searchable names of a text in which no names were read: the other spellings of its words."""
    return {"name": _distinct((*spellings(title), *spellings(text)))}


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _lower(value: str | None) -> str | None:
    return value.lower() if value else None
