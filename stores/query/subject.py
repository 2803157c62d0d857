"""An article as a query is asked of it: its values by field, analysed when first asked for, then kept.

Knows documents and the analyser; knows nothing of queries' shapes.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Protocol

from schemas.article import WireArticle
from stores.analysis.tokens import name_terms, terms
from stores.document import Document, QuoteDocument, document
from stores.query.fields import IN_QUOTE, Kind

Terms = Sequence[str]
"""One value of a field: its terms in order."""


class Subject(Protocol):
    """Something that a query may be asked of: an article or a quote."""

    def stems(self, field: str) -> Terms | None:
        """The terms of a field of running text; None where the field holds names."""
        ...

    def names(self, field: str) -> Sequence[Terms]:
        """The names in a field, each as its terms."""
        ...

    def keyword(self, field: str) -> str | None:
        """The exact value of a field, in lower case."""
        ...

    def time(self, field: str) -> datetime | None:
        """The moment in a field."""
        ...

    @property
    def quotes(self) -> Sequence["Subject"]:
        """The quotes in it."""
        ...


class AnalysedQuote:
    """A quote, analysed when it is asked of."""

    def __init__(self, quote: QuoteDocument) -> None:
        self._quote = quote
        self.quotes: Sequence[Subject] = ()

    @cached_property
    def _stems(self) -> Terms:
        return terms(self._quote.text)

    @cached_property
    def _speaker(self) -> Sequence[Terms]:
        return [name_terms(name) for name in self._quote.speaker]

    def stems(self, field: str) -> Terms | None:
        """See Subject."""
        return self._stems if IN_QUOTE[field].kind is Kind.TEXT else None

    def names(self, field: str) -> Sequence[Terms]:
        """See Subject."""
        return self._speaker

    def keyword(self, field: str) -> str | None:
        """See Subject."""
        return self._quote.kind

    def time(self, field: str) -> datetime | None:
        """See Subject."""
        return None


class AnalysedArticle:
    """An article, analysed field by field when it is asked of, and then kept for the next query."""

    def __init__(self, article: WireArticle) -> None:
        self.document: Document = document(article)
        self._stems: dict[str, Terms] = {}
        self._names: dict[str, Sequence[Terms]] = {}

    @cached_property
    def quotes(self) -> Sequence[Subject]:
        """See Subject."""
        return [AnalysedQuote(quote) for quote in self.document.quotes]

    def stems(self, field: str) -> Terms | None:
        """See Subject."""
        if field not in self.document.texts:
            return None
        if field not in self._stems:
            self._stems[field] = terms(self.document.texts[field])
        return self._stems[field]

    def names(self, field: str) -> Sequence[Terms]:
        """See Subject."""
        if field not in self._names:
            self._names[field] = [name_terms(name) for name in self.document.names[field]]
        return self._names[field]

    def keyword(self, field: str) -> str | None:
        """See Subject."""
        return self.document.keywords[field]

    def time(self, field: str) -> datetime | None:
        """See Subject."""
        return self.document.times[field]
