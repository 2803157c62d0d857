"""What handlers are given: the installation, a query that was read, and bounds of pages."""

from typing import Annotated

from fastapi import Depends, Query, Request

from stores.query import Query as NewsQuery
from stores.query import parse
from web.installation import Installation


def _installation(request: Request) -> Installation:
    installation: Installation = request.app.state.installation
    return installation


Here = Annotated[Installation, Depends(_installation)]

Text = Annotated[str, Query(max_length=4_000, description="A query (docs/query-language.md); * is everything.")]
# A page of articles is some 500 bytes each: 200 are read at once, and whoever wants all goes on by `after`.
Limit = Annotated[int, Query(ge=1, le=200, description="Most results of a page.")]
After = Annotated[str | None, Query(max_length=2_000, description="`next` of the page before.")]


def read(text: str, here: Installation, *, in_quote: bool = False) -> NewsQuery:
    """The query, read. Raises QueryError, which is answered as a problem with its position."""
    return parse(text, here.clock(), in_quote)
