"""Articles and quotes as Elasticsearch keeps them, and back. Knows the mappings; knows no client."""

from collections.abc import Iterator
from typing import Any

from schemas.article import Quote, WireArticle
from stores.document import KINDS, document, facet_values

# The keyword field that counts what a facet names.
COUNTED = {
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "product": "products",
    "speaker": "speakers",
    "source": "source",
    "language": "language",
}


def to_document(article: WireArticle) -> dict[str, Any]:
    """The article with the fields that search and Kibana need beside."""
    searchable = document(article)
    source = article.model_dump(mode="json", exclude_defaults=True)
    for quote, found in zip(source.get("quotes", ()), searchable.quotes, strict=True):
        quote["text"] = found.text
    derived = {**searchable.names, **_counted(article), "location": list(_locations(article))}
    return {**source, **_filled(derived), "n_quotes": len(article.quotes)}


def to_article(source: dict[str, Any]) -> WireArticle:
    """The article as it was written."""
    record = {name: value for name, value in source.items() if name in WireArticle.model_fields}
    if "quotes" in record:
        record["quotes"] = [
            {name: value for name, value in quote.items() if name in Quote.model_fields} for quote in record["quotes"]
        ]
    return WireArticle.model_validate(record)


def quote_documents(article: WireArticle) -> Iterator[dict[str, Any]]:
    """Each quote as a document of its own: flat, so that Kibana can list and count them.

    What its article names and where that lies has the names it has in articles, so that one filter serves both.
    """
    searchable = document(article)
    shared = {
        "article_id": article.id,
        "story_id": article.story_id,
        "revision": article.revision,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "feed": article.feed,
        "language": article.language,
        "published": article.published.isoformat() if article.published else None,
        "first_seen": article.first_seen.isoformat(),
        **_filled({field: searchable.names[field] for field in KINDS}),
        **_filled({**_counted(article), "location": list(_locations(article))}),
    }
    for number, (quote, found) in enumerate(zip(article.quotes, searchable.quotes, strict=True)):
        speaker = quote.speaker
        yield {
            **shared,
            "number": number,
            "text": found.text,
            "kind": quote.kind,
            "speaker": list(found.speaker),
            "speaker_name": (speaker.name or speaker.text) if speaker else None,
            "speaker_id": speaker.id if speaker else None,
            # As in articles: the name that a speaker goes by, not the words ("he", "a spokesman") used for one.
            "speakers": speaker.name if speaker else None,
        }


def quote_id(article_id: str, number: int) -> str:
    """The id of a quote's document."""
    return f"{article_id}:{number}"


def _counted(article: WireArticle) -> dict[str, tuple[str, ...]]:
    """The names that are counted, by their keyword fields."""
    return {COUNTED[field]: values for field, values in facet_values(article).items()}


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
