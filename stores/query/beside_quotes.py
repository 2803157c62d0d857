"""What may be asked of the article of a quote: the fields that are kept beside each quote.

Elasticsearch has its quotes in an index of their own, with these fields of their articles: so every store answers
these, and no others.
"""

from collections.abc import Iterator

from stores.query.errors import QueryError
from stores.query.fields import ANY, FIELDS
from stores.query.tree import And, Has, InQuote, Keyword, Node, Not, Or, Query, Range, Words

BESIDE_QUOTES = tuple(field.name for field in FIELDS if field.beside_quotes and field.name != "quotes")


def check(query: Query) -> None:
    """Raises QueryError where the query asks for something else."""
    for leaf in _leaves(query.root):
        name = "quotes" if isinstance(leaf, InQuote) else leaf.field
        if name not in BESIDE_QUOTES:
            raise QueryError(_problem(name), _place(leaf, query.text), f"one of {', '.join(BESIDE_QUOTES)}")


def _problem(name: str) -> str:
    if name == ANY:
        return "a word names its field here; the words quoted are asked for by --about"
    return f"“{name}:” is not asked of a quote's article"


def _leaves(node: Node) -> Iterator[Words | Keyword | Has | Range | InQuote]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case Words() | Keyword() | Has() | Range() | InQuote():
            yield node
        case _:
            return


def _place(leaf: Words | Keyword | Has | Range | InQuote, text: str) -> int:
    """Where it stands in what was typed, as far as that can be told."""
    if isinstance(leaf, InQuote):
        return max(text.find("quote"), 0)
    return max(text.find(leaf.typed if isinstance(leaf, Words) and leaf.field == ANY else f"{leaf.field}:"), 0)
