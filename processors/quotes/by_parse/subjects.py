"""The grammatical subject of a verb, found also over the gaps that a parse leaves.

Knows the tree; not what the verb means, nor who the subject is.
"""

from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import FINITE, OUTSIDE, TokenTable

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


def subject_of(table: TokenTable, verb: int) -> Range | None:
    """Who says it: the tokens of the verb's subject, or None where the tree shows none."""
    if is_passive(table, verb):
        return _agent(table, verb)
    if own_subject(table, verb) is None:
        beside = _beside_marks(table, verb)
        if beside is not None:
            return beside
    token = verb
    for _ in range(HIGHEST_CLIMB):
        subject = own_subject(table, token)
        if subject is not None:
            return noun_phrase(table, subject)
        relation, head = table.deps[token], table.heads[token]
        if relation in ("acl", "relcl") and _is_noun(table, head):
            return _who_issued(table, head) or noun_phrase(table, head)
        if relation not in CLIMBS or head == token:
            return None
        token = _matrix(table, verb, head) if relation == "conj" else head
    return None


def _beside_marks(table: TokenTable, verb: int) -> Range | None:
    """The nouns behind a verb right behind a quotation, where the tree has lost them: "…," said one voter."""
    if not verb or table.quotation[verb - 1] == OUTSIDE or table.tags[verb] not in FINITE:
        return None
    end = verb + 1
    while end < len(table) and table.tags[end] in NOUN_PHRASE and table.quotation[end] == OUTSIDE:
        end += 1
    return (verb + 1, end) if end > verb + 1 else None


def is_passive(table: TokenTable, verb: int) -> bool:
    """Whether the subject is the one who is told, accused or asked."""
    return any(table.deps[kid] in ("auxpass", "agent") for kid in table.kids[verb])


def _agent(table: TokenTable, verb: int) -> Range | None:
    """ "was accused by rivals": the rivals."""
    for kid in table.kids[verb]:
        if table.deps[kid] == "agent":
            for noun in table.kids[kid]:
                if table.deps[noun] == "pobj":
                    return noun_phrase(table, noun)
    return None


def _who_issued(table: TokenTable, noun: int) -> Range | None:
    """ "Both men issued a statement saying": both men, not the statement."""
    verb = table.heads[noun]
    subject = own_subject(table, verb) if table.deps[noun] == "dobj" else None
    return None if subject is None else noun_phrase(table, subject)


def _matrix(table: TokenTable, verb: int, head: int) -> int:
    """For "told us it rained and said …", which a parse joins to "rained": "told", by tense."""
    above = table.heads[head]
    if table.deps[head] == "ccomp" and above in table.cues and table.tags[above] == table.tags[verb]:
        return above
    return head


def noun_phrase(table: TokenTable, noun: int) -> Range:
    """The tokens of a noun with what stands before it and what is tightly bound behind it."""
    start, end = table.left[noun], table.right[noun] + 1
    for kid in table.kids[noun]:
        if kid > noun and table.deps[kid] in CUTS:
            end = min(end, table.left[kid])
    for token in range(noun + 1, end):
        if table.words[token] in (",", "(", "-", *DASHES) and table.deps[token] == "punct":
            end = token
            break
    for token in range(noun - 1, start - 1, -1):
        if table.words[token] in DASHES:  # a dateline: "LONDON — Mayor …"
            start = token + 1
            break
    while end - 1 > noun and not table.is_word(end - 1):
        end -= 1
    while start < noun and not table.is_word(start):
        start += 1
    return start, end


def own_subject(table: TokenTable, verb: int) -> int | None:
    """The noun next to the verb of those that the tree calls its subjects."""
    subjects = [
        kid
        for kid in table.kids[verb]
        if table.deps[kid] in SUBJECTS and _is_noun(table, kid) and _same_side(table, verb, kid)
    ]
    return min(subjects, key=lambda kid: abs(kid - verb), default=None)


def _same_side(table: TokenTable, verb: int, noun: int) -> bool:
    """A verb outside quotation marks has no subject inside them."""
    return table.quotation[noun] in (OUTSIDE, table.quotation[verb])


def _is_noun(table: TokenTable, token: int) -> bool:
    return table.tags[token][:2] in ("NN", "PR", "DT", "WP", "CD", "JJ", "WD")
