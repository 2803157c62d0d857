"""The parser of the query language: from text to a tree, with limits and errors.

The syntax is syntax.py's; what words mean in their fields is build.py's. Safe to call from any thread.
"""

from datetime import datetime

from stores.query.build import Builder
from stores.query.errors import QueryError
from stores.query.syntax import read
from stores.query.tree import Query

# A standing query of a newsroom has some dozens of words; SQLite refuses expressions deeper than 256.
LONGEST = 4_000
DEEPEST = 20


def parse(query: str, now: datetime, in_quote: bool = False) -> Query:
    """Read a query. `now` is the moment that `now` means, counted in seconds. Raises QueryError.

    `in_quote`: it is read as if it stood inside quotes:(…), for Store.quotes.
    """
    _check_limits(query)
    if not query.strip():
        raise QueryError("the query is empty", 0, "a word, or * for everything")
    syntax = read(query)
    builder = Builder(now)
    return Query(query, builder.root(syntax, in_quote), builder.relative)


def _check_limits(query: str) -> None:
    if len(query) > LONGEST:
        raise QueryError(f"the query has {len(query)} characters, {LONGEST} are allowed", LONGEST)
    if query.count("(") <= DEEPEST:
        return
    depth = 0
    for position, character in enumerate(query):
        depth += (character == "(") - (character == ")")
        if depth > DEEPEST:
            raise QueryError(f"parentheses are nested deeper than {DEEPEST}", position)
