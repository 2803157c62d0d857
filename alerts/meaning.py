"""What a query's tree means for one article: the third engine, beside SQLite's and Elasticsearch's.

A tree becomes a function once, because it is asked of many articles. Judges one tree at a time; which trees are
worth asking is alerts/keys.py's.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from alerts.view import Field, QuoteView, View
from stores.query.fields import ANY, ARTICLE, Kind
from stores.query.tree import And, Everything, InQuote, Keyword, Node, Not, Or, Range, Words

V = TypeVar("V")
Judge = Callable[[V], bool]


def judge(node: Node) -> Judge[View]:
    """The question whether an article meets the tree."""
    match node:
        case Words():
            return _words(node)
        case And(parts):
            return _all([judge(part) for part in parts])
        case Or(parts):
            return _any([judge(part) for part in parts])
        case Not(part):
            return _not(judge(part))
        case InQuote(part):
            said = judge_quote(part)
            return lambda view: any(said(quote) for quote in view.quotes)
        case Keyword(field):
            return lambda view: _has_value(node, view.document.keywords.get(field))
        case Range():
            return lambda view: _is_within(node, view)
        case Everything():
            return lambda view: True


def judge_quote(node: Node) -> Judge[QuoteView]:
    """The question whether one quote meets what stands inside quotes:(…)."""
    match node:
        case Words("text"):
            in_text = _stems(node)
            return lambda quote: in_text(quote.text)
        case Words():
            in_name = _names(node)
            return lambda quote: in_name(quote.speaker)
        case And(parts):
            return _all([judge_quote(part) for part in parts])
        case Or(parts):
            return _any([judge_quote(part) for part in parts])
        case Not(part):
            return _not(judge_quote(part))
        case Keyword(field):
            return lambda quote: _has_value(node, quote.keywords.get(field))
        case Everything():
            return lambda quote: True
        case _:
            raise TypeError(f"{node} has no meaning inside a quote")


def meets(node: Node, view: View) -> bool:
    """Whether the article meets the tree."""
    return judge(node)(view)


def has_name(node: Words, names: Iterable[str]) -> bool:
    """Whether one of the names has the words."""
    return _names(node)(Field.of_names(names))


def met_part(node: Node, view: View) -> Node:
    """The part of a tree that the article met: of alternatives, those that hold."""
    match node:
        case Or(parts):
            met = tuple(met_part(part, view) for part in parts if meets(part, view))
            return Or(met) if len(met) > 1 else met[0]
        case And(parts):
            return And(tuple(met_part(part, view) for part in parts))
        case _:
            return node


def _all(parts: Sequence[Judge[V]]) -> Judge[V]:
    if len(parts) == 2:
        one, other = parts
        return lambda view: one(view) and other(view)
    return lambda view: all(part(view) for part in parts)


def _any(parts: Sequence[Judge[V]]) -> Judge[V]:
    if len(parts) == 2:
        one, other = parts
        return lambda view: one(view) or other(view)
    return lambda view: any(part(view) for part in parts)


def _not(part: Judge[V]) -> Judge[V]:
    return lambda view: not part(view)


def _words(node: Words) -> Judge[View]:
    name = node.field
    if name == ANY:
        return _anywhere(node)
    if ARTICLE[name].kind is Kind.TEXT:
        in_text = _stems(node)
        return lambda view: in_text(view.text(name))
    in_names = _names(node)
    return lambda view: in_names(view.names(name))


def _anywhere(node: Words) -> Judge[View]:
    """Title, text or a name. ~N asks for nearness in running text: names are too short for it."""
    if _is_key(node) and len(node.names) <= 2:
        stems, names = " ".join(node.stems), " ".join(node.names)
        return lambda view: stems in view.text_keys or names in view.names("name").keys
    in_text, in_names = _stems(node), _names(node)
    if node.near is not None:
        return lambda view: in_text(view.text("text")) or in_text(view.text("title"))
    return lambda view: in_text(view.text("text")) or in_text(view.text("title")) or in_names(view.names("name"))


def _is_key(node: Words) -> bool:
    """A word or two neighbours: what Field.keys holds."""
    return not node.prefix and node.near is None and len(node.stems) <= 2


def _stems(node: Words) -> Judge[Field]:
    between = node.near
    if between is not None:
        return lambda field: field.has_near(node.stems, between)
    return _next_to_each_other(node.stems, node.prefix)


def _names(node: Words) -> Judge[Field]:
    return _next_to_each_other(node.names, node.prefix)


def _next_to_each_other(words: Sequence[str], prefix: bool) -> Judge[Field]:
    phrase = f" {' '.join(words)}{'' if prefix else ' '}"
    return lambda field: phrase in field.joined


def _has_value(node: Keyword, value: str | None) -> bool:
    if value is None:
        return False
    return value.startswith(node.value) if node.prefix else value == node.value


def _is_within(node: Range, view: View) -> bool:
    moment = view.document.times.get(node.field)
    if moment is None:
        return False
    return (node.start is None or node.start <= moment) and (node.end is None or moment < node.end)
