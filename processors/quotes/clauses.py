"""What reporting verbs take: "said that it rains", "it rains, he said", "vowed to stay", "denied the charges".

Knows the tree and the lexicon; not quotations standing alone, nor names.
"""

from collections.abc import Iterator

from processors.quotes.lexicon import Lexicon
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range, Said
from processors.quotes.subjects import subject_of

FEWEST_WORDS = 3
"""A shorter stretch says nothing: "said so"."""
NOT_REPORTED = frozenset({"i", "we", "you"})
"""The writer's own words, or the reader's, are not reported."""


def clauses(reading: Reading, lexicon: Lexicon) -> list[Said]:
    """All that the verbs of a paragraph report, in the order of the verbs."""
    found: list[Said] = []
    for verb in range(len(reading)):
        if reading.lower[verb] in lexicon.reporting and _reports(reading, verb):
            found.extend(_reported_by(reading, lexicon, verb))
    return found


def _reports(reading: Reading, verb: int) -> bool:
    return reading.tags[verb][0] == "V" and reading.quotation[verb] == OUTSIDE


def _reported_by(reading: Reading, lexicon: Lexicon, verb: int) -> Iterator[Said]:
    speaker = subject_of(reading, verb)
    if speaker and speaker[1] - speaker[0] == 1 and reading.lower[speaker[0]] in NOT_REPORTED:
        return
    for complement in _complements(reading, lexicon, verb):
        for start, end in _runs(reading, verb, complement):
            if reading.word_count(start, end) >= FEWEST_WORDS:
                yield Said(start, end, (verb, verb + 1), speaker, verb)


def _complements(reading: Reading, lexicon: Lexicon, verb: int) -> list[int]:
    """The heads of what the verb takes, by the frames that its word allows."""
    word = reading.lower[verb]
    taken: list[int] = []
    for kid in reading.kids[verb]:
        relation = reading.deps[kid]
        if (
            (relation in ("ccomp", "parataxis") and word in lexicon.clause)
            or (relation == "xcomp" and word in lexicon.infinitive)
            or (relation == "dobj" and word in lexicon.object and kid > verb)
        ):
            taken.append(kid)
    return taken


def _runs(reading: Reading, verb: int, complement: int) -> Iterator[Range]:
    """The complement's stretches around the attribution that may interrupt it."""
    others = [kid for kid in reading.kids[verb] if kid != complement and reading.deps[kid] != "punct"]
    blocked = [(verb, verb + 1), *((reading.left[kid], reading.right[kid] + 1) for kid in others)]
    token, end = reading.left[complement], reading.right[complement] + 1
    start = token
    while token < end:
        hit = next((stretch for stretch in blocked if stretch[0] <= token < stretch[1]), None)
        if hit is None:
            token += 1
            continue
        if token > start:
            yield trimmed(reading, start, token)
        start = token = hit[1]
    if end > start:
        yield trimmed(reading, start, end)


def trimmed(reading: Reading, start: int, end: int) -> Range:
    """Without what is no word at the edges; marks of a quotation stay."""
    while start < end and not reading.is_word(start) and reading.quotation[start] == OUTSIDE:
        start += 1
    while end > start and not reading.is_word(end - 1) and reading.quotation[end - 1] == OUTSIDE:
        end -= 1
    return start, end
