"""/articles.csv, /quotes.csv, /notifications.csv …: every view as a table, in the columns of `wirewatch export`."""

import io
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from schemas.alert import Recorded
from schemas.article import WireArticle
from stores import listings
from stores.archive.exporting.formats import CsvRows
from stores.archive.exporting.tables import ARTICLES, QUOTES, Columns, Row, quote_row
from stores.archive.window import within
from stores.paged import paged
from stores.stories import story_articles
from web.access import needs
from web.api.given import About, Here, Since, Speaker, Text, Until, read, said, window_told

router = APIRouter(tags=["tables of views"], dependencies=[Depends(needs("read"))])

MOST = 1_000
"""Rows: a table is held in memory until it is sent; `wirewatch export` writes any number."""
# Asked of the store in one go, as an export does.
PAGE = 200
MEDIA_TYPE = "text/csv"
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}}}

ALERTS: Columns = {
    "id": (str, "the alert's id"),
    "alert": (str, "the name of what was asked for"),
    "status": (str, "what became of telling it"),
    "matched_at": (datetime, "when the article met it"),
    "why": (tuple, "the sentences that did"),
    "article_id": (str, "the article"),
    "title": (str, "its headline"),
    "source": (str, "who published it"),
    "url": (str, "its address"),
}


def _answer(name: str, columns: Columns, rows: Iterable[Row]) -> Response:
    file = io.StringIO(newline="")
    CsvRows(file, columns).write(rows)
    headers = {"Content-Disposition": f'attachment; filename="wirewatch-{name}.csv"'}
    return Response(file.getvalue().encode("utf-8", "replace"), media_type=MEDIA_TYPE, headers=headers)


def _of_articles(articles: Iterable[WireArticle]) -> Response:
    return _answer("articles", ARTICLES.columns, [row for one in articles for row in ARTICLES.rows(one)])


@router.get("/articles.csv", response_class=Response, responses=_ANSWERS)
def articles(here: Here, q: Text = "*", since: Since = None, until: Until = None) -> Response:
    """The newest articles that meet a query, at most 1,000."""
    with window_told():
        wanted = within(read(q, here), since or None, until or None, here.clock())
    return _of_articles(islice(paged(listings.articles(here.reader.store, wanted, PAGE)), MOST))


@router.get("/stories/{id}.csv", response_class=Response, responses=_ANSWERS)
def story(here: Here, id: str) -> Response:
    """The articles of a story, newest first, at most 1,000."""
    return _of_articles(islice(story_articles(here.reader.store, id), MOST))


@router.get("/quotes.csv", response_class=Response, responses=_ANSWERS)
def quotes(here: Here, speaker: Speaker = None, q: About = None) -> Response:
    """The newest quotes of a person, or about something, at most 1,000."""
    hits = islice(paged(listings.quotes(here.reader.store, said(here, speaker, q), PAGE)), MOST)
    return _answer(
        "quotes", QUOTES.columns, [quote_row(hit.article, hit.article.quotes.index(hit.quote)) for hit in hits]
    )


@router.get("/notifications.csv", response_class=Response, responses=_ANSWERS)
def notifications(
    here: Here,
    alert: Annotated[str | None, Query(max_length=200, description="Only of this alert: its name or id.")] = None,
) -> Response:
    """What was alerted last, at most 1,000."""
    told = islice(paged(listings.alerts(here.reader.store, PAGE, alert)), MOST)
    return _answer("alerts", ALERTS, [_alert_row(one) for one in told])


def _alert_row(one: Recorded) -> Row:
    return (
        one.id,
        one.subscription_name,
        one.status,
        one.matched_at,
        one.why,
        one.article_id,
        one.title,
        one.source,
        one.url,
    )
