"""The gazetteer entries that hold in one article: a Patriot is a missile in an article on arms, else a footballer.

Knows the article's words; nothing of what a model marked.
"""

import re
from functools import cache

from processors.entities import gazetteer
from processors.entities.gazetteer import Known
from processors.entities.occurrences import Names
from schemas.article import EntityKind

_OF_ARMS = re.compile(
    r" (?:(?:deliveries|batteries|launch(?:es|ers?)|missiles?|rockets?|tanks?|drones?|jets?|shells|strikes?)\b"
    r"|(?:(?:can|could) (?:fly|reach|hit|strike)|has a range of|flies) [\w ]{0,12}\d)"
)

_WAR = re.compile(r"\bwar\b")


class ArticleGazetteer:
    """The known names that hold in an article."""

    def __init__(self, known: dict[str, Known]) -> None:
        self.known = known
        self.kinds: dict[str, EntityKind] = dict.fromkeys(gazetteer.unmistakable(), "place")
        """Names found wherever they stand, even where a model overlooks them."""
        self.kinds.update({name.replace(" ", "-"): "place" for name in gazetteer.unmistakable()})
        self.kinds.update((form, one.kind) for form, one in known.items())
        self.names = Names(self.kinds)


def article_gazetteer(text: str) -> ArticleGazetteer:
    """What the gazetteer means in an article with this text."""
    war = gazetteer.military_words().search(text) is not None or _names_arms(text)
    return _article_gazetteer(war, not war and gazetteer.sport_words().search(text) is not None)


def _names_arms(text: str) -> bool:
    """Whether two weapons are named that may be something else, or one with what only arms have, or some in war."""
    named = {}
    for start, end in _doubtful().find(text):
        one = gazetteer.weapons("no")[text[start:end]]
        named[one.name] = end
        if _OF_ARMS.match(text, end) or (text[start:end] == f"{one.name}s" and _WAR.search(text)):
            return True
    return len(named) > 1


@cache
def _doubtful() -> Names:
    return Names(gazetteer.weapons("no"))


@cache
def _article_gazetteer(war: bool, sport: bool) -> ArticleGazetteer:
    known = gazetteer.known() | gazetteer.weapons("yes")
    if not sport:
        known |= gazetteer.weapons("sport")
    return ArticleGazetteer(known | gazetteer.weapons("no") if war else known)
