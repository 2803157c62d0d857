"""Pages that are read: the wire, search, an article."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from alerts.backtest import Often, often
from schemas.article import WireArticle
from stores.archive import finding
from stores.archive.changes import changes_of
from stores.archive.comparing import compare
from stores.archive.window import WindowError, within
from stores.query import Query as NewsQuery
from stores.query import QueryError
from stores.store import Hits, Order
from stores.stories import of_story
from web.access import needs
from web.api.articles import known
from web.api.given import After, Here, after_told, read
from web.installation import Installation
from web.pages.at_once import at_once
from web.pages.marked import paragraphs
from web.pages.over_time import Column, columns
from web.pages.rendering import page
from web.pages.wire import lines
from web.shapes.articles import FoundArticle, FoundQuote

router = APIRouter(include_in_schema=False, dependencies=[Depends(needs("read"))])

Text = Annotated[str, Query(max_length=4_000)]
Time = Annotated[str, Query(max_length=100)]
# Two screens; the rest is a page further.
ON_A_PAGE = 50
# The newest that the wire's lines are made of: an hour of a large installation.
ON_THE_WIRE = 200
# Articles of a search: the sentence that met it is looked for in each, 1.7 ms of an article of 450 words.
FOUND = 30
# Of the last week's articles so many are counted as alerts at each view: beyond, it is "or more".
TRIED = 200
FACETS = ("person", "organisation", "place", "product", "source", "language")


@router.get("/")
def wire(request: Request, here: Here, q: Text = "") -> HTMLResponse:
    """The newest articles, one line a story."""
    error = None
    articles: Sequence[WireArticle] = ()
    try:
        articles = here.reader.store.search(read(q or "*", here), ON_THE_WIRE).articles
    except QueryError as raised:
        error = raised
    return page(request, "wire.html", q=q, lines=lines(articles), error=error, now=here.clock())


@router.get("/search")
def search(
    request: Request,
    here: Here,
    q: Text = "",
    order: Order = "newest",
    after: After = None,
    since: Time = "",
    until: Time = "",
) -> HTMLResponse:
    """One box; what was found, over time and with its facets; the alert that it would make."""
    error = result = None
    try:
        if q.strip():
            wanted = within(read(q, here), since or None, until or None, here.clock())
            with after_told():
                result = _result(here, q, wanted, order, after)
    except (QueryError, WindowError) as raised:
        error = raised
    given = {"q": q, "order": order, "since": since, "until": until}
    return page(request, "search.html", 422 if error else 200, given=given, q=q, result=result, error=error)


@dataclass(frozen=True, slots=True)
class _Result:
    """What a search page shows."""

    hits: Hits
    found: list[FoundArticle]
    columns: Sequence[Column]
    would: Often


def _result(here: Installation, q: str, wanted: NewsQuery, order: Order, after: str | None) -> _Result:
    store = here.reader.store

    def found() -> tuple[Hits, list[FoundArticle], Often]:
        hits = store.search(wanted, FOUND, after, order, FACETS)
        articles = [FoundArticle.of(article, wanted) for article in hits.articles]
        return hits, articles, often(q, store, here.clock(), days=7, most=TRIED)

    # how all that is found lies in time takes as long as the rest
    (hits, articles, would), over_time = at_once(found, lambda: finding.histogram(store, wanted))
    return _Result(hits, articles, columns(over_time), would)


@router.get("/articles/{id}")
def article(request: Request, here: Here, id: str, beside: Text = "") -> HTMLResponse:
    """The text with names and quotes marked in place; what was changed, its copies, and its way through the stages.

    `beside`: a copy that it is compared with.
    """
    found = known(here, id)
    quotes = [FoundQuote.of(found, quote) for quote in found.quotes]
    copies = [one for one in _of_story(here, found.story_id) if one.id != found.id]
    return page(
        request,
        "article.html",
        article=found,
        paragraphs=paragraphs(found),
        quotes=quotes,
        copies=copies,
        beside=compare(found, known(here, beside)) if beside else None,
        changes=changes_of(here.reader.store, id),
        way=here.reader.trace(id),
    )


def _of_story(here: Installation, identity: str) -> Sequence[WireArticle]:
    return here.reader.store.search(of_story(identity), ON_THE_WIRE).articles
