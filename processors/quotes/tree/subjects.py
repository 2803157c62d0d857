"""Who does what a verb says: its grammatical subject, found over the gaps a parse leaves.

Knows the tree; not what the verb means, nor who the subject is.
"""

from processors.quotes.reading import FINITE, OUTSIDE, Reading
from processors.quotes.said import Range

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
CLIMBS = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "pcomp", "prep", "parataxis", "acomp"})
"""Relations over which a verb shares the subject of its head: "rose and said", "left, saying"."""
DASHES = ("–", "—", "--")
NOUN_PHRASE = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "CD", "POS"})
"""Tags of the words of a simple noun phrase."""
HIGHEST_CLIMB = 4
"""Relations climbed at most: beyond, the subject is that of another event."""
CUTS = frozenset({"relcl", "acl", "appos", "advcl", "parataxis"})
"""What follows a name without being part of it: "Smith, who ran in 2012," is "Smith"."""


def subject_of(reading: Reading, verb: int) -> Range | None:
    """Who says it: the tokens of the verb's subject, or None where the tree shows none."""
    if is_passive(reading, verb):
        return _agent(reading, verb)
    if own_subject(reading, verb) is None:
        beside = _beside_marks(reading, verb)
        if beside is not None:
            return beside
    token = verb
    for _ in range(HIGHEST_CLIMB):
        subject = own_subject(reading, token)
        if subject is not None:
            return noun_phrase(reading, subject)
        relation, head = reading.deps[token], reading.heads[token]
        if relation in ("acl", "relcl") and _is_noun(reading, head):
            return _who_issued(reading, head) or noun_phrase(reading, head)
        if relation not in CLIMBS or head == token:
            return None
        token = _matrix(reading, verb, head) if relation == "conj" else head
    return None


def _beside_marks(reading: Reading, verb: int) -> Range | None:
    """The nouns behind a verb right behind a quotation, where the tree has lost them: "…," said one voter."""
    if not verb or reading.quotation[verb - 1] == OUTSIDE or reading.tags[verb] not in FINITE:
        return None
    end = verb + 1
    while end < len(reading) and reading.tags[end] in NOUN_PHRASE and reading.quotation[end] == OUTSIDE:
        end += 1
    return (verb + 1, end) if end > verb + 1 else None


def is_passive(reading: Reading, verb: int) -> bool:
    """Whether the subject is the one who is told, accused or asked."""
    return any(reading.deps[kid] in ("auxpass", "agent") for kid in reading.kids[verb])


def _agent(reading: Reading, verb: int) -> Range | None:
    """ "was accused by rivals": the rivals."""
    for kid in reading.kids[verb]:
        if reading.deps[kid] == "agent":
            for noun in reading.kids[kid]:
                if reading.deps[noun] == "pobj":
                    return noun_phrase(reading, noun)
    return None


def _who_issued(reading: Reading, noun: int) -> Range | None:
    """ "Both men issued a statement saying": both men, not the statement."""
    verb = reading.heads[noun]
    subject = own_subject(reading, verb) if reading.deps[noun] == "dobj" else None
    return None if subject is None else noun_phrase(reading, subject)


def _matrix(reading: Reading, verb: int, head: int) -> int:
    """For "told us it rained and said …", which a parse joins to "rained": "told", by tense."""
    above = reading.heads[head]
    if reading.deps[head] == "ccomp" and above in reading.cues and reading.tags[above] == reading.tags[verb]:
        return above
    return head


def noun_phrase(reading: Reading, noun: int) -> Range:
    """The tokens of a noun with what stands before it and what is tightly bound behind it."""
    start, end = reading.left[noun], reading.right[noun] + 1
    for kid in reading.kids[noun]:
        if kid > noun and reading.deps[kid] in CUTS:
            end = min(end, reading.left[kid])
    for token in range(noun + 1, end):
        if reading.words[token] in (",", "(", "-", *DASHES) and reading.deps[token] == "punct":
            end = token
            break
    for token in range(noun - 1, start - 1, -1):
        if reading.words[token] in DASHES:  # a dateline: "LONDON — Mayor …"
            start = token + 1
            break
    while end - 1 > noun and not reading.is_word(end - 1):
        end -= 1
    while start < noun and not reading.is_word(start):
        start += 1
    return start, end


def own_subject(reading: Reading, verb: int) -> int | None:
    """The noun next to the verb of those that the tree calls its subjects."""
    subjects = [
        kid
        for kid in reading.kids[verb]
        if reading.deps[kid] in SUBJECTS and _is_noun(reading, kid) and _same_side(reading, verb, kid)
    ]
    return min(subjects, key=lambda kid: abs(kid - verb), default=None)


def _same_side(reading: Reading, verb: int, noun: int) -> bool:
    """A verb outside quotation marks has no subject inside them."""
    return reading.quotation[noun] in (OUTSIDE, reading.quotation[verb])


def _is_noun(reading: Reading, token: int) -> bool:
    return reading.tags[token][:2] in ("NN", "PR", "DT", "WP", "CD", "JJ", "WD")
