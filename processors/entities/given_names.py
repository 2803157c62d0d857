"""People by the words of their names: no title is part of one, and what begins with a given name is somebody.

Knows lists of given names and titles; nothing of the rest of the article.
"""

import re
from collections.abc import Iterable

from processors.entities import gazetteer
from processors.entities.evidence import own_words
from processors.entities.mention import Mention
from processors.entities.person_name import is_given, untitled
from processors.entities.place_names import is_anywhere
from processors.model.english_words import is_english

# Code points before a name in which its title stands.
_REACH = 24
_NO_PERSON = ("place", "organisation")
_FAMILY = re.compile(r" ([A-ZÀ-Þ][a-zà-ÿ’'-]+)\b(?! [A-Z])")


def titles(found: Iterable[Mention]) -> None:
    """A title is no part of a person's name."""
    for mention in found:
        if mention.kind == "person" and (skipped := untitled(mention.text)):
            mention.start += skipped
            mention.text = mention.text[skipped:]


def given_names(text: str, found: Iterable[Mention]) -> None:
    """ "Irving Berlin" is no place and "Mayor London Breed" no firm: a given name, or a title before two words."""
    for mention in found:
        _family_behind(text, mention)
        first, _, last = mention.text.partition(" ")
        if not last.isalpha() or mention.kind not in _NO_PERSON or is_anywhere(mention.text) or own_words(mention.text):
            continue
        before = text[max(0, mention.start - _REACH) : mention.start].rstrip().rpartition(" ")[2]
        titled = before[:1].isupper() and before.lower() in gazetteer.words("titles.txt")
        if titled or ((mention.kind == "place" or "-" in first) and is_given(first)):
            mention.kind = "person"


def _family_behind(text: str, mention: Mention) -> None:
    """ "Israel Adesanya", marked to its middle: a given name that is a land's too, before no word."""
    behind = _FAMILY.match(text, mention.end) if mention.kind == "place" and is_given(mention.text) else None
    if behind and not is_english(behind[1].lower()) and not is_anywhere(behind[1]):
        mention.end, mention.kind = behind.end(), "person"
        mention.text = text[mention.start : mention.end]
