"""People by the words of their names: no title is part of one, and what begins with a given name is somebody.

Knows lists of given names and titles; nothing of the rest of the article.
"""

import re
from collections.abc import Iterable

from processors.entities import gazetteer
from processors.entities.evidence import own_words
from processors.entities.mention import Mention
from processors.entities.person_name import is_given, untitled
from processors.entities.place_names import is_anywhere, is_place
from processors.model.english_words import is_english

# Code points before a name in which its title stands.
_REACH = 24
_NO_PERSON = ("place", "organisation")
# The kinds that given names are taken for which name a land or a faith too: Israel, Christian.
_OF_MANY = ("place", "group")
_FAMILY = re.compile(r" ([A-ZÀ-Þ][a-zà-ÿ’'-]+)\b(?! [A-Z])")
_FEWEST_DESCRIBED = 3
"""Words: what somebody is, and a full name."""
# How nouns of those who do something end.
_DOER = re.compile(r"(?:er|or|ist|ian|man|woman|ess|ant|eer|aire|wife)$")
_SENTENCE = re.compile(r"""(?:^|[.!?]["”’)]? |\n)["“]?$""")
_DOUBLE = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+-[A-ZÀ-Þ][a-zà-ÿ]+$")


def titles(found: Iterable[Mention]) -> None:
    """A title is no part of a person's name."""
    for mention in found:
        if mention.kind == "person" and (skipped := untitled(mention.text)):
            mention.start += skipped
            mention.text = mention.text[skipped:]


def given_names(text: str, found: Iterable[Mention]) -> None:
    """ "Irving Berlin" is no place and "Mayor London Breed" no firm: a given name, or a title before two words;
    nor is Beate Meinl-Reisinger."""
    for mention in found:
        _family_behind(text, mention)
        _described(text, mention)
        first, _, last = mention.text.partition(" ")
        double = _DOUBLE.match(last) and is_given(first) and not is_place(first)
        full = last.isalpha() or double
        if not full or mention.kind not in _NO_PERSON or is_anywhere(mention.text) or own_words(mention.text):
            continue
        before = text[max(0, mention.start - _REACH) : mention.start].rstrip().rpartition(" ")[2]
        titled = before[:1].isupper() and before.lower() in gazetteer.words("titles.txt")
        if double or titled or ((mention.kind == "place" or "-" in first) and is_given(first)):
            mention.kind = "person"


def _described(text: str, mention: Mention) -> None:
    """ "Novelist Edith Crane", where a sentence begins: a word and a full name, and no firm."""
    words = mention.text.split(" ")
    if mention.kind not in _NO_PERSON or len(words) < _FEWEST_DESCRIBED or own_words(mention.text):
        return
    what, given = words[:2]
    begins = _SENTENCE.search(text, max(0, mention.start - _REACH), mention.start)
    if begins and _DOER.search(what) and is_english(what.lower()) and is_given(given):
        mention.start, mention.kind = mention.start + len(what) + 1, "person"
        mention.text = text[mention.start : mention.end]


def _family_behind(text: str, mention: Mention) -> None:
    """ "Israel Adesanya", marked to its middle: a given name that is a land's too, before no word."""
    behind = _FAMILY.match(text, mention.end) if mention.kind in _OF_MANY and is_given(mention.text) else None
    if behind and not is_english(behind[1].lower()) and not is_anywhere(behind[1]):
        mention.end, mention.kind = behind.end(), "person"
        mention.text = text[mention.start : mention.end]
