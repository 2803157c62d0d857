"""Pages that are read: the wire, search, an article, a story, who said what."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse

from alerts.backtest import backtest
from stores.archive import saying
from stores.archive.origins import origin_count
from stores.query import Query as NewsQuery
from stores.query import QueryError
from stores.store import Hits, Order, Said
from web.access import needs
from web.api.articles import known
from web.api.given import After, Here, read
from web.installation import Installation
from web.pages.marked import paragraphs
from web.pages.rendering import page
from web.pages.wire import lines
from web.problems import ProblemError
from web.shapes import FoundArticle, FoundQuote

router = APIRouter(include_in_schema=False, dependencies=[Depends(needs("read"))])

Text = Annotated[str, Query(max_length=4_000)]
# Two screens; the rest is a page further.
ON_A_PAGE = 50
# The newest that the wire's lines are made of: an hour of a large installation.
ON_THE_WIRE = 200
FACETS = ("person", "organisation", "place", "product", "source", "language")


@router.get("/")
def wire(request: Request, here: Here, q: Text = "") -> HTMLResponse:
    """The newest articles, one line a story."""
    hits, error = _found(here, q or "*", ON_THE_WIRE)
    return page(request, "wire.html", q=q, lines=lines(hits.articles), error=error, now=here.clock())


def _found(here: Installation, q: str, limit: int, **how: str | None) -> tuple[Hits, QueryError | None]:
    try:
        return here.reader.store.search(read(q, here), limit, **how), None  # type: ignore[arg-type]
    except QueryError as error:
        return Hits(0, True, ()), error


@router.get("/search")
def search(request: Request, here: Here, q: Text = "", order: Order = "newest", after: After = None) -> HTMLResponse:
    """One box; what was found, with its facets; the alert that it would make."""
    if not q.strip():
        return page(request, "search.html", q=q, order=order, hits=None, found=[], error=None, would=None)
    try:
        wanted = read(q, here)
        hits = here.reader.store.search(wanted, ON_A_PAGE, after, order, FACETS)
    except QueryError as error:
        return page(request, "search.html", 422, q=q, order=order, hits=None, found=[], error=error, would=None)
    except ValueError as error:
        raise ProblemError(422, f"after: {error}") from error
    found = [FoundArticle.of(article, wanted) for article in hits.articles]
    return page(
        request, "search.html", q=q, order=order, hits=hits, found=found, error=None, would=_would(here, wanted)
    )


def _would(here: Installation, wanted: NewsQuery) -> str:
    """How often an alert on it would have told somebody in the last week."""
    return str(backtest(wanted.text, here.reader.store, here.clock(), days=7))


@router.get("/articles/{id}")
def article(request: Request, here: Here, id: str) -> HTMLResponse:
    """The text with names and quotes marked in place, its copies, and its way through the stages."""
    found = known(here, id)
    quotes = [FoundQuote.of(found, quote) for quote in found.quotes]
    copies = [one for one in _of_story(here, found.story_id).articles if one.id != found.id]
    return page(
        request,
        "article.html",
        article=found,
        paragraphs=paragraphs(found),
        quotes=quotes,
        copies=copies,
        way=here.reader.trace(id),
    )


def _of_story(here: Installation, identity: str) -> Hits:
    return here.reader.store.search(read(f'story:"{identity}"', here), ON_THE_WIRE)


@router.get("/stories/{id}")
def story(request: Request, here: Here, id: str) -> HTMLResponse:
    """A story's articles in the order in which they appeared, and what is said in them."""
    articles = list(reversed(_of_story(here, id).articles))
    if not articles:
        raise ProblemError(404, "there is no such story")
    said: dict[str, FoundQuote] = {}
    for one in articles:
        for quote in one.quotes:
            shown = FoundQuote.of(one, quote)
            said.setdefault(shown.content, shown)
    origins = origin_count(one.source for one in articles)
    return page(request, "story.html", articles=articles, origins=origins, quotes=list(said.values()))


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
        about = read(q, here, in_quote=True) if q.strip() else None
        hits = here.reader.store.quotes(Said(speaker=speaker or None, about=about), ON_A_PAGE).quotes
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
    try:
        found = saying.person(here.reader.store, meant[0], Said(), ON_A_PAGE, after)
    except ValueError as error:
        raise ProblemError(422, f"after: {error}") from error
    return page(request, "person.html", person=found, others=meant[1:])
