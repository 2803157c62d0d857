"""From a document to the rows of the full-text tables. Knows the analyser and the columns, not SQLite."""

from collections.abc import Iterable
from dataclasses import dataclass

from stores.analysis.languages import terms_in
from stores.analysis.tokens import name_terms
from stores.document import Document
from stores.sqlite.schema import ARTICLE_COLUMNS

# Stands between two names, so that no phrase runs from one into the next. No analysed term is like it.
_BETWEEN = " ; "


@dataclass(frozen=True, slots=True)
class Terms:
    """One article's full-text rows: its own, and one a quote."""

    article: tuple[str, ...]
    quotes: tuple[tuple[str, str, str], ...]


def terms_of(document: Document) -> Terms:
    """All terms of a document; the costly part of writing."""
    columns = {
        **{field: " ".join(terms_in(text, document.own)) for field, text in document.texts.items()},
        **{field: _names(values) for field, values in document.names.items()},
    }
    return Terms(
        article=tuple(columns[column] for column in ARTICLE_COLUMNS),
        quotes=tuple(
            (" ".join(terms_in(quote.text, document.own)), _names(quote.speaker), quote.kind)
            for quote in document.quotes
        ),
    )


def _names(values: Iterable[str]) -> str:
    return _BETWEEN.join(" ".join(name_terms(value)) for value in values)
