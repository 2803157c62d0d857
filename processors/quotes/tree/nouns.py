"""What nouns of saying lead to: "a claim that it rains", "his promise to stay", "their demand is that we go".

Knows the tree and the lexicon's nouns; not verbs of saying, nor names.
"""

from collections.abc import Iterator

from processors.quotes.lexicon import Lexicon
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range, Said
from processors.quotes.tree.subjects import noun_phrase, subject_of

FEWEST_WORDS = 4
"""Shorter, it is mostly a fixed phrase: "a promise to pay"."""


def nouns(reading: Reading, lexicon: Lexicon) -> list[Said]:
    """What the nouns of a paragraph report, in their order."""
    found: list[Said] = []
    for noun in range(len(reading)):
        frames = lexicon.nouns.get(reading.lower[noun])
        if frames and reading.tags[noun][0] == "N" and reading.quotation[noun] == OUTSIDE:
            found.extend(_reported_by(reading, frames, noun))
    return found


def _reported_by(reading: Reading, frames: frozenset[str], noun: int) -> Iterator[Said]:
    for kid in (*reading.kids[noun], *_predicates(reading, noun)):
        start, end = reading.left[kid], reading.right[kid] + 1
        if kid > noun and _leads(reading, kid) in frames and reading.word_count(start, end) >= FEWEST_WORDS:
            yield Said(start, end, (noun, noun + 1), _speaker(reading, noun))


def _predicates(reading: Reading, noun: int) -> list[int]:
    """What "is" says of the noun: "the hope is that …"."""
    verb = reading.heads[noun]
    if reading.deps[noun] != "nsubj" or reading.lower[verb] not in ("is", "was"):
        return []
    return [kid for kid in reading.kids[verb] if reading.deps[kid] in ("ccomp", "xcomp")]


def _leads(reading: Reading, kid: int) -> str:
    """The word that leads to what is said: "that", "to", "whether" or a preposition."""
    if reading.deps[kid] == "prep":
        return reading.lower[kid]
    if reading.deps[kid] in ("acl", "ccomp", "xcomp", "relcl"):
        for word in reading.kids[kid]:
            if reading.deps[word] == "mark" or reading.lower[word] == "to":
                return reading.lower[word]
    return ""


def _speaker(reading: Reading, noun: int) -> Range | None:
    """Whose noun it is: "his claim", "a claim by the police", else who makes it: "they made claims"."""
    for kid in reading.kids[noun]:
        if reading.deps[kid] == "poss":
            return noun_phrase(reading, kid)
        if reading.deps[kid] == "prep" and reading.lower[kid] in ("by", "from"):
            for source in reading.kids[kid]:
                if reading.deps[source] == "pobj":
                    return noun_phrase(reading, source)
    verb = reading.heads[noun]
    if reading.deps[noun] == "dobj":
        return subject_of(reading, verb)
    return None
