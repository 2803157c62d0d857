"""Whom a speaker's words stand for: the entity of the article that they name.

Knows mentions and pronouns; not how quotes are found.
"""

from collections.abc import Iterable, Iterator, Sequence

from schemas.article import Entity, Quote


def resolve(text: str, quotes: Iterable[Quote], entities: Sequence[Entity]) -> Iterator[Quote]:
    """The quotes with name and id of their speakers, where the article's entities tell them."""
    for quote in quotes:
        speaker = quote.speaker
        if speaker is None:
            yield quote
            continue
        named = [one for one in entities if one.start < speaker.end and speaker.start < one.end]
        if not named:
            yield quote
            continue
        best = min(named, key=lambda one: (one.kind != "person", -one.end))
        yield quote.model_copy(update={"speaker": speaker.model_copy(update={"name": best.name, "id": best.id})})
