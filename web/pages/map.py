"""The page of the map: the places named in a time, each as large as the stories that name it are many."""

from dataclasses import dataclass
from math import sqrt
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from schemas.answers import NamedPlace
from stores.archive.places import named_places
from stores.archive.window import WindowError, within
from stores.query import QueryError
from stores.query.tree import Everything
from stores.query.tree import Query as NewsQuery
from stores.query.writing import phrase
from web.access import needs
from web.api.given import Here, Text, When, read
from web.pages.rendering import page
from web.pages.view import NEAREST, REGIONS, STEP, WORLD, view

router = APIRouter(include_in_schema=False, dependencies=[Depends(needs("read"))])

Degrees = Annotated[float, Query(ge=-180, le=180)]
Zoom = Annotated[float, Query(ge=1, le=NEAREST)]
# More dots hide one another.
PLACES = 200
# Radii in degrees, as the map is drawn: one that can be hit with a mouse, and one that leaves Europe to be seen.
SMALLEST, LARGEST = 0.8, 6.0
# Stories that the largest dot stands for at least: on a quiet day none is large.
MANY = 10


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map."""

    place: NamedPlace
    radius: float
    query: str
    """Finds the articles that it stands for."""


@router.get("/map")
def show_map(
    request: Request,
    here: Here,
    q: Text = "",
    since: When = "now-7d",
    until: When = "",
    lon: Degrees = 0,
    lat: Degrees = 0,
    zoom: Zoom = 1,
) -> HTMLResponse:
    """Places by how many stories name them: on a map of the world or a part of it, and the same as a list."""
    shown = view(lon, lat, zoom)
    error = found = None
    dots: list[Dot] = []
    try:
        times = within(NewsQuery("", Everything()), since or None, until or None, here.clock())
        wanted = within(read(q or "*", here), since or None, until or None, here.clock())
        found = named_places(here.reader.store, wanted, PLACES, shown.shows)
        dots = _dots(found.places, f"({q or '*'}) AND ({times})")
    except (QueryError, WindowError) as raised:
        error = raised
    status = 422 if error else 200
    return page(
        request, "map.html", status,
        q=q, since=since, until=until, found=found, dots=dots, error=error,
        view=shown, regions={"World": WORLD, **REGIONS}, nearest=NEAREST, step=STEP,
    )  # fmt: skip


def _dots(places: tuple[NamedPlace, ...], query: str) -> list[Dot]:
    """The largest first, so that it hides no other. The area is as the number of stories."""
    most = max([MANY, *(place.stories for place in places)])
    return [
        Dot(
            place,
            round(max(SMALLEST, LARGEST * sqrt(place.stories / most)), 2),
            f"{phrase('place', place.name)} AND {query}",
        )
        for place in places
    ]
