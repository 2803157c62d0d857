"""What a store tells of many articles without reading them whole: how large their stories are, and where they lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class StoryCount:
    """A story of which an article meets a query, in numbers."""

    story_id: str
    """As the field `story` compares it: in small letters."""
    matching: int
    """How many of its articles meet the query."""
    articles: int
    """How many it has in all."""
    sources: tuple[tuple[str | None, int], ...]
    """Who published them, and how many each, most first."""


@dataclass(frozen=True, slots=True)
class StoryCounts:
    """One page of stories, each where its newest match stands, newest first."""

    stories: tuple[StoryCount, ...]
    next: str | None = None
    """Pass it as `after` to get the next page; None on the last."""


class Position(NamedTuple):
    """A place with the position that it has in an article: two towns may have one name."""

    name: str
    country: str | None
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Placed:
    """An article's story, and the places with a position that the article names, each once."""

    story_id: str
    places: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One page of articles that meet a query, newest first."""

    articles: tuple[Placed, ...]
    next: str | None = None
    """Pass it as `after` to get the next page; None on the last."""


def placed(record: Mapping[str, Any]) -> Placed:
    """Of an article as plain values: story_id, and entities as in schemas.article.Entity, what is None left out."""
    places = (
        Position(one["name"], one.get("country"), one["latitude"], one["longitude"])
        for one in record.get("entities", ())
        if one["kind"] == "place" and "latitude" in one and "longitude" in one
    )
    return Placed(record["story_id"], tuple(dict.fromkeys(places)))
