"""From a document to the rows of the full-text tables. Knows the analyser and the columns, not SQLite."""

from collections.abc import Iterable
from dataclasses import dataclass

from stores.analysis.languages import terms_in
from stores.analysis.tokens import name_terms
from stores.document import Document, QuoteDocument
from stores.sqlite.schema import ARTICLE_COLUMNS, HELD
from stores.sqlite.values import value_terms

# Stands between two names, so that no phrase runs from one into the next. No analysed term is like it.
_BETWEEN = " ; "


@dataclass(frozen=True, slots=True)
class Terms:
    """One article's full-text rows: its own, and one a quote."""

    article: tuple[str, ...]
    quotes: tuple[tuple[str, ...], ...]


def terms_of(document: Document) -> Terms:
    """All terms of a document; the costly part of writing."""
    columns = {
        **{field: " ".join(terms_in(text, document.own)) for field, text in document.texts.items()},
        **{field: _names(values) for field, values in document.names.items()},
        HELD: " ".join((*document.held(), *value_terms(document))),
    }
    return Terms(
        article=tuple(columns[column] for column in ARTICLE_COLUMNS),
        quotes=tuple(_quote(quote, document.own) for quote in document.quotes),
    )


def _quote(quote: QuoteDocument, own: str | None) -> tuple[str, ...]:
    held = "text kind speaker" if quote.speaker else "text kind"
    return " ".join(terms_in(quote.text, own)), _names(quote.speaker), quote.kind, held


def _names(values: Iterable[str]) -> str:
    return _BETWEEN.join(" ".join(name_terms(value)) for value in values)
