"""The query language: Lucene's syntax, read into a small tree that every engine translates for itself.

`parse` gives the tree, `fields` says what may be asked, and `snippet` shows what matched.
"""

from stores.query.errors import QueryError
from stores.query.parse import parse
from stores.query.tree import Query
from stores.query.why import snippet, snippets

__all__ = ["Query", "QueryError", "parse", "snippet", "snippets"]
