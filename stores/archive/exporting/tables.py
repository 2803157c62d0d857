"""The flat tables of an export: their columns, and the rows that an article gives. Knows no file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schemas.article import WireArticle
from stores.document import word_count

Row = tuple[Any, ...]
"""Values in the order of the columns: text, numbers, moments, tuples of text, or None."""
Columns = Mapping[str, tuple[type, str]]
"""Name -> type of the values (tuple: of texts), and what they mean."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table: what its columns hold, and the rows of an article."""

    name: str
    columns: Columns
    rows: Callable[[WireArticle], Iterator[Row]]


def _article(article: WireArticle) -> Iterator[Row]:
    yield (
        article.id,
        article.title,
        article.source,
        article.url,
        article.published,
        article.first_seen,
        article.language,
        article.story_id,
        article.feed,
        article.guid,
        article.authors,
        article.tags,
        len(article.quotes),
        word_count(article.text),
        article.text,
    )


def _quotes(article: WireArticle) -> Iterator[Row]:
    return (quote_row(article, number) for number in range(len(article.quotes)))


def quote_row(article: WireArticle, number: int) -> Row:
    """One of an article's quotes, counted from 0, as the table of quotes has it."""
    quote = article.quotes[number]
    speaker = quote.speaker
    content = article.text[quote.start : quote.end]
    return (
        article.id,
        number,
        quote.kind,
        speaker.name if speaker else None,
        speaker.id if speaker else None,
        speaker.text if speaker else None,
        content,
        word_count(content),
        quote.start,
        quote.end,
        article.title,
        article.source,
        article.url,
        article.published,
        article.first_seen,
        article.language,
        article.story_id,
    )


def _entities(article: WireArticle) -> Iterator[Row]:
    for entity in article.entities:
        yield (
            article.id,
            entity.kind,
            entity.name,
            entity.id,
            entity.text,
            entity.start,
            entity.end,
            entity.wikidata,
            entity.country,
            entity.latitude,
            entity.longitude,
        )


_WHERE = {
    "title": (str, "the article's headline"),
    "source": (str, "who published it"),
    "url": (str, "its address"),
    "published": (datetime, "the publisher's date in UTC; empty where there is none"),
    "first_seen": (datetime, "when wirewatch first saw it"),
    "language": (str, "ISO 639-1 code"),
    "story_id": (str, "the same for all copies of one story"),
}

ARTICLES = Table(
    "articles",
    {
        "id": (str, "the article's id"),
        **_WHERE,
        "feed": (str, "the feed it came by"),
        "guid": (str, "the id that its publisher gave it"),
        "authors": (tuple, "who wrote it"),
        "tags": (tuple, "the publisher's keywords"),
        "quotes": (int, "how many quotes it has"),
        "words": (int, "how many words the text has"),
        "text": (str, "the text"),
    },
    _article,
)
QUOTES = Table(
    "quotes",
    {
        "article_id": (str, "the article it stands in"),
        "number": (int, "its place among the article's quotes, from 0"),
        "kind": (str, "direct, indirect or mixed"),
        "speaker": (str, "who says it: the canonical name; empty where it is not known"),
        "speaker_id": (str, "the same for the same name in every article"),
        "speaker_text": (str, "the words used for the speaker here"),
        "content": (str, "the words quoted"),
        "words": (int, "how many they are"),
        "start": (int, "where it begins in the text, in code points"),
        "end": (int, "the first code point after it"),
        **_WHERE,
    },
    _quotes,
)
ENTITIES = Table(
    "entities",
    {
        "article_id": (str, "the article it is named in"),
        "kind": (str, "person, organisation, place, product, weapon, group or event"),
        "name": (str, "the canonical name"),
        "id": (str, "the same for the same name in every article"),
        "text": (str, "the words used here"),
        "start": (int, "where they begin in the text, in code points"),
        "end": (int, "the first code point after them"),
        "wikidata": (str, "its id there, where it is known"),
        "country": (str, "of a place: ISO 3166-1 alpha-2"),
        "latitude": (float, "of a place"),
        "longitude": (float, "of a place"),
    },
    _entities,
)
TABLES = (ARTICLES, QUOTES, ENTITIES)
