"""Evaluates a query on one article in memory: the third engine, beside SQLite's and Elasticsearch's.

A tree is compiled to a predicate, a function of the article's terms, because it is asked of many articles. Evaluates
one tree at a time; alerts/percolator.py decides which ones need it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from alerts.article_terms import ArticleTerms, FieldTerms, QuoteTerms
from stores.query.field import Kind
from stores.query.fields import ANY, ARTICLE
from stores.query.hosts import begins, domains
from stores.query.tree import And, Everything, Has, InQuote, Keyword, Node, Not, Or, Range, Words

V = TypeVar("V")
Predicate = Callable[[V], bool]


def predicate(node: Node) -> Predicate[ArticleTerms]:
    """The tree compiled to a function: does an article meet it?"""
    match node:
        case Words():
            return _words(node)
        case And(parts):
            return _all([predicate(part) for part in parts])
        case Or(parts):
            return _any([predicate(part) for part in parts])
        case Not(part):
            return _not(predicate(part))
        case InQuote(part):
            said = quote_predicate(part)
            return lambda article: any(said(quote) for quote in article.quotes)
        case Keyword(field):
            return lambda article: _has_value(node, article.document.keywords.get(field))
        case Range():
            return lambda article: _is_within(node, article)
        case Has(field):
            return lambda article: article.document.holds(field)
        case Everything():
            return lambda article: True


def quote_predicate(node: Node) -> Predicate[QuoteTerms]:
    """What stands inside quotes:(…) compiled to a function: does one quote meet it?"""
    match node:
        case Words("text"):
            in_text = _stems(node)
            return lambda quote: in_text(quote.text) or _in_own(node, quote.own, (quote.text,))
        case Words():
            in_name = _names(node)
            return lambda quote: in_name(quote.speaker)
        case And(parts):
            return _all([quote_predicate(part) for part in parts])
        case Or(parts):
            return _any([quote_predicate(part) for part in parts])
        case Not(part):
            return _not(quote_predicate(part))
        case Keyword(field):
            return lambda quote: _has_value(node, quote.keywords.get(field))
        case Has(field):
            return lambda quote: field != "speaker" or quote.is_spoken
        case Everything():
            return lambda quote: True
        case _:
            raise TypeError(f"{node} has no meaning inside a quote")


def meets(node: Node, article: ArticleTerms) -> bool:
    """Whether the article meets the tree."""
    return predicate(node)(article)


def has_name(node: Words, names: Iterable[str]) -> bool:
    """Whether one of the names has the words."""
    return _names(node)(FieldTerms.of_names(names))


def met_part(node: Node, article: ArticleTerms) -> Node:
    """The part of a tree that the article met: of alternatives, those that hold."""
    match node:
        case Or(parts):
            met = tuple(met_part(part, article) for part in parts if meets(part, article))
            return Or(met) if len(met) > 1 else met[0]
        case And(parts):
            return And(tuple(met_part(part, article) for part in parts))
        case _:
            return node


def _all(parts: Sequence[Predicate[V]]) -> Predicate[V]:
    if len(parts) == 2:
        one, other = parts
        return lambda terms: one(terms) and other(terms)
    return lambda terms: all(part(terms) for part in parts)


def _any(parts: Sequence[Predicate[V]]) -> Predicate[V]:
    if len(parts) == 2:
        one, other = parts
        return lambda terms: one(terms) or other(terms)
    return lambda terms: any(part(terms) for part in parts)


def _not(part: Predicate[V]) -> Predicate[V]:
    return lambda terms: not part(terms)


def _words(node: Words) -> Predicate[ArticleTerms]:
    name = node.field
    if name == ANY:
        return _anywhere(node)
    if ARTICLE[name].kind is Kind.TEXT:
        in_text = _stems(node)
        return lambda article: in_text(article.text(name)) or _in_own(node, article.own, (article.text(name),))
    in_names = _names(node)
    return lambda article: in_names(article.names(name))


def _anywhere(node: Words) -> Predicate[ArticleTerms]:
    """Title, text or a name. ~N asks for nearness in running text: names are too short for it."""
    if _is_key(node) and len(node.names) <= 2:
        stems, names = " ".join(node.stems), " ".join(node.names)
        return lambda article: (
            stems in article.text_keys or names in article.name_keys or _in_own(node, article.own, article.any_texts)
        )
    in_field, in_names = _stems(node), _names(node)

    def in_text(article: ArticleTerms) -> bool:
        return any(map(in_field, article.any_texts)) or _in_own(node, article.own, article.any_texts)

    if node.near is not None:
        return in_text
    return lambda article: in_text(article) or any(map(in_names, article.any_names))


def _is_key(node: Words) -> bool:
    """A word or two neighbours: what Field.keys holds."""
    return not node.prefix and node.near is None and len(node.stems) <= 2


def _in_own(node: Words, language: str | None, fields: Iterable[FieldTerms]) -> bool:
    """Whether the words stand in running text as the analyser of its own language reads it."""
    if language is None:
        return False
    for own in node.own:
        if own.language == language:
            has = _as_asked(own.marked, node)
            return any(map(has, fields))
    return False


def _stems(node: Words) -> Predicate[FieldTerms]:
    return _as_asked(node.stems, node)


def _as_asked(stems: tuple[str, ...], node: Words) -> Predicate[FieldTerms]:
    between = node.near
    if between is not None:
        return lambda field: field.has_near(stems, between)
    return _next_to_each_other(stems, node.prefix)


def _names(node: Words) -> Predicate[FieldTerms]:
    return _next_to_each_other(node.names, node.prefix)


def _next_to_each_other(words: Sequence[str], prefix: bool) -> Predicate[FieldTerms]:
    phrase = f" {' '.join(words)}{'' if prefix else ' '}"
    return lambda field: phrase in field.joined


def _has_value(node: Keyword, value: str | None) -> bool:
    if value is None:
        return False
    if node.host:
        return begins(value, node.value) if node.prefix else node.value in domains(value)
    return value.startswith(node.value) if node.prefix else value == node.value


def _is_within(node: Range, article: ArticleTerms) -> bool:
    moment = article.document.times.get(node.field)
    if moment is None:
        return False
    return (node.start is None or node.start <= moment) and (node.end is None or moment < node.end)
