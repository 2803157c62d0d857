"""From mentions to entities: one canonical name and one id for all mentions of one thing.

Within the article people are joined by surname; across articles names meet by the alias file and, for places,
by their territory or city. A bare surname never joins two articles, except where the alias file says so.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from processors.entities import places
from processors.entities.gazetteer import Known, Place
from processors.entities.lexicon import lexicon
from processors.entities.mention import Mention
from processors.entities.people import join
from schemas.article import Entity, EntityKind

# 64 bits: among a billion names two share an id with a chance of a few per cent, and a clash costs one link.
_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Identity:
    """Who or what a mention stands for."""

    name: str
    wikidata: str | None = None
    place: Place | None = None


def identify(text: str, found: Sequence[Mention]) -> tuple[Entity, ...]:
    """Entities in the order of the mentions, with canonical names, ids, and for places where they lie."""
    known = lexicon(text).known
    people = join(mention.text for mention in found if mention.kind == "person")
    where = places.locate([mention.text for mention in found if mention.kind == "place"])
    return tuple(_entity(mention, _identity(mention, known, people, where)) for mention in found)


def _identity(
    mention: Mention, lexicon: dict[str, Known], people: dict[str, str], where: dict[str, Place]
) -> Identity:
    name = people[mention.text] if mention.kind == "person" else mention.text
    known = lexicon.get(name)
    if known is not None and known.kind == mention.kind:
        return Identity(known.name, known.wikidata)
    place = where.get(mention.text) if mention.kind == "place" else None
    if place is not None:
        return Identity(place.name, place.wikidata, place)
    return Identity(name)


def _entity(mention: Mention, who: Identity) -> Entity:
    place = who.place
    return Entity(
        start=mention.start,
        end=mention.end,
        kind=mention.kind,
        text=mention.text,
        name=who.name,
        id=entity_id(mention.kind, who.name, place.country if place else None),
        wikidata=who.wikidata,
        country=place.country if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )


def entity_id(kind: EntityKind, name: str, country: str | None = None) -> str:
    """The same for the same kind and canonical name, whatever accents and capitals; 16 hexadecimal digits."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return hashlib.blake2b(f"{kind}\0{plain}\0{country or ''}".encode(), digest_size=_ID_BYTES).hexdigest()
