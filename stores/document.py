"""What of an article is searchable under which field: the one list that every engine indexes from.

Knows the record and the fields of the query language; knows no engine and no syntax.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from schemas.article import Enriched, Quote, WireArticle
from stores.analysis.spellings import spellings

# A quote's number has 12 bits in the embedded store; the longest article read so far had some hundred quotes.
MOST_QUOTES = 4_095

# Which kinds of entity each field holds. Groups and events are found by name: only.
KINDS = {
    "person": ("person",),
    "organisation": ("organisation",),
    "place": ("place",),
    "product": ("product", "weapon"),
}


@dataclass(frozen=True, slots=True)
class QuoteDocument:
    """A quote as it is searched."""

    text: str
    speaker: tuple[str, ...]
    """The canonical name and the words used, where they differ."""
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is searched: values by the field names of the query language."""

    texts: dict[str, str]
    names: dict[str, tuple[str, ...]]
    keywords: dict[str, str | None]
    times: dict[str, datetime | None]
    quotes: tuple[QuoteDocument, ...]


def storable(article: WireArticle) -> WireArticle:
    """The article as a store keeps it: with no more quotes than it can number."""
    if len(article.quotes) <= MOST_QUOTES:
        return article
    return article.model_copy(update={"quotes": article.quotes[:MOST_QUOTES]})


def facet_values(article: Enriched) -> dict[str, tuple[str, ...]]:
    """What is counted as person, organisation, place, product and speaker: canonical names, as written."""
    speakers = (quote.speaker for quote in article.quotes[:MOST_QUOTES])
    return {
        **{
            field: _distinct(entity.name for entity in article.entities if entity.kind in kinds)
            for field, kinds in KINDS.items()
        },
        "speaker": _distinct(speaker.name for speaker in speakers if speaker),
    }


def document(article: WireArticle) -> Document:
    """The searchable side of an article."""
    quotes = tuple(_quote(article, quote) for quote in article.quotes[:MOST_QUOTES])
    return Document(
        texts={"title": article.title, "text": article.text},
        names={
            "name": _distinct((*article.names, *_named(article, None), *_spellings(article.title, article.text))),
            **{field: _distinct(_named(article, kinds)) for field, kinds in KINDS.items()},
            "speaker": _distinct(name for quote in quotes for name in quote.speaker),
        },
        keywords={
            "source": _lower(article.source),
            "language": _lower(article.language),
            "feed": _lower(article.feed),
            "story": _lower(article.story_id),
            "id": _lower(article.id),
        },
        times={"published": article.published, "first_seen": article.first_seen},
        quotes=quotes,
    )


def _quote(article: Enriched, quote: Quote) -> QuoteDocument:
    speaker = quote.speaker
    called = (speaker.name, speaker.text) if speaker else ()
    return QuoteDocument(article.text[quote.start : quote.end], _distinct(called), quote.kind)


def other_spellings(title: str, text: str) -> dict[str, tuple[str, ...]]:
    """The searchable names of a text in which no names were read: the other spellings of its words."""
    return {"name": _distinct(_spellings(title, text))}


def _spellings(title: str, text: str) -> Iterable[str]:
    """Found like names, by a word without a field."""
    yield from spellings(title)
    yield from spellings(text)


def _named(article: Enriched, kinds: tuple[str, ...] | None) -> Iterable[str]:
    for entity in article.entities:
        if kinds is None or entity.kind in kinds:
            yield entity.name
            yield entity.text


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _lower(value: str | None) -> str | None:
    return value.lower() if value else None
