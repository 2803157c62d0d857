"""The enrich step: an article in, the same article with its language, entities and quotes out. Pure; the costly step.

Knows the order of the readers, and says on the record what was not read and why; knows no topic and no store.
"""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

import py3langid  # type: ignore[import-untyped]  # ships no types

from processors.entities import LANGUAGES_BY_LISTS, find_entities, find_people, search_names
from processors.language import Rank, detect, is_sure
from processors.model import pipeline
from processors.model.pipeline import Model
from processors.quotes import find_quotes, wants_parse
from processors.sketch import signature_of
from schemas.article import Article, Enriched

Profile = Literal["default", "fast"]

# What a producer lets through (256 KiB), so that a text from elsewhere costs no more than the longest article.
LONGEST = 262_144

# Read before any other, so that all lists are loaded, those for wars and for sport too, and no article waits for one.
_FIRST = (
    "The missiles hit Kyiv, Ada Lind said.",
    "The coach of Inter Milan, Per Holm, left Ford Motor Co. in Madrid after they had won 2-1.",
    "Surgeon William Lind met Bill Lind in the state of Georgia.",
)


class Enricher:
    """Reads articles, one at a time. Loads its model once, about a second; build one per process."""

    def __init__(self, profile: Profile = "default", *, plain: bool = False) -> None:
        """Profile `fast` leaves the parser out: names as before, of the quotes only what needs no parse.

        `plain`: every profile with plain spaCy and py3langid, whose insides nothing here then knows; the answers are
        the same.
        """
        self._model = Model(parser=profile == "default", fast=not plain)
        self._rank = py3langid.rank if plain else _fast_rank()
        self._profile = profile
        for text in _FIRST:
            self.read(Article(id="first", revision="1", text=text, fetched_at=datetime.min.replace(tzinfo=UTC)))
        # The lists stay for good, and one of the collector's rounds over them takes 0.1 s: also the one that would now
        # find what loading left over, 500 objects of 140,000.
        gc.freeze()

    def read(self, article: Article) -> Enriched:
        """The article with what it says. Deterministic; an article that cannot be read raises."""
        text = article.text[:LONGEST]
        language = detect(text, article.language, self._rank)
        paragraphs, marked = self._model.read(text, language, lambda paragraph: wants_parse(paragraph, language))
        guessed = not marked and not is_sure(text, article.language, self._rank)
        if guessed:
            paragraphs, marked = self._model.read(text, "en", lambda paragraph: wants_parse(paragraph, language))
        entities = find_entities(text, paragraphs) if marked else find_people(text, language)
        found = find_quotes(text, paragraphs, entities, language)
        return Enriched(
            **{**dict(article), "language": language},
            entities=entities,
            quotes=found.quotes,
            unsaid=found.unsaid,
            names=search_names(entities),
            signature=signature_of(article.title, article.text),
            model=f"{pipeline.NAME} ({self._profile})",
            generation=pipeline.GENERATION,
            notes=tuple(_notes(article.text, language, marked, guessed)),
        )


def _fast_rank() -> Rank:
    # Here, as in processors.model.pipeline: the plain way reads even where a fast module cannot be imported.
    from processors.model.fast_language import rank

    return rank


def _notes(text: str, language: str | None, marked: bool, guessed: bool) -> Iterator[str]:
    """What was not done, and why."""
    if len(text) > LONGEST:
        yield f"only the first {LONGEST} characters were read"
    if not pipeline.is_readable(text[:LONGEST]):
        yield f"lines with more than {pipeline.LONGEST_WORD} characters and no space were not read"
    if guessed:
        yield f"too short to be sure of language {language or 'unknown'}: names were read as English ones"
    if not marked:
        done = "only people were looked for, by lists" if language in LANGUAGES_BY_LISTS else "none were looked for"
        yield f"no model for names in language {language or 'unknown'}: {done}"
