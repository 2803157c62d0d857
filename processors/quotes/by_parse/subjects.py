"""The grammatical subject of a verb, found also over the gaps that a parse leaves.

Knows the tree; not what the verb means, nor who the subject is.
"""

from processors.quotes.by_parse.before_verb import ending_before, left_of
from processors.quotes.by_parse.control import causee, doer_of_means
from processors.quotes.by_parse.documents import who_issued, who_sent
from processors.quotes.by_parse.gaps import (
    behind_dateline,
    behind_marks,
    beside_marks,
    between,
    inverted,
    is_behind_handle,
    nouns_from,
    nouns_up_to,
    with_description,
)
from processors.quotes.by_parse.noun_phrases import SUBJECTS, is_noun, noun_phrase, own_subject, same_side
from processors.quotes.by_parse.sharing import (
    HIGHEST_CLIMB,
    goes_on,
    is_means,
    joined_to,
    nearest_before,
    report_before,
)
from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import FINITE, OUTSIDE, TokenTable

CLIMBS = frozenset({"conj", "xcomp", "advcl", "ccomp", "dep", "pcomp", "prep", "parataxis", "acomp"})
"""Relations over which a verb shares the subject of its head: "rose and said", "left, saying"."""
REDUCED = frozenset({"acl", "acomp", "advcl", "amod"})
"""Relations of a participle that stands for a passive clause."""
GOES_ON = frozenset({"VBD", "VBZ", "VBG"})
"""Tags of verbs that may share the subject of a sentence from afar."""
FARTHEST_REPORT = 12
"""Tokens back to the report that ", blaming …" goes on with."""


def subject_of(table: TokenTable, verb: int) -> Range | None:
    """Who says it: the tokens of the verb's subject, or None where the tree shows none."""
    if is_passive(table, verb) or is_reduced(table, verb):
        return _agent(table, verb)
    named = behind_marks(table, verb) or inverted(table, verb)
    if named is not None:
        return named
    if own_subject(table, verb) is None:
        beside = beside_marks(table, verb) or behind_dateline(table, verb) or between(table, verb)
        if beside is not None:
            return beside
    else:
        closing = _behind_comma(table, verb)
        if closing is not None:
            return closing
    found = with_description(table, verb) or _shared(table, verb) or left_of(table, verb) or _of_sentence(table, verb)
    return found or _of_last_report(table, verb) or nearest_before(table, verb) or _behind_opening(table, verb)


def _behind_opening(table: TokenTable, verb: int) -> Range | None:
    """The nouns between a comma and a finite verb, for a participle that begins a sentence: "Noting that it rained,
    Lind left", where the tree takes all of it for what was noted."""
    if table.tags[verb] != "VBG" or table.sentence[verb] != verb:
        return None
    for token in range(verb + 1, table.sentence_of(verb)[1] - 1):
        found = nouns_from(table, token + 1) if table.words[token] == "," else None
        if found and found[1] < len(table) and table.tags[found[1]] in FINITE:
            return found
    return None


def _of_last_report(table: TokenTable, verb: int) -> Range | None:
    """Who said the words before: "“Too late,” she said, blaming the weather", where the tree hangs it on her words."""
    if table.tags[verb] != "VBG" or not goes_on(table, verb):
        return None
    for token in range(verb - 1, max(table.sentence[verb], verb - FARTHEST_REPORT) - 1, -1):
        if token in table.cues and own_subject(table, token) is not None:
            return _shared(table, token)
    return None


def _of_sentence(table: TokenTable, verb: int) -> Range | None:
    """The subject of the sentence, for a verb that goes on with it: "Rajoy said that …, and insisted that …"."""
    if table.tags[verb] not in GOES_ON or own_subject(table, verb) is not None:
        return None
    root = verb
    while table.heads[root] != root:
        root = table.heads[root]
    subject = own_subject(table, root) if root != verb and table.quotation[root] == OUTSIDE else None
    return None if subject is None else noun_phrase(table, subject)


