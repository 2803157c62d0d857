"""What a query means for one article, said directly: no index, no engine.

This is the meaning that every engine must agree with. Knows no syntax.
"""

from collections.abc import Sequence

from stores.query.fields import ANY
from stores.query.places import places
from stores.query.subject import Subject, Terms
from stores.query.tree import And, Everything, InQuote, Keyword, Node, Not, Or, Range, Words


def matches(node: Node, subject: Subject) -> bool:
    """Whether the article (or quote) meets the node."""
    match node:
        case Everything():
            return True
        case Words():
            return _words(node, subject)
        case Keyword(field, value, prefix):
            held = subject.keyword(field)
            return held is not None and (held.startswith(value) if prefix else held == value)
        case Range(field, start, end):
            moment = subject.time(field)
            return moment is not None and (start is None or start <= moment) and (end is None or moment < end)
        case InQuote(part):
            return any(matches(part, quote) for quote in subject.quotes)
        case Not(part):
            return not matches(part, subject)
        case And(parts):
            return all(matches(part, subject) for part in parts)
        case Or(parts):
            return any(matches(part, subject) for part in parts)


def _words(node: Words, subject: Subject) -> bool:
    if node.field == ANY:
        if any(_in_text(node, subject.stems(field) or ()) for field in ("title", "text")):
            return True
        return node.near is None and _in_names(node, subject.names("name"))
    stems = subject.stems(node.field)
    return _in_text(node, stems) if stems is not None else _in_names(node, subject.names(node.field))


def _in_text(node: Words, value: Terms) -> bool:
    return any(True for _ in places(node.stems, value, node.prefix, node.near))


def _in_names(node: Words, values: Sequence[Terms]) -> bool:
    return any(True for value in values for _ in places(node.names, value, node.prefix))
