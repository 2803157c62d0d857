"""Descriptions of people beside their names: "US President Donald Trump", "Keir Starmer, the prime minister,".

Knows words around mentions; not quotes.
"""

import re
from collections.abc import Sequence

from processors.quotes.lexicon import Lexicon
from schemas.article import Entity

Titles = dict[str, list[tuple[frozenset[str], str, Entity]]]
"""Word -> the titles that it is part of, each as a set of words, with its noun and a mention of who bears it."""
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
                titles.setdefault(word, []).append((frozenset(words), words[-1], person))
    return titles


def bearers(titles: Titles, words: frozenset[str]) -> dict[str, Entity]:
    """Those with a title that has all the words and ends with one of them, by canonical name.

    "The executive" is the bank's chief executive, and the bank is not.
    """
    rarest = min((titles.get(word, []) for word in words), key=len, default=[])
    return {person.name: person for title, noun, person in rarest if words <= title and noun in words}


def description(words: str, lexicon: Lexicon) -> frozenset[str]:
    """The words of a description without articles: {"us", "president"}; {"presidente", "câmara"}."""
    order = lexicon.order
    if order.of:
        small = order.of | order.stops
        return frozenset(word for word in _described_by(words, lexicon) if word not in small)
    return frozenset(_described_by(head_of(words, lexicon), lexicon))


def _described_by(words: str, lexicon: Lexicon) -> list[str]:
    small = lexicon.order.articles | lexicon.determiners
    return [word for word in map(_fold, _WORD.findall(words)) if word not in small]


def head_of(words: str, lexicon: Lexicon) -> str:
    """A speaker's words up to the first comma or preposition: whom they are about, not of what."""
    for match in _WORD.finditer(words):
        before = words[: match.start()].rstrip()
        if match.start() and (
            before.endswith((",", "("))
            or match.group().lower() in lexicon.order.stops | lexicon.order.of | {"of", "de", "von"}
        ):
            return before.rstrip(",( ")
    return words


def _before(text: str, person: Entity, lexicon: Lexicon) -> list[str]:
    """The words right before a name that are no verb, preposition or article."""
    line = text[max(0, person.start - 80) : person.start]
    line = re.split(r"[\n,;:.“”\"()]\s", line)[-1]
    if lexicon.order.of:
        return _office_before(_WORD.findall(line), lexicon)
    words: list[str] = []
    for word in reversed(_WORD.findall(line)[-MOST_WORDS:]):
        folded = _fold(word)
        if folded in lexicon.reporting or folded in lexicon.order.stops or folded in lexicon.order.articles:
            break
        words.append(folded)
    return words[::-1]


def _office_before(line: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The same where the noun goes before its office: ["câmara", "presidente"] of "presidente da Câmara", noun last.

    Nothing of "advogado de" and "governo"; of "porta-voz do presidente" the president: the name is his.
    """
    order, persons = lexicon.order, lexicon.persons
    titles = persons.titled | persons.he_titles | persons.she_titles
    words: list[str] = []
    for word in reversed([part for one in line for part in _parts(one)][-2 * MOST_WORDS :]):
        if word in order.of:
            if not words or words[-1] in titles:
                break
        elif word in lexicon.reporting or word in order.stops or word in order.articles:
            break
        else:
            words.append(word)
    return words if words and words[-1] in titles else []


def _parts(word: str) -> list[str]:
    """ "dell'Interno" is "dell'" and "interno"."""
    small, mark, rest = word.lower().replace("’", "'").partition("'")
    return [small + mark, rest] if mark and rest else [small]


def _behind(text: str, person: Entity, lexicon: Lexicon) -> list[str]:
    match = _APPOSITION.match(text, person.end, person.end + 80)
    if match is None or not match.group(1):
        return []
    if any(_fold(word) in lexicon.reporting for word in _WORD.findall(match.group(2))):
        # "… of the botanist Ada Lind, the museum said."
        return []
    return _described_by(head_of(match.group(2), lexicon), lexicon)


def _fold(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower())
