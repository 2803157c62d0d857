"""Which places articles name, where these lie, and in how many stories."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from schemas.answers import NamedPlace, NamedPlaces
from schemas.article import Entity, WireArticle
from stores import listings
from stores.archive.finding import PAGE
from stores.paged import first_pages
from stores.query import Query
from stores.store import Store

# The newest articles that are read. Each is decoded whole, and a person waits for it: of a file and 450 words each, 0.2
# to 0.7 s on two busy cores.
READ = 2_000

_Position = tuple[str, float, float]
"""Name, latitude, longitude: two towns may have one name."""


@dataclass(slots=True)
class _Naming:
    country: str | None
    stories: set[str] = field(default_factory=set)
    articles: int = 0


def named_places(
    store: Store, query: Query, limit: int, lies: Callable[[float, float], bool] = lambda longitude, latitude: True
) -> NamedPlaces:
    """The places in articles that meet the query, that of the most stories first, if they have a position, and of a
    longitude and latitude that `lies` there."""
    articles, complete = first_pages(listings.articles(store, query, PAGE), READ)
    found = _counted(articles)
    places = [
        NamedPlace(
            name=name,
            country=naming.country,
            latitude=latitude,
            longitude=longitude,
            stories=len(naming.stories),
            articles=naming.articles,
        )
        for (name, latitude, longitude), naming in found.items()
        if lies(longitude, latitude)
    ]
    places.sort(key=lambda place: (-place.stories, -place.articles, place.name, place.latitude, place.longitude))
    return NamedPlaces(places=tuple(places[:limit]), articles=len(articles), complete=complete)


def _counted(articles: Iterable[WireArticle]) -> dict[_Position, _Naming]:
    found: dict[_Position, _Naming] = {}
    for article in articles:
        for position, entity in {position: one for one in article.entities if (position := _position(one))}.items():
            naming = found.setdefault(position, _Naming(entity.country))
            naming.stories.add(article.story_id)
            naming.articles += 1
    return found


def _position(entity: Entity) -> _Position | None:
    if entity.kind != "place" or entity.latitude is None or entity.longitude is None:
        return None
    return entity.name, entity.latitude, entity.longitude
