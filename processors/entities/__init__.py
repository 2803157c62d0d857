"""Named entities: the model's marks, relabelled by the whole article, joined to entities and given ids.

Knows no model: it is handed paragraphs whose documents carry what the model marked.
"""

from collections.abc import Iterable

from processors.entities import cyrillic, gazetteer
from processors.entities.article_gazetteer import article_gazetteer
from processors.entities.identity import identify
from processors.entities.mention import mentions
from processors.entities.relabel import relabel
from processors.entities.without_model import LANGUAGES, people
from processors.model.paragraph import Paragraph
from schemas.article import Entity

LANGUAGES_BY_LISTS = (*LANGUAGES, *cyrillic.LANGUAGES)
"""Languages in which people are found by given names, without a model."""

__all__ = ["LANGUAGES_BY_LISTS", "find_entities", "find_people", "search_names"]


def find_entities(text: str, paragraphs: Iterable[Paragraph]) -> tuple[Entity, ...]:
    """The entities of an article in order, none overlapping; text[start:end] is the surface, exactly."""
    here = article_gazetteer(text)
    return identify(text, relabel(text, mentions(paragraphs), here), here)


def find_people(text: str, language: str | None) -> tuple[Entity, ...]:
    """The people of an article in one of LANGUAGES_BY_LISTS, without a model; nobody in any other language.

    Cyrillic names have their English form as canonical name.
    """
    if language in cyrillic.LANGUAGES:
        found = identify(text, cyrillic.people(text, language), article_gazetteer(text))
        return tuple(one.model_copy(update={"text": text[one.start : one.end]}) for one in found)
    return identify(text, people(text, language), article_gazetteer(text)) if language in LANGUAGES_BY_LISTS else ()


def search_names(entities: Iterable[Entity]) -> tuple[str, ...]:
    """Canonical names and their aliases, for search; each once, in the order of first mention."""
    names: dict[str, None] = {}
    for entity in entities:
        names[entity.name] = None
        known = gazetteer.known_as(entity.kind, entity.name)
        if known is not None:
            names.update(dict.fromkeys(known.aliases))
        elif entity.kind == "person" and not entity.text.isascii() and cyrillic.is_cyrillic(entity.text):
            names.update(dict.fromkeys(cyrillic.variants(entity.name)))
    return tuple(names)
