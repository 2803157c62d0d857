"""Quotes without an end: the articles in which somebody says so, page by page, and of each the quotes that do.

A store's own list of quotes has no pages, and on Elasticsearch an end.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from alerts.article_terms import ArticleTerms
from alerts.evaluate import quote_predicate
from schemas.article import WireArticle
from stores.document import document
from stores.query import Query
from stores.query.terms import quoted_by
from stores.query.tree import InQuote, Node
from web.shapes import FoundQuote


@dataclass(frozen=True, slots=True)
class Saying:
    """What a quote must meet, and the query of the articles that hold one."""

    said: Node
    query: Query


def saying(speaker: str | None, about: Query | None) -> Saying | None:
    """By a speaker, with words that meet `about`. None where nothing can."""
    said = quoted_by(speaker, about)
    return Saying(said, Query("", InQuote(said))) if said is not None else None


def quotes_of(article: WireArticle, wanted: Saying) -> Iterator[FoundQuote]:
    """The quotes of an article that meet it, in the order of the text."""
    meets = quote_predicate(wanted.said)
    for quote, terms in zip(article.quotes, ArticleTerms(document(article)).quotes, strict=False):
        if meets(terms):
            yield FoundQuote.of(article, quote)
