"""What a query means for one article, said as plainly as can be: what every engine is held to.

No index and no speed; the terms come from the one analyser, which its own tests hold to Elasticsearch's.
"""

from dataclasses import dataclass
from datetime import datetime

from schemas.article import WireArticle
from stores.analysis.languages import own_language, terms_in
from stores.analysis.tokens import name_terms
from stores.document import QuoteDocument, document
from stores.query.fields import ANY
from stores.query.term_positions import term_positions
from stores.query.tree import And, Everything, Has, InQuote, Keyword, Node, Not, Or, Range, Words


@dataclass(frozen=True)
class Subject:
    """An article, or a quote of one: its values by field, analysed."""

    texts: dict[str, list[str]]
    names: dict[str, list[list[str]]]
    keywords: dict[str, str | None]
    times: dict[str, datetime | None]
    quotes: tuple["Subject", ...]
    held: frozenset[str]
    """The fields that hold anything."""

    @classmethod
    def of(cls, article: WireArticle) -> "Subject":
        """An article."""
        searchable = document(article)
        own = own_language(article.language)
        return cls(
            {field: terms_in(text, own) for field, text in searchable.texts.items()},
            {field: [name_terms(name) for name in names] for field, names in searchable.names.items()},
            searchable.keywords,
            searchable.times,
            tuple(cls._of_quote(quote, own) for quote in searchable.quotes),
            frozenset(
                field
                for values in (searchable.texts, searchable.names, searchable.keywords, searchable.times)
                for field, value in values.items()
                if value
            ),
        )

    @classmethod
    def _of_quote(cls, quote: QuoteDocument, own: str | None) -> "Subject":
        speaker = [name_terms(name) for name in quote.speaker]
        held = frozenset(("text", "kind", "speaker") if quote.speaker else ("text", "kind"))
        return cls({"text": terms_in(quote.text, own)}, {"speaker": speaker}, {"kind": quote.kind}, {}, (), held)


def matches(node: Node, subject: Subject) -> bool:
    """Whether it meets the node."""
    match node:
        case Everything():
            return True
        case Words(field):
            wanted = ("title", "text", "name") if field == ANY else (field,)
            return any(_stands(node, one, subject) for one in wanted)
        case Keyword(field, value, prefix):
            held = subject.keywords[field]
            if field == "source" and held is not None:
                return _is_host(held, value, prefix)
            return held is not None and (held.startswith(value) if prefix else held == value)
        case Has(field):
            return field in subject.held
        case Range(field, start, end):
            moment = subject.times[field]
            return moment is not None and (start is None or start <= moment) and (end is None or moment < end)
        case InQuote(part):
            return any(matches(part, quote) for quote in subject.quotes)
        case Not(part):
            return not matches(part, subject)
        case And(parts):
            return all(matches(part, subject) for part in parts)
        case Or(parts):
            return any(matches(part, subject) for part in parts)


def _is_host(held: str, asked: str, prefix: bool) -> bool:
    """With or without www, and under its domain: said on the host's parts, from the last."""
    if prefix:
        return held.startswith(asked) or held.removeprefix("www.").startswith(asked)
    parts, wanted = held.split("."), asked.split(".")
    return parts[len(parts) - len(wanted) :] == wanted if len(parts) >= len(wanted) else False


def _stands(node: Words, field: str, subject: Subject) -> bool:
    if field in subject.texts:
        forms = (node.stems, *(own.marked for own in node.own))
        held = subject.texts[field]
        return any(True for stems in forms for _ in term_positions(stems, held, node.prefix, node.near))
    if node.near is not None:  # names are too short to be near in
        return False
    return any(True for name in subject.names[field] for _ in term_positions(node.names, name, node.prefix))
