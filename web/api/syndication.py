"""/articles.rss, /quotes.atom, /notifications.json …: every view as a feed, at an address that stays."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from stores.query import Query as NewsQuery
from stores.stories import of_story
from web.access import needs
from web.api.given import About, Here, Speaker, Text, read, said
from web.installation import Installation
from web.shapes.articles import FoundArticle, FoundQuote
from web.syndication import WRITERS, Form, Item, Listing

router = APIRouter(tags=["feeds of views"], dependencies=[Depends(needs("read"))])

# As publishers' own feeds have; a reader that asks once an hour misses nothing of a view with less than that an hour.
ITEMS = 50
_TYPES: dict[int | str, dict[str, Any]] = {200: {"content": {media_type: {} for media_type, _ in WRITERS.values()}}}


def _answer(form: Form, title: str, request: Request, items: list[Item]) -> Response:
    media_type, write = WRITERS[form]
    return Response(write(Listing(title, str(request.url), items)), media_type=media_type)


@router.get("/articles.{form}", response_class=Response, responses=_TYPES)
def articles(here: Here, request: Request, form: Form, q: Text = "*") -> Response:
    """The newest articles that meet a query."""
    return _answer(form, f"wirewatch: {q}", request, _found(here, read(q, here)))


def _found(here: Installation, wanted: NewsQuery) -> list[Item]:
    hits = here.reader.store.search(wanted, ITEMS)
    found = (FoundArticle.of(article, wanted) for article in hits.articles)
    return [Item(one.id, one.title, one.snippet, one.first_seen, one.url, one.source) for one in found]


@router.get("/stories/{id}.{form}", response_class=Response, responses=_TYPES)
def story(here: Here, request: Request, id: str, form: Form) -> Response:
    """The articles of a story."""
    return _answer(form, f"wirewatch: story {id}", request, _found(here, of_story(id)))


@router.get("/quotes.{form}", response_class=Response, responses=_TYPES)
def quotes(
    here: Here,
    request: Request,
    form: Form,
    speaker: Speaker = None,
    q: About = None,
) -> Response:
    """The newest quotes of a person, or about something."""
    hits = here.reader.store.quotes(said(here, speaker, q), ITEMS).quotes
    found = [FoundQuote.of(hit.article, hit.quote) for hit in hits]
    title = " ".join(["wirewatch: what", speaker or "anybody", "said", *([f"on {q}"] if q else [])])
    return _answer(form, title, request, [_of_quote(one) for one in found])


def _of_quote(found: FoundQuote) -> Item:
    identity = f"{found.article_id}:{found.start}"
    title = f"{found.speaker or 'somebody'}: “{found.content}”"
    return Item(identity, title, f"{found.title} ({found.source or 'no source'})", found.first_seen, found.url)


@router.get("/notifications.{form}", response_class=Response, responses=_TYPES)
def notifications(
    here: Here,
    request: Request,
    form: Form,
    alert: Annotated[str | None, Query(max_length=200, description="Only of this alert: its name or id.")] = None,
) -> Response:
    """What was alerted last."""
    page = here.reader.store.alerts(alert, limit=ITEMS)
    items = [
        Item(one.id, f"{one.subscription_name}: {one.title}", " … ".join(one.why), one.matched_at, one.url, one.source)
        for one in page.alerts
    ]
    return _answer(form, f"wirewatch: alerts {alert or ''}".strip(), request, items)
