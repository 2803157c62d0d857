"""What nobody said: "did not say whether", "refused to say", "asked whether", "nobody has said that".

Knows the tree around a verb or noun of saying; not what it would have reported.
"""

from processors.quotes.by_parse.noun_phrases import own_subject
from processors.quotes.by_parse.subjects import is_passive
from processors.quotes.lexicon import Lexicon
from processors.quotes.token_table import OUTSIDE, TokenTable
from schemas.article import Factuality

HIGHEST_CLIMB = 3
"""Verbs climbed at most from the verb of saying: "refused to be drawn or to say"."""

QUESTION_WORDS = frozenset({"WRB", "WP", "WDT", "WP$"})
"""Tags of "how", "who", "which", "whose"."""


def factuality(table: TokenTable, lexicon: Lexicon, verb: int) -> Factuality:
    """Whether the verb's words were said, denied by its subject, not spoken at all, or asked of its subject."""
    base, unsaid = table.cues[verb], lexicon.unsaid
    if base in unsaid.asking and _is_asked(table, verb):
        return "asked"
    # "He does not think that it rains" says what he thinks.
    if base not in unsaid.opinions and (_is_denied(table, lexicon, verb) or _is_question(table, verb)):
        return "unsaid"
    if is_open(table, lexicon, verb) or (base in lexicon.order.bare_clause and _has_question(table, verb)):
        return "unsaid"
    return "denied" if base in unsaid.denying else "said"


def is_no_noun(table: TokenTable, lexicon: Lexicon, noun: int) -> bool:
    """Whether there is none of it: "no promise to pay"; or nothing is said to it: "declined to comment on reports"."""
    if any(table.lower[kid] in lexicon.unsaid.nobody for kid in table.kids[noun] if kid < noun):
        return True
    to = table.heads[noun]
    verb = table.heads[to]
    return table.deps[noun] == "pobj" and verb in table.cues and _is_denied(table, lexicon, verb)


def is_open(table: TokenTable, lexicon: Lexicon, verb: int) -> bool:
    """Whether it may have been said or not, or is still to be said: "if he says", "had she said", "would have said",
    "expected to say"."""
    unsaid = lexicon.unsaid
    if table.tags[verb] == "VBN":
        auxiliaries = [table.lower[kid] for kid in table.kids[verb] if kid < verb and table.deps[kid] == "aux"]
        if "have" in auxiliaries and not unsaid.modals.isdisjoint(auxiliaries):
            return True
    if table.deps[verb] == "xcomp" and table.lower[table.heads[verb]] in unsaid.ahead:
        first, last = table.sentence_of(verb)
        # What stands in marks is handed out before it is said.
        return all(table.quotation[token] == OUTSIDE for token in range(first, last))
    if any(table.deps[kid] == "mark" and table.lower[kid] in unsaid.conditions for kid in table.kids[verb]):
        return True
    subject = own_subject(table, verb)
    if subject is None or table.words[table.sentence_of(verb)[1] - 1] == "?":
        return False
    had = table.left[verb] if table.deps[verb] == "advcl" else table.sentence_of(verb)[0]
    return table.lower[had] == "had" and had < subject < verb


def _is_denied(table: TokenTable, lexicon: Lexicon, verb: int) -> bool:
    """By a word of negation, a subject that is nobody, or a verb of refusing; also above: "did not want to say"."""
    unsaid, token = lexicon.unsaid, verb
    for _ in range(HIGHEST_CLIMB):
        if _is_refused(table, lexicon, token):
            return True
        if any(kid < token and table.lower[kid] in unsaid.negations for kid in table.kids[token]):
            return True
        subject = own_subject(table, token)
        if subject is not None:
            return table.lower[subject] in unsaid.nobody or is_no_noun(table, lexicon, subject)
        head, relation = table.heads[token], table.deps[token]
        # "did not come forward and say"; but "did not stay and said" goes on with what was done.
        joined = (
            relation == "conj" and table.tags[token] == table.tags[head] == "VB" and not _has_but(table, head, token)
        )
        if relation == "conj" and any(table.lower[kid] == "nor" for kid in table.kids[head] if head < kid < token):
            return True
        if head == token or table.lower[head] in unsaid.affirming or not (relation == "xcomp" or joined):
            return False
        token = head
    return False


def _is_refused(table: TokenTable, lexicon: Lexicon, verb: int) -> bool:
    """ "refused to say", "without saying", "stopped short of saying"; and "refused" itself, before a verb of saying."""
    refusals = lexicon.unsaid.refusals
    before = verb - 1 if verb and table.lower[verb - 1] not in ("to", "of") else verb - 2
    if before >= 0 and table.lower[before] in refusals:
        return True
    return table.lower[verb] in refusals and any(
        table.deps[kid] == "xcomp" and table.lower[kid] in lexicon.clause for kid in table.kids[verb]
    )


def _has_but(table: TokenTable, first: int, second: int) -> bool:
    return any(table.lower[kid] == "but" and first < kid < second for kid in table.kids[first])


def _is_asked(table: TokenTable, verb: int) -> bool:
    """ "Asked whether it rains, he laughed"; "he was asked whether it rains"; "they asked if it rains"; not "he was
    asked to stay"."""
    if _has_question(table, verb) or _has_question_word(table, verb):
        return True
    if any(table.deps[kid] in ("agent", "xcomp") for kid in table.kids[verb]):
        return False
    alone = table.deps[verb] in ("advcl", "acl") and own_subject(table, verb) is None
    return is_passive(table, verb) or (alone and table.tags[verb] in ("VBN", "VBD"))


def _has_question(table: TokenTable, verb: int) -> bool:
    """ "Asked if it rains", "will say whether it rains"."""
    clauses = [kid for kid in table.kids[verb] if table.deps[kid] == "ccomp" and kid > verb]
    marks = [table.lower[kid] for clause in clauses for kid in table.kids[clause] if table.deps[kid] == "mark"]
    return "whether" in marks or "if" in marks


def _has_question_word(table: TokenTable, verb: int) -> bool:
    """ "Asked Holm how many had come": outside of marks, where a question is somebody's words. Who questions how many
    came says something."""
    if table.cues[verb] != "ask":
        return False
    clauses = [table.left[kid] for kid in table.kids[verb] if table.deps[kid] == "ccomp" and kid > verb]
    return any(table.tags[one] in QUESTION_WORDS and table.quotation[one] == OUTSIDE for one in clauses)


def _is_question(table: TokenTable, verb: int) -> bool:
    """ "Did he say that it rains?": the writer asks."""
    last = table.sentence_of(verb)[1] - 1
    if table.words[last] != "?" or table.heads[verb] != verb:
        return False
    subject = own_subject(table, verb)
    return subject is not None and any(table.deps[kid] == "aux" and kid < subject for kid in table.kids[verb])
