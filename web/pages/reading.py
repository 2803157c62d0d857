"""Pages that are read: the wire, search, an article, a story, who said what."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse

from alerts.backtest import backtest
from schemas.article import WireArticle
from stores.archive import saying
from stores.archive.origins import origin_count
from stores.query import QueryError
from stores.store import Order, Said
from stores.stories import of_story
from web.access import needs
from web.api.articles import known
from web.api.given import After, Here, after_told, read, said
from web.installation import Installation
from web.pages.marked import paragraphs
from web.pages.rendering import page
from web.pages.wire import lines
from web.problems import ProblemError
from web.shapes.articles import FoundArticle, FoundQuote

router = APIRouter(include_in_schema=False, dependencies=[Depends(needs("read"))])

Text = Annotated[str, Query(max_length=4_000)]
# Two screens; the rest is a page further.
ON_A_PAGE = 50
# The newest that the wire's lines are made of: an hour of a large installation.
ON_THE_WIRE = 200
# Of the last week's articles so many are tried as an alert at each view: beyond, it is "or more".
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
def search(request: Request, here: Here, q: Text = "", order: Order = "newest", after: After = None) -> HTMLResponse:
    """One box; what was found, with its facets; the alert that it would make."""
    error = hits = would = None
    found: list[FoundArticle] = []
    try:
        if q.strip():
            wanted = read(q, here)
            with after_told():
                hits = here.reader.store.search(wanted, ON_A_PAGE, after, order, FACETS)
            found = [FoundArticle.of(article, wanted) for article in hits.articles]
            would = backtest(q, here.reader.store, here.clock(), days=7, most=TRIED)
    except QueryError as raised:
        error = raised
    status = 422 if error else 200
    return page(request, "search.html", status, q=q, order=order, hits=hits, found=found, error=error, would=would)


@router.get("/articles/{id}")
def article(request: Request, here: Here, id: str) -> HTMLResponse:
    """The text with names and quotes marked in place, its copies, and its way through the stages."""
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
        way=here.reader.trace(id),
    )


def _of_story(here: Installation, identity: str) -> Sequence[WireArticle]:
    return here.reader.store.search(of_story(identity), ON_THE_WIRE).articles


@router.get("/stories/{id}")
def story(request: Request, here: Here, id: str) -> HTMLResponse:
    """A story's articles in the order in which they appeared, and what is said in them."""
    articles = _of_story(here, id)[::-1]
    if not articles:
        raise ProblemError(404, "there is no such story")
    quoted: dict[str, FoundQuote] = {}
    for one in articles:
        for quote in one.quotes:
            shown = FoundQuote.of(one, quote)
            quoted.setdefault(shown.content, shown)
    origins = origin_count(one.source for one in articles)
    return page(request, "story.html", articles=articles, origins=origins, quotes=list(quoted.values()))


@router.get("/quotes")
def quotes(
    request: Request,
    here: Here,
    speaker: Annotated[str, Query(max_length=200)] = "",
    q: Text = "",
) -> HTMLResponse:
    """Who said what: by speaker, and by what the words are about."""
    error = None
    found: list[FoundQuote] = []
    try:
        hits = here.reader.store.quotes(said(here, speaker or None, q.strip() and q), ON_A_PAGE).quotes
        found = [FoundQuote.of(hit.article, hit.quote) for hit in hits]
    except QueryError as raised:
        error = raised
    return page(request, "quotes.html", 422 if error else 200, speaker=speaker, q=q, quotes=found, error=error)


@router.get("/people/{name:path}")
def person(
    request: Request, here: Here, name: Annotated[str, Path(max_length=200)], after: After = None
) -> HTMLResponse:
    """All that somebody said, in which sources, and who and what is named beside them."""
    meant = saying.people_called(here.reader.store, name)
    if not meant:
        raise ProblemError(404, "nobody of that name is quoted")
    with after_told():
        found = saying.person(here.reader.store, meant[0], Said(), ON_A_PAGE, after)
    return page(request, "person.html", person=found, others=meant[1:])
