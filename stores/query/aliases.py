"""Aliases: the other names under which those named in an article are found, in every field of names.

The record has one list of names: after each canonical name its aliases known when the article was read. Knows no
engine.
"""

from collections.abc import Iterator, Mapping

from schemas.article import Enriched, Speaker

Aliases = Mapping[str, tuple[str, ...]]
"""Canonical name -> its aliases."""


def aliases(article: Enriched) -> Aliases:
    """Whose alias each of the article's names is: that of the canonical name before it."""
    canonical = {entity.name for entity in article.entities}
    found: dict[str, tuple[str, ...]] = {}
    whose = None
    for name in article.names:
        if name in canonical:
            whose = name
        elif whose is not None:
            found[whose] = (*found.get(whose, ()), name)
    return found


def called(speaker: Speaker, known: Aliases) -> Iterator[str]:
    """What a speaker is found by: the canonical name, the words used here, and the name's aliases."""
    if speaker.name:
        yield speaker.name
    yield speaker.text
    yield from known.get(speaker.name or "", ())
