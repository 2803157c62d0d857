"""What reporting verbs take: "said that it rains", "vowed to stay", "denied the charges", "called for calm".

Knows the tree and the lexicon; not quotations standing alone, nor names.
"""

from collections.abc import Iterator

from processors.quotes.lexicon import Lexicon
from processors.quotes.reading import OUTSIDE, Reading
from processors.quotes.said import Range, Said
from processors.quotes.tree.subjects import SUBJECTS, own_subject, subject_of
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 3
"""A shorter stretch says nothing: "said so"."""
LONGEST = 400
"""Tokens of a clause at most; no sentence of news comes near, and time stays linear in what comes instead."""
CLAUSE_OPENERS = frozenset({"PRP", "DT", "EX", "NNP", "NNS", "NN", "NNPS", "CD", "PRP$", "JJ"})
"""Tags of words that begin a subject."""
FARTHEST_VERB = 15
"""Tokens behind the verb of reporting within which the clause's own verb comes."""
CONTINUES = frozenset({"prep", "advcl", "ccomp", "xcomp"})
"""Relations of what belongs to the words before it where no comma stands between."""


def clauses(reading: Reading, lexicon: Lexicon) -> list[Said]:
    """All that the verbs of a paragraph report, in the order of the verbs."""
    found: list[Said] = []
    end = 0
    for verb in reading.cues:
        if verb >= end:
            found.extend(_reported_by(reading, lexicon, verb))
            end = found[-1].end if found else 0
    return found


def _reported_by(reading: Reading, lexicon: Lexicon, verb: int) -> Iterator[Said]:
    if _is_order(reading, verb):
        return
    speaker = subject_of(reading, verb)
    clause, others = _complements(reading, lexicon, verb)
    stretches = [stretch for kid in clause for stretch in _runs(reading, verb, kid)]
    if others:
        stretches.append(_span_of(reading, others))
    if not stretches and speaker and lexicon.clause.get(reading.lower[verb]) in lexicon.order.bare_clause:
        stretches.extend(_unseen(reading, verb))
    for stretch in stretches:
        start, end = trimmed(reading, stretch[0], _with_what_follows(reading, verb, stretch[1]))
        if reading.word_count(start, end) >= FEWEST_WORDS:
            yield Said(start, end, (verb, verb + 1), speaker)


def _is_order(reading: Reading, verb: int) -> bool:
    """ "Note that …", "Think of …": nobody says anything."""
    if reading.tags[verb] != "VB" or reading.deps[verb] != "ROOT":
        return False
    return not any(reading.deps[kid] in ("aux", *SUBJECTS) for kid in reading.kids[verb])


def _complements(reading: Reading, lexicon: Lexicon, verb: int) -> tuple[list[int], list[int]]:
    """The clauses that the verb takes, and its objects, by the frames that its word allows."""
    word = reading.lower[verb]
    clauses: list[int] = []
    phrases: list[int] = []
    objects: list[int] = []
    for kid in reading.kids[verb]:
        relation = reading.deps[kid]
        if reading.right[kid] - reading.left[kid] > LONGEST:
            continue
        if relation in ("ccomp", "parataxis") and word in lexicon.clause:
            clauses.append(kid)
        elif kid > verb and _is_phrase(reading, lexicon, verb, kid):
            phrases.append(kid)
        elif kid > verb and relation == "conj" and clauses and _has_that(reading, kid):
            clauses.append(kid)
        elif kid > verb and relation in ("dobj", "oprd"):
            objects.append(kid)
    if phrases or word in lexicon.object:
        return clauses, objects + phrases
    return clauses, []


def _is_phrase(reading: Reading, lexicon: Lexicon, verb: int, kid: int) -> bool:
    """ "vowed to stay", "called for calm"."""
    if reading.deps[kid] == "xcomp":
        return reading.lower[verb] in lexicon.infinitive
    leads = lexicon.prepositions.get(reading.cues[verb], frozenset())
    return reading.deps[kid] == "prep" and reading.lower[kid] in leads


def _unseen(reading: Reading, verb: int) -> Iterator[Range]:
    """A clause right behind the verb that the tree has hung elsewhere: a subject, and a finite verb behind it."""
    start = verb + 1
    end = reading.sentence_of(verb)[1]
    if start >= end or reading.quotation[start] != OUTSIDE or reading.tags[start] not in CLAUSE_OPENERS:
        return
    reach = min(end, start + FARTHEST_VERB)
    comma = next((token for token in range(start, reach) if reading.words[token] == ","), reach)
    if reading.has_finite_verb(start + 1, comma):
        yield start, end


def _with_what_follows(reading: Reading, verb: int, end: int) -> int:
    """Where a stretch ends with the phrases that follow it without a comma, as a parse hangs them on the verb."""
    for kid in reading.kids[verb]:
        if kid > verb and reading.left[kid] == end and reading.deps[kid] in CONTINUES:
            end = reading.right[kid] + 1
    return end


def _has_that(reading: Reading, verb: int) -> bool:
    return any(reading.deps[kid] == "mark" and reading.lower[kid] == "that" for kid in reading.kids[verb])


def _span_of(reading: Reading, tokens: list[int]) -> Range:
    return min(reading.left[token] for token in tokens), max(reading.right[token] for token in tokens) + 1


def _runs(reading: Reading, verb: int, complement: int) -> Iterator[Range]:
    """The complement's stretches around the attribution that may interrupt it."""
    others = [kid for kid in reading.kids[verb] if kid != complement and reading.deps[kid] != "punct"]
    blocked = [(verb, verb + 1), *((reading.left[kid], reading.right[kid] + 1) for kid in others)]
    start = token = reading.left[complement]
    end = _end_of(reading, verb, complement)
    while token < end:
        hit = next((stretch for stretch in blocked if stretch[0] <= token < stretch[1]), None)
        if hit is None:
            token += 1
            continue
        if token > start:
            yield start, token
        start = token = hit[1]
    if end > start:
        yield start, end


def _end_of(reading: Reading, verb: int, complement: int) -> int:
    """Where a clause ends: before another report, which a parse hangs on the clause and not on "said"."""
    for kid in reading.kids[complement]:
        if kid > verb and kid in reading.cues and _is_another_report(reading, verb, kid):
            return reading.left[kid]
    return reading.right[complement] + 1


def _is_another_report(reading: Reading, verb: int, cue: int) -> bool:
    """ "… and urged them to stay" by the same speaker, "…, while others said" by another one."""
    has_subject = own_subject(reading, cue) is not None
    if reading.deps[cue] == "advcl":
        return has_subject and reading.lower[reading.left[cue]] in ("while", "though", "although")
    return reading.deps[cue] == "conj" and reading.tags[cue] == reading.tags[verb] and not has_subject
