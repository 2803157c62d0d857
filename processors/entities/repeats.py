"""Finds names that the model overlooked: known ones, and those found elsewhere in the same article.

Knows what may safely be taken for a name without a model's word; changes no mention that is there.
"""

from bisect import bisect_left
from collections.abc import Iterable

from processors.entities import gazetteer
from processors.entities.article_gazetteer import ArticleGazetteer
from processors.entities.mention import Mention
from processors.entities.occurrences import Names
from schemas.article import EntityKind


def overlooked(text: str, found: list[Mention], surnames: set[str], here: ArticleGazetteer) -> list[Mention]:
    """`found`, in the order of the text, with the repeats and the known names between them."""
    kinds = _repeatable(found, surnames)
    found = _added(text, found, Names(kinds), kinds)
    known = {name: kind for name, kind in here.kinds.items() if name not in surnames} if surnames else here.kinds
    return _added(text, found, here.names, known)


def _repeatable(found: Iterable[Mention], surnames: set[str]) -> dict[str, EntityKind]:
    """Names that mean the same wherever they stand: surnames, two words and more, acronyms."""
    kinds: dict[str, EntityKind] = dict.fromkeys(surnames - gazetteer.words("common_words.txt"), "person")
    for mention in found:
        if " " in mention.text or _is_acronym(mention.text):
            kinds.setdefault(mention.text, mention.kind)
    return kinds


def _is_acronym(name: str) -> bool:
    return len(name) > 2 and sum(map(str.isupper, name)) > 1


def _added(text: str, found: list[Mention], names: Names, kinds: dict[str, EntityKind]) -> list[Mention]:
    starts = [mention.start for mention in found]
    added = []
    for start, end in names.find(text):
        kind = kinds.get(text[start:end])
        after = bisect_left(starts, end)
        free = after == 0 or found[after - 1].end <= start
        if kind is not None and free:
            added.append(Mention(start, end, text[start:end], kind))
    return sorted([*found, *added], key=lambda mention: mention.start)
