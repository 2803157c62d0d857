"""A text read by the enrich step as an article of nothing but that text."""

from datetime import UTC, datetime

from processors.enrich import Enricher
from schemas.article import Article, Enriched


def article(text: str, language: str | None = "en") -> Article:
    """The text as an article, without a title."""
    return Article(id="a", revision="1", text=text, language=language, fetched_at=datetime(2026, 1, 1, tzinfo=UTC))


def read(enricher: Enricher, text: str, language: str = "en") -> Enriched:
    """What the article says."""
    return enricher.read(article(text, language))
