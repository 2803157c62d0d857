"""The analysed terms of one article, by field of the query language: computed once each, and only when asked for.

Says whether words stand in a field; alerts/evaluate.py knows what AND, OR and NOT mean.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from stores.analysis.languages import terms_in
from stores.analysis.tokens import name_terms
from stores.document import Document, QuoteDocument
from stores.query.fields import ANY_NAMES, ANY_TEXTS

_BETWEEN_NAMES = " ; "
"""No analysed term is like it, so no phrase runs from one name into the next."""


class FieldTerms:
    """The terms of one field of one article, in order."""

    def __init__(self, terms: list[str], joined: str) -> None:
        self.terms = terms
        self.joined = joined
        """The terms in their order with a blank around each: words next to each other are a part of it."""

    @classmethod
    def of_text(cls, text: str, own: str | None) -> "FieldTerms":
        """Running text, which the analyser of the language `own` reads as well."""
        found = terms_in(text, own)
        return cls(found, f" {' '.join(found)} ")

    @classmethod
    def of_names(cls, names: Iterable[str]) -> "FieldTerms":
        """Names, each for itself."""
        split = [name_terms(name) for name in names]
        joined = _BETWEEN_NAMES.join(" ".join(name) for name in split)
        return cls([term for name in split for term in name], f" {joined} ")

    @cached_property
    def keys(self) -> set[str]:
        """The look-up keys: the terms, and the pairs of neighbours joined by a blank (required_terms.py)."""
        split = self.joined.split()
        return {*split, *map(" ".join, pairwise(split))}

    def has_near(self, words: tuple[str, ...], between: int) -> bool:
        """Whether distinct words stand here in any order with at most `between` others among them."""
        last: dict[str, int] = {}
        for place, term in enumerate(self.terms):
            if term in words:
                last[term] = place
                if len(last) == len(words) and place - min(last.values()) + 1 - len(words) <= between:
                    return True
        return False


EMPTY = FieldTerms([], "")


class QuoteTerms:
    """The terms of one quote, by the fields that stand inside quotes:(…)."""

    def __init__(self, quote: QuoteDocument, own: str | None) -> None:
        self._quote = quote
        self.own = own
        self.keywords: dict[str, str | None] = {"kind": quote.kind}
        self.is_spoken = bool(quote.speaker)
        """Somebody is named who says it."""

    @cached_property
    def text(self) -> FieldTerms:
        """The words quoted."""
        return FieldTerms.of_text(self._quote.text, self.own)

    @cached_property
    def speaker(self) -> FieldTerms:
        """Who says it."""
        return FieldTerms.of_names(self._quote.speaker)


class ArticleTerms:
    """The terms of an article, for every field of the query language."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.own = document.own
        self._fields: dict[str, FieldTerms] = {}

    def text(self, name: str) -> FieldTerms:
        """A field of running text: title, text …"""
        field = self._fields.get(name)
        if field is None:
            field = self._fields[name] = FieldTerms.of_text(self.document.texts.get(name, ""), self.own)
        return field

    @cached_property
    def any_texts(self) -> tuple[FieldTerms, ...]:
        """The fields of running text that a word without a field is looked for in (title and text), longest first:
        it holds most of what is asked for."""
        return tuple(sorted(map(self.text, ANY_TEXTS), key=lambda field: -len(field.terms)))

    @cached_property
    def any_names(self) -> tuple[FieldTerms, ...]:
        """The fields of names that it is looked for in."""
        return tuple(map(self.names, ANY_NAMES))

    @cached_property
    def text_keys(self) -> set[str]:
        """The keys of `any_texts`."""
        return set().union(*(field.keys for field in self.any_texts))

    @cached_property
    def name_keys(self) -> set[str]:
        """The keys of `any_names`."""
        return set().union(*(field.keys for field in self.any_names))

    def names(self, name: str) -> FieldTerms:
        """A field of names: name, person, speaker …"""
        values = self.document.names.get(name)
        if not values:
            return EMPTY
        field = self._fields.get(name)
        if field is None:
            field = self._fields[name] = FieldTerms.of_names(values)
        return field

    @cached_property
    def quotes(self) -> tuple[QuoteTerms, ...]:
        """The quotes, in order."""
        return tuple(QuoteTerms(quote, self.own) for quote in self.document.quotes)
