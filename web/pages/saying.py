"""Pages of what was said: a story in all its wordings, one quote's spread, who said what, a person."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse

from stores.archive import finding, saying
from stores.origins import origin, origins
from stores.query import QueryError
from stores.spread.spread import said_in, spread
from stores.store import Said
from stores.stories import story_articles
from web.access import needs
from web.api.given import After, Here, after_told, said
from web.pages.at_once import at_once
from web.pages.over_time import columns
from web.pages.reading import ON_A_PAGE, Text
from web.pages.rendering import page
from web.problems import ProblemError
from web.shapes.articles import FoundQuote

router = APIRouter(include_in_schema=False, dependencies=[Depends(needs("read"))])


@router.get("/stories/{id}")
def story(request: Request, here: Here, id: str) -> HTMLResponse:
    """Whose reporting a story is, its articles in the order in which they appeared, and what is said in them."""
    articles = sorted(story_articles(here.reader.store, id), key=lambda one: (one.first_seen, one.id))
    if not articles:
        raise ProblemError(404, "there is no such story")
    first = articles[0].first_seen
    rows = [(one, origin(one).name, behind(first, one.first_seen)) for one in articles]
    return page(request, "story.html", rows=rows, origins=origins(articles), said=said_in(articles))


def behind(first: datetime, at: datetime) -> str:
    """How long after the first something came, in the largest unit that says it; nothing for the first."""
    passed = at - first
    if passed < timedelta(minutes=1):
        return ""
    for unit, name in ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "min")):
        if passed >= unit:
            return f"+{passed // unit} {name}"
    return ""


@router.get("/quotes/{id}")
def quote(request: Request, here: Here, id: str) -> HTMLResponse:
    """Everywhere that what one quote says stands, those seen first first, and how its words differ."""
    found = spread(here.reader.store, id, here.clock())
    if found is None:
        raise ProblemError(404, "there is no such quote")
    return page(request, "spread.html", spread=found)


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
    """All that somebody said, when, in which sources, and who and what is named beside them."""
    store = here.reader.store
    meant = saying.people_called(store, name)
    if not meant:
        raise ProblemError(404, "nobody of that name is quoted")
    with after_told():
        found, over_time = at_once(
            lambda: saying.person(store, meant[0], Said(), ON_A_PAGE, after),
            lambda: finding.histogram(store, saying.quoting(meant[0], Said())),
        )
    return page(request, "person.html", person=found, others=meant[1:], columns=columns(over_time))
