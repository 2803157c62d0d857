"""Which places articles name, where these lie, and in how many stories."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from schemas.answers import NamedPlace, NamedPlaces
from stores import listings
from stores.archive.finding import PAGE
from stores.outlines import Placed, Position
from stores.paged import first_pages
from stores.query import Query
from stores.store import Store

# The newest articles that are looked at: a person waits for it.
READ = 2_000


@dataclass(slots=True)
class _Naming:
    stories: set[str] = field(default_factory=set)
    articles: int = 0


def named_places(
    store: Store, query: Query, limit: int, lies: Callable[[float, float], bool] = lambda longitude, latitude: True
) -> NamedPlaces:
    """The places in articles that meet the query, that of the most stories first, if they have a position, and of a
    longitude and latitude that `lies` there."""
    articles, complete = first_pages(listings.places(store, query, PAGE), READ)
    found = _counted(articles)
    places = [
        NamedPlace(**position._asdict(), stories=len(naming.stories), articles=naming.articles)
        for position, naming in found.items()
        if lies(position.longitude, position.latitude)
    ]
    places.sort(key=lambda place: (-place.stories, -place.articles, place.name, place.latitude, place.longitude))
    return NamedPlaces(places=tuple(places[:limit]), articles=len(articles), complete=complete)


def _counted(articles: Iterable[Placed]) -> dict[Position, _Naming]:
    found: dict[Position, _Naming] = {}
    for article in articles:
        for position in article.places:
            naming = found.setdefault(position, _Naming())
            naming.stories.add(article.story_id)
            naming.articles += 1
    return found
