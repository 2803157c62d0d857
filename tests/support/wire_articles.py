"""Articles for tests: written short, with spans found in the text, so that text[start:end] is always the surface."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from schemas.article import Entity, EntityKind, Quote, Speaker, WireArticle

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def entity(text: str, kind: EntityKind, surface: str, name: str | None = None) -> Entity:
    """The first mention of `surface`."""
    start = text.index(surface)
    return Entity(start=start, end=start + len(surface), kind=kind, text=surface, name=name or surface)


def quote(text: str, words: str, surface: str | None = None, name: str | None = None, kind: Any = "direct") -> Quote:
    """The first place of `words`, said by the first mention of `surface`, who is `name`."""
    start = text.index(words)
    speaker = None
    if surface is not None:
        at = text.index(surface)
        speaker = Speaker(start=at, end=at + len(surface), text=surface, name=name or surface)
    return Quote(start=start, end=start + len(words), kind=kind, speaker=speaker)


def wire_article(
    id: str,
    text: str = "Nothing happened.",
    *,
    people: Sequence[str] = (),
    places: Sequence[str] = (),
    said: Sequence[tuple[str, ...]] = (),
    **fields: Any,
) -> WireArticle:
    """An article; `people` and `places` stand in the text, `said` is (words, surface[, name]) for each quote."""
    entities = [entity(text, "person", name) for name in people] + [entity(text, "place", name) for name in places]
    return WireArticle(
        **{
            "id": id,
            "revision": "1",
            "title": "",
            "text": text,
            "fetched_at": NOON,
            "first_seen": NOON,
            "story_id": id,
            "entities": tuple(entities),
            "quotes": tuple(quote(text, *one) for one in said),
            **fields,
        }
    )


def placed(id: str, text: str, name: str, latitude: float, longitude: float, **fields: Any) -> WireArticle:
    """An article that names a place, with its position."""
    where = entity(text, "place", name).model_copy(update={"latitude": latitude, "longitude": longitude})
    return wire_article(id, text, **{"title": text.split()[0], "entities": (where,), **fields})
