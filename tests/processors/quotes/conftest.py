"""Quotes of a text written here, read as an article is: with the parser, without it, or in another language."""

from collections.abc import Callable, Mapping

import pytest
import spacy

from processors.entities import find_entities
from processors.model.paragraph import Paragraph
from processors.model.pipeline import Model, pieces
from processors.quotes import Found, find_quotes, wants_parse
from schemas.article import Entity, EntityKind, Quote

Find = Callable[..., tuple[Quote, ...]]
FindAll = Callable[..., Found]
Read = Callable[[str], list[tuple[str, str | None]]]


@pytest.fixture(scope="session")
def model() -> Model:
    return Model()


@pytest.fixture(scope="session")
def find_all(model: Model) -> FindAll:
    """find_all(text, language="en", people={…}, parse=True): the quotes of a text, and what it says was not said."""

    tokenise = spacy.blank("xx").tokenizer

    def found(
        text: str, language: str | None = "en", people: Mapping[str, str] | None = None, *, parse: bool = True
    ) -> Found:
        if parse:
            paragraphs, _ = model.read(text, language, lambda one: wants_parse(one, language))
        else:
            paragraphs = [Paragraph(start, piece, tokenise(piece)) for start, piece in pieces(text)]
        return find_quotes(text, paragraphs, mentions(text, people or {}), language)

    return found


@pytest.fixture(scope="session")
def find(find_all: FindAll) -> Find:
    """As find_all: the quotes alone."""
    return lambda *args, **options: find_all(*args, **options).quotes


@pytest.fixture(scope="session")
def read(model: Model) -> Read:
    """An English text -> what was said in it, each with who said it: the name, or else the words."""

    def found(text: str) -> list[tuple[str, str | None]]:
        paragraphs, _ = model.read(text, "en", lambda one: wants_parse(one, "en"))
        quotes = find_quotes(text, paragraphs, find_entities(text, paragraphs), "en").quotes
        speakers = ((quote, quote.speaker) for quote in quotes)
        return [(text[one.start : one.end], who.name or who.text if who else None) for one, who in speakers]

    return found


def mentions(text: str, names: Mapping[str, str], kind: EntityKind = "person") -> tuple[Entity, ...]:
    """Every place of each surface in a text, under its canonical name; longer surfaces first."""
    taken: list[Entity] = []
    for surface in sorted(names, key=len, reverse=True):
        start = text.find(surface)
        while start >= 0:
            end = start + len(surface)
            if not any(one.start < end and start < one.end for one in taken):
                name = names[surface]
                taken.append(Entity(start=start, end=end, kind=kind, text=surface, name=name, id=f"id of {name}"))
            start = text.find(surface, end)
    return tuple(sorted(taken, key=lambda one: one.start))
