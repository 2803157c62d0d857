"""Who does what a verb says: its grammatical subject, found over the gaps a parse leaves.

Knows the tree; not what the verb means, nor who the subject is.
"""

from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
CLIMBS = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "pcomp", "prep", "parataxis"})
"""Relations over which a verb shares the subject of its head: "rose and said", "left, saying"."""
HIGHEST_CLIMB = 4
"""Relations climbed at most: beyond, the subject is that of another event."""
CUTS = frozenset({"relcl", "acl", "appos", "advcl", "parataxis"})
"""What follows a name without being part of it: "Smith, who ran in 2012," is "Smith"."""


def subject_of(reading: Reading, verb: int) -> Range | None:
    """The subject's tokens, or None where the tree shows none."""
    token = verb
    for _ in range(HIGHEST_CLIMB):
        subject = own_subject(reading, token)
        if subject is not None:
            return noun_phrase(reading, subject)
        relation, head = reading.deps[token], reading.heads[token]
        if relation in ("acl", "relcl") and _is_noun(reading, head):
            return noun_phrase(reading, head)
        if relation not in CLIMBS or head == token:
            return None
        token = head
    return None


def noun_phrase(reading: Reading, noun: int) -> Range:
    """The tokens of a noun with what stands before it and what is tightly bound behind it."""
    start, end = reading.left[noun], reading.right[noun] + 1
    for kid in reading.kids[noun]:
        if kid > noun and reading.deps[kid] in CUTS:
            end = min(end, reading.left[kid])
    for token in range(noun + 1, end):
        if reading.lower[token] in (",", "(", "–", "—", "-") and reading.deps[token] == "punct":
            end = token
            break
    while end - 1 > noun and not reading.is_word(end - 1):
        end -= 1
    while start < noun and not reading.is_word(start):
        start += 1
    return start, end


def own_subject(reading: Reading, verb: int) -> int | None:
    for kid in reading.kids[verb]:
        if reading.deps[kid] in SUBJECTS and _is_noun(reading, kid) and _same_side(reading, verb, kid):
            return kid
    return None


def _same_side(reading: Reading, verb: int, noun: int) -> bool:
    """A verb outside quotation marks has no subject inside them."""
    return reading.quotation[noun] in (OUTSIDE, reading.quotation[verb])


def _is_noun(reading: Reading, token: int) -> bool:
    return reading.tags[token][:2] in ("NN", "PR", "DT", "WP", "CD", "JJ", "WD")
