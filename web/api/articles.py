"""/articles and /quotes: what has been found, and who said it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from schemas.article import WireArticle
from stores.store import FACETS, Order
from web.access import needs
from web.api.given import About, After, Here, Limit, Speaker, Text, Where, after_told, read, said
from web.installation import Installation
from web.problems import ProblemError
from web.shapes.articles import ArticlePage, FoundQuote, QuoteList, QuotePage, Way

router = APIRouter(tags=["articles"], dependencies=[Depends(needs("read"))])


@router.get("/articles")
def search(
    here: Here,
    q: Text = "*",
    order: Order = "newest",
    limit: Limit = 20,
    after: After = None,
    facet: Annotated[list[str] | None, Query(max_length=20, description=", ".join(FACETS))] = None,
) -> ArticlePage:
    """Articles that meet a query, with the sentence that does."""
    wanted = read(q, here)
    if unknown := [name for name in facet or () if name not in FACETS]:
        raise ProblemError(422, f"facet: there is none of {unknown[0]!r}: {', '.join(FACETS)}")
    with after_told():
        return ArticlePage.of(here.reader.store.search(wanted, limit, after, order, facet or ()), wanted)


def known(here: Installation, identity: str) -> WireArticle:
    """The article of this id, or a problem that says that there is none."""
    article = here.reader.store.get(identity)
    if article is None:
        raise ProblemError(404, "there is no such article")
    return article


@router.get("/articles/{id:any}/quotes")
def quotes_of(here: Here, id: str) -> QuoteList:
    """Who says what in one article, in the order of the text."""
    found = known(here, id)
    return QuoteList(quotes=[FoundQuote.of(found, quote) for quote in found.quotes])


@router.get("/articles/{id:any}/trace")
def trace(here: Here, id: str) -> Way:
    """One article's way, stage by stage, with times."""
    rows = here.reader.trace(id)
    if not rows:
        raise ProblemError(404, "nothing is known of such an article")
    return Way(outcomes=rows)


@router.get("/articles/{id:any}")
def article(here: Here, id: str) -> WireArticle:
    """One article, whole: its text, who and what it names, and who said what, by offsets into the text."""
    return known(here, id)


@router.delete("/articles/{id:any}", status_code=204, dependencies=[Depends(needs("operate"))], tags=["operations"])
def forget(here: Here, id: str) -> None:
    """Take one article out everywhere, for good. It is not let in again."""
    with here.acting() as control:
        if not control.forget(id):
            raise ProblemError(404, "nothing was known of such an article; it will not be let in either")


@router.get("/quotes")
def quotes(
    here: Here,
    speaker: Speaker = None,
    q: About = None,
    where: Where = None,
    limit: Limit = 20,
    after: After = None,
) -> QuotePage:
    """Who said what, those of the newest article first."""
    wanted = said(here, speaker, q, where)
    with after_told():
        return QuotePage.of(here.reader.store.quotes(wanted, limit, after))
