"""The page of a day: its stories, told with headlines and quotes."""

from datetime import date, timedelta

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from stores.archive import briefing as briefed
from stores.archive.window import WindowError
from stores.query import QueryError
from web.access import needs
from web.api.given import Day, Here, Text, Zone, read
from web.pages.rendering import page

router = APIRouter(include_in_schema=False, dependencies=[Depends(needs("read"))])

# As many as are read over a coffee; some four sheets of paper.
STORIES = 20
_A_DAY = timedelta(days=1)


@router.get("/briefing")
def briefing(request: Request, here: Here, day: Day = "", zone: Zone = "UTC", q: Text = "") -> HTMLResponse:
    """A day's stories, those of the most origins first."""
    error = found = meant = before = after = None
    try:
        meant, start, end = briefed.day_of(day or None, zone or "UTC", here.clock())
        before, after = meant - _A_DAY if meant > date.min else None, meant + _A_DAY
        found = briefed.briefing(here.reader.store, read(q or "*", here), start, end, STORIES)
    except (QueryError, WindowError) as raised:
        error = raised
    return page(
        request, "briefing.html", 422 if error else 200,
        q=q, zone=zone, day=meant or day, before=before, after=after, error=error, found=found,
    )  # fmt: skip
