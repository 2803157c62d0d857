"""Entity linking: from mentions to entities, one canonical name and one id for all mentions of one thing.

Within the article people join by parts of their names, organisations by the acronyms it explains; across
articles by the gazetteer and by spelling. A bare surname that nothing resolves gets no id: it may be anybody's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from processors.entities import places
from processors.entities.acronyms import explained
from processors.entities.article_gazetteer import ArticleGazetteer
from processors.entities.entity_id import entity_id
from processors.entities.gazetteer import Known, Place
from processors.entities.mention import Mention
from processors.entities.people import Person, join
from schemas.article import Entity


@dataclass(frozen=True, slots=True)
class _Article:
    """What one article says of its names."""

    known: dict[str, Known]
    people: dict[int, Person]
    """By the start of the mention."""
    acronyms: dict[str, Mention]
    places: dict[int, Place]
    """By the start of the mention."""


def identify(text: str, found: Sequence[Mention], here: ArticleGazetteer) -> tuple[Entity, ...]:
    """Entities in the order of the mentions, with canonical names, ids, and for places where they lie."""
    article = _Article(
        here.known,
        join(text, [mention for mention in found if mention.kind == "person"]),
        explained(text, found),
        places.locate(text, [(one, _canonical(one.text, here.known)) for one in found if one.kind == "place"]),
    )
    return tuple(_entity(mention, article) for mention in found)


def _entity(mention: Mention, article: _Article) -> Entity:
    name = _name(mention, article)
    known = article.known.get(name) or article.known.get(name.title() if name.isupper() else name)
    if known is not None and (known.kind != mention.kind or _is_stranger(mention, article)):
        known = None
    place = article.places.get(mention.start) if mention.kind == "place" else None
    if known is not None:
        name = known.name
    elif place is not None:
        name = place.name
    country = place.country if place else None
    nobody = mention.kind == "person" and known is None and " " not in name
    return Entity(
        start=mention.start,
        end=mention.end,
        kind=mention.kind,
        text=mention.text,
        name=name,
        id=None if nobody else entity_id(mention.kind, name, country),
        wikidata=(known.wikidata if known else None) or (place.wikidata if place else None),
        country=country,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )


def _is_stranger(mention: Mention, article: _Article) -> bool:
    return mention.kind == "person" and article.people[mention.start].is_stranger


def _canonical(name: str, known: dict[str, Known]) -> str:
    one = known.get(name)
    return one.name if one is not None and one.kind == "place" else name


def _name(mention: Mention, article: _Article) -> str:
    if mention.kind == "person":
        return article.people[mention.start].name
    full = article.acronyms.get(mention.text)
    name = full.text if full is not None and full.kind == mention.kind else mention.text
    return " ".join(name.split())
