"""Articles and quotes as Elasticsearch keeps them, and back. Knows the mappings; knows no client."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from schemas.article import Quote, WireArticle
from stores.document import Document, facet_values, word_count
from stores.elastic.record_fields import own_field
from stores.query.fields import NAMES, TEXTS, VALUES

# Taken once: a model works its fields out whenever it is asked, which was a fifth of reading an article.
_OF_ARTICLE, _OF_QUOTE = frozenset(WireArticle.model_fields), frozenset(Quote.model_fields)
OF_RECORD = [*sorted(_OF_ARTICLE - {"quotes"}), *(f"quotes.{name}" for name in sorted(_OF_QUOTE))]
"""The fields of a document that `to_article` reads: asked for alone, an answer is a third smaller."""
# What is not the record's own: the names that are searched, and values that a field works out of an article.
_DERIVED = tuple(field for field in (*TEXTS, *VALUES) if field.stored not in WireArticle.model_fields)
# What quotes have of their article, by the record's names.
_SHARED = tuple(field for field in (*TEXTS, *VALUES) if field.beside_quotes)
_SHARED_NAMES = tuple(field.name for field in NAMES if field.beside_quotes)


def to_document(article: WireArticle, searchable: Document) -> dict[str, Any]:
    """The article with the fields that search and Kibana need beside, of which it has a document already."""
    source = article.model_dump(mode="json", exclude_defaults=True)
    for quote, found in zip(source.get("quotes", ()), searchable.quotes, strict=True):
        quote.update(_own({"text": found.text}, searchable.own), text=found.text)
        if found.speaker:
            quote["called"] = list(found.speaker)
    values = {field.stored: _written(field.of(article)) for field in _DERIVED}
    values |= _own({field.stored: searchable.texts[field.name] for field in TEXTS}, searchable.own)
    derived = {**values, **searchable.names, **_counted(article), "location": list(_locations(article))}
    return {**source, **_filled(derived), "n_quotes": len(article.quotes)}


def to_article(source: dict[str, Any]) -> WireArticle:
    """The article as it was written."""
    record = {name: value for name, value in source.items() if name in _OF_ARTICLE}
    if "quotes" in record:
        record["quotes"] = [
            {name: value for name, value in quote.items() if name in _OF_QUOTE} for quote in record["quotes"]
        ]
    return WireArticle.model_validate(record)


def quote_documents(article: WireArticle, searchable: Document) -> Iterator[dict[str, Any]]:
    """Each quote as a document of its own: flat, so that Kibana can list and count them.

    What its article names and where that lies has the names it has in articles, so that one filter serves both.
    """
    shared = {
        "article_id": article.id,
        "revision": article.revision,
        "url": article.url,
        **{field.stored: _written(field.of(article)) for field in _SHARED},
        **_own({one.stored: searchable.texts[one.name] for one in TEXTS if one.beside_quotes}, searchable.own),
        **_filled({name: searchable.names[name] for name in _SHARED_NAMES}),
        **_filled({**_counted(article), "location": list(_locations(article))}),
    }
    for number, (quote, found) in enumerate(zip(article.quotes, searchable.quotes, strict=True)):
        speaker = quote.speaker
        yield {
            **shared,
            "number": number,
            "text": found.text,
            **_own({"text": found.text}, searchable.own),
            "kind": quote.kind,
            "factuality": quote.factuality,
            "words": word_count(found.text),
            "speaker": list(found.speaker),
            "speaker_name": (speaker.name or speaker.text) if speaker else None,
            "speaker_id": speaker.id if speaker else None,
            # As in articles: the name that a speaker goes by, not the words ("he", "a spokesman") used for one.
            "speakers": speaker.name if speaker else None,
        }


def quote_id(article_id: str, number: int) -> str:
    """The id of a quote's document."""
    return f"{article_id}:{number}"


def _own(texts: dict[str, str], language: str | None) -> dict[str, str]:
    """The running text once more, for the analyser of the article's own language."""
    return {own_field(field, language): text for field, text in texts.items()} if language else {}


def revision_document(old: WireArticle, replaced_at: datetime) -> tuple[str, int, dict[str, Any]]:
    """Id, version and document of what an article was."""
    source = {
        "article_id": old.id,
        "revision": old.revision,
        "first_seen": old.first_seen.isoformat(),
        "replaced_at": replaced_at.isoformat(),
        "record": old.model_dump(mode="json", exclude_defaults=True),
    }
    return f"{old.id}:{old.revision}", old.version, source


def _counted(article: WireArticle) -> dict[str, tuple[str, ...]]:
    """The names that are counted, by their keyword fields."""
    values = facet_values(article)
    return {field.counted_as: values[field.name] for field in NAMES if field.facet}


def _written(value: str | datetime | None) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else value


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """Those that hold something."""
    return {name: value for name, value in fields.items() if value}


def _locations(article: WireArticle) -> Iterator[dict[str, float]]:
    places = {
        (entity.latitude, entity.longitude): None
        for entity in article.entities
        if entity.latitude is not None and entity.longitude is not None
    }
    for latitude, longitude in places:
        yield {"lat": latitude or 0.0, "lon": longitude or 0.0}
