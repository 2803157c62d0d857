"""Named entities: the model's marks, relabelled by the whole article, joined to entities and given ids.

Knows no model: it is handed paragraphs whose documents carry what the model marked.
"""

from collections.abc import Iterable

from processors.entities import gazetteer
from processors.entities.identity import identify
from processors.entities.mention import mentions
from processors.entities.relabel import relabel
from processors.entities.without_model import LANGUAGES as LANGUAGES_BY_LISTS
from processors.entities.without_model import people
from processors.model.paragraph import Paragraph
from schemas.article import Entity

__all__ = ["LANGUAGES_BY_LISTS", "find_entities", "find_people", "search_names"]


def find_entities(text: str, paragraphs: Iterable[Paragraph]) -> tuple[Entity, ...]:
    """The entities of an article in order, none overlapping; text[start:end] is the surface, exactly."""
    return identify(text, relabel(text, mentions(paragraphs)))


def find_people(text: str, language: str | None) -> tuple[Entity, ...]:
    """The people of an article in one of LANGUAGES_BY_LISTS, without a model; nobody in any other language."""
    return identify(text, people(text, language)) if language in LANGUAGES_BY_LISTS else ()


def search_names(entities: Iterable[Entity]) -> tuple[str, ...]:
    """Canonical names and their aliases, for search; each once, in the order of first mention."""
    names: dict[str, None] = {}
    for entity in entities:
        names[entity.name] = None
        known = gazetteer.known_as(entity.kind, entity.name)
        if known is not None:
            names.update(dict.fromkeys(known.aliases))
    return tuple(names)
