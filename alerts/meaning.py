"""What a query's tree means for one article: the third engine, beside SQLite's and Elasticsearch's.

Judges one tree and one article at a time; which trees are worth judging is alerts/index.py's.
"""

from datetime import datetime

from alerts.view import Field, QuoteView, View
from stores.query.fields import ANY, ARTICLE, Kind
from stores.query.tree import And, Everything, InQuote, Keyword, Node, Not, Or, Range, Words


def meets(node: Node, view: View) -> bool:
    """Whether the article meets the tree."""
    match node:
        case Words():
            return _words(node, view)
        case And(parts):
            return all(meets(part, view) for part in parts)
        case Or(parts):
            return any(meets(part, view) for part in parts)
        case Not(part):
            return not meets(part, view)
        case InQuote(part):
            return any(said(part, quote) for quote in view.quotes)
        case Keyword():
            return _keyword(node, view.document.keywords.get(node.field))
        case Range():
            return _range(node, view.document.times.get(node.field))
        case Everything():
            return True


def said(node: Node, quote: QuoteView) -> bool:
    """Whether this one quote meets what stands inside quotes:(…)."""
    match node:
        case Words("text"):
            return _stems(node, quote.text)
        case Words():
            return _names(node, quote.speaker)
        case And(parts):
            return all(said(part, quote) for part in parts)
        case Or(parts):
            return any(said(part, quote) for part in parts)
        case Not(part):
            return not said(part, quote)
        case Keyword():
            return _keyword(node, quote.keywords.get(node.field))
        case Everything():
            return True
        case _:
            raise TypeError(f"{node} has no meaning inside a quote")


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


def _words(node: Words, view: View) -> bool:
    if node.field == ANY:
        if _stems(node, view.text("text")) or _stems(node, view.text("title")):
            return True
        # ~N asks for nearness in running text; names are too short for it.
        return node.near is None and _names(node, view.names("name"))
    if ARTICLE[node.field].kind is Kind.TEXT:
        return _stems(node, view.text(node.field))
    return _names(node, view.names(node.field))


def _stems(node: Words, field: Field) -> bool:
    if node.near is not None:
        return field.has_near(node.stems, node.near)
    return field.has(node.stems, node.prefix)


def _names(node: Words, field: Field) -> bool:
    return field.has(node.names, node.prefix)


def _keyword(node: Keyword, value: str | None) -> bool:
    if value is None:
        return False
    return value.startswith(node.value) if node.prefix else value == node.value


def _range(node: Range, moment: datetime | None) -> bool:
    if moment is None:
        return False
    return (node.start is None or node.start <= moment) and (node.end is None or moment < node.end)
