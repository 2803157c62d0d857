"""Descriptions of people beside their names: "US President Donald Trump", "Keir Starmer, the prime minister,".

Knows words around mentions; not quotes.
"""

import re
from collections.abc import Sequence

from processors.quotes.lexicon import Lexicon
from schemas.article import Entity

Titles = dict[str, list[tuple[frozenset[str], Entity]]]
"""Word -> the titles that it is part of, each as a set of words, with a mention of who bears it."""
MOST_WORDS = 5
"""Words taken from before a name at most."""
_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_APPOSITION = re.compile(r",\s+((?:the|a|an)\s)?([^,.;:“”\"\n]{3,60})[,.]")


def described(text: str, people: Sequence[Entity], lexicon: Lexicon) -> Titles:
    """The titles that the article gives to people, by each of their words."""
    titles: Titles = {}
    for person in people:
        for words in (_before(text, person, lexicon), _behind(text, person, lexicon)):
            for word in words:
                titles.setdefault(word, []).append((words, person))
    return titles


def bearers(titles: Titles, words: frozenset[str]) -> dict[str, Entity]:
    """Those with a title that has all the words, by canonical name."""
    rarest = min((titles.get(word, []) for word in words), key=len, default=[])
    return {person.name: person for title, person in rarest if words <= title}


def description(words: str, lexicon: Lexicon) -> frozenset[str]:
    """The words of a description without articles: {"us", "president"}."""
    return frozenset(_fold(word) for word in _WORD.findall(words)) - lexicon.order.articles - lexicon.determiners


def head_of(words: str, lexicon: Lexicon) -> str:
    """A speaker's words up to the first comma or preposition: whom they are about, not of what."""
    for match in _WORD.finditer(words):
        before = words[: match.start()].rstrip()
        if match.start() and (
            before.endswith(",") or match.group().lower() in lexicon.order.stops | {"of", "de", "von"}
        ):
            return before.rstrip(", ")
    return words


def _before(text: str, person: Entity, lexicon: Lexicon) -> frozenset[str]:
    """The words right before a name that are no verb, preposition or article."""
    line = text[max(0, person.start - 80) : person.start]
    line = re.split(r"[\n,;:.“”\"()]\s", line)[-1]
    words: list[str] = []
    for word in reversed(_WORD.findall(line)[-MOST_WORDS:]):
        folded = _fold(word)
        if folded in lexicon.reporting or folded in lexicon.order.stops or folded in lexicon.order.articles:
            break
        words.append(folded)
    return frozenset(words)


def _behind(text: str, person: Entity, lexicon: Lexicon) -> frozenset[str]:
    match = _APPOSITION.match(text, person.end, person.end + 80)
    if match is None or not match.group(1):
        return frozenset()
    if any(_fold(word) in lexicon.reporting for word in _WORD.findall(match.group(2))):
        # "… of the botanist Ada Lind, the museum said."
        return frozenset()
    return description(head_of(match.group(2), lexicon), lexicon)


def _fold(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower())