def _shared(table: TokenTable, verb: int) -> Range | None:
    """The subject of the verb, or of the verbs above it that share theirs."""
    token = report_before(table, verb)
    if own_subject(table, token) is None:
        caused = causee(table, token)
        if caused is not None:
            return noun_phrase(table, caused)
        token = doer_of_means(table, token) or token
    for _ in range(HIGHEST_CLIMB):
        subject = own_subject(table, token)
        if subject is not None:
            return _before_verb(table, token, noun_phrase(table, subject))
        named = inverted(table, token) if token in table.cues else None
        if named is not None:
            return named
        described = ending_before(table, token)
        if described is not None:
            return noun_phrase(table, described)
        relation, head = table.deps[token], table.heads[token]
        if relation == "acl" and table.lower[token - 1] == "to" and is_means(table, head):
            token = table.heads[table.heads[head]]
            continue
        if relation == "acl" and _goes_on_with_sentence(table, token):
            return _of_sentence(table, token)
        if relation in ("acl", "relcl") and is_noun(table, head) and same_side(table, verb, head):
            sent = who_sent(table, head) if table.tags[token] == "VBG" else None
            return sent or who_issued(table, head) or noun_phrase(table, head)
        if relation not in CLIMBS or head == token or not same_side(table, verb, head):
            return None
        token = joined_to(table, verb, token) if relation == "conj" else head
    return None


def _goes_on_with_sentence(table: TokenTable, verb: int) -> bool:
    """ "Holm called for a break, and then another break, declaring that …": it hangs on what he called for."""
    head = table.heads[verb]
    apart = table.deps[head] in ("conj", "dobj", "pobj") and table.words[verb - 1] == ","
    return apart and table.tags[verb] == "VBG" and _of_sentence(table, verb) is not None


def _before_verb(table: TokenTable, verb: int, subject: Range) -> Range:
    """The subject as far as its verb: a parse may hang on it what follows, "Lind alleges that it rained, a claim …"."""
    start, end = subject
    if not start < verb < end:
        return subject
    end = verb
    while end - 1 > start and table.heads[end - 1] == verb and table.deps[end - 1] in ("advmod", "aux", "neg"):
        end -= 1
    return start, end


def _behind_comma(table: TokenTable, verb: int) -> Range | None:
    """The nouns between the last comma and the verb, where the tree took them for a description of a name before it.

    "… the lost letters of the botanist Ada Lind, the museum said": no comma closes a description before the verb.
    """
    found = nouns_up_to(table, verb)
    subject = own_subject(table, verb)
    if found is None or subject is None or subject >= found[0] - 1 or table.words[found[0] - 1] != ",":
        return None
    first = table.sentence[verb]
    commas = [token for token in range(subject, found[0]) if table.words[token] == ","]
    return found if len(commas) == 1 and table.has_finite_verb(first, subject) else None


def is_passive(table: TokenTable, verb: int) -> bool:
    """Whether the subject is the one who is told, accused or asked."""
    relations = {table.deps[kid] for kid in table.kids[verb]}
    if "ccomp" in relations and _is_short(table, verb):
        return False  # "he's said that …"
    return not relations.isdisjoint(("auxpass", "agent"))


def is_reduced(table: TokenTable, verb: int) -> bool:
    """ "a man accused of theft", "he stands accused": a participle without an auxiliary, and without an object."""
    if table.tags[verb] != "VBN" or table.deps[verb] not in REDUCED or is_behind_handle(table, verb):
        return False
    relations = {table.deps[kid] for kid in table.kids[verb]}
    return relations.isdisjoint(("aux", "dobj", "ccomp", *SUBJECTS))


def _is_short(table: TokenTable, verb: int) -> bool:
    return any(table.lower[kid] in ("'s", "’s") and table.deps[kid] == "auxpass" for kid in table.kids[verb])


def _agent(table: TokenTable, verb: int) -> Range | None:
    """ "was accused by rivals": the rivals."""
    for kid in table.kids[verb]:
        if table.deps[kid] == "agent":
            for noun in table.kids[kid]:
                if table.deps[noun] == "pobj":
                    return noun_phrase(table, noun)
    return None
