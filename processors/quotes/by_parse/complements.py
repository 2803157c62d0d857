"""What a verb of reporting takes as what was said: its clauses, infinitives, phrases and objects, by its frames.

Knows the tree around one verb, and the lexicon; not where what was said begins and ends.
"""

from processors.quotes.by_parse.noun_phrases import own_subject
from processors.quotes.lexicon import Lexicon
from processors.quotes.token_table import OUTSIDE, TokenTable

LONGEST = 400
"""Tokens of a clause at most; no sentence of news comes near, and time stays linear in what comes instead."""
ABOUT = frozenset({"to", "of", "about", "against", "over"})
"""Prepositions that lead to what something is said of."""
POINTING = frozenset({"point"})
"""Base forms of verbs whose "to" never leads to whom one tells."""
DEEPEST = 4
"""Prepositions and nouns below whom one tells: "a crowd of guests at his house"."""
APART = frozenset({":", ";", "("})
"""Signs behind which an attribution is not of what stands before them."""


def complements(table: TokenTable, lexicon: Lexicon, verb: int) -> tuple[list[int], list[int]]:
    """The clauses that the verb takes, and its objects, by the frames that its word allows."""
    word = table.lower[verb]
    clauses: list[int] = []
    phrases: list[int] = []
    objects: list[int] = []
    for kid in table.kids[verb]:
        relation = table.deps[kid]
        if table.right[kid] - table.left[kid] > LONGEST:
            continue
        if _is_clause(table, lexicon, verb, kid) or (relation == "conj" and clauses and _has_that(table, kid)):
            clauses.append(kid)
        elif kid > verb and _is_phrase(table, lexicon, verb, kid):
            # "Admitted to the paper that it rains": the clause is what was admitted.
            tells = relation == "prep" and word in lexicon.clause and table.cues[verb] not in POINTING
            told = _told(table, kid) if tells else None
            (phrases if told is None else clauses).append(kid if told is None else told)
        elif kid > verb and relation in ("dobj", "oprd", "prep"):
            told = _told(table, kid) if _may_be_told(table, lexicon, verb, kid) else None
            if told is not None:
                clauses.append(told)
            elif relation != "prep":
                objects.append(kid)
    if phrases and table.cues[verb] in POINTING:
        # "Pointed to the nine times it has rained" is one phrase, however a parse hangs what describes the times.
        return [], phrases + [kid for kid in clauses if table.words[table.left[kid] - 1] != ","]
    phrases = [kid for kid in phrases if not (clauses and table.deps[kid] == "prep")]
    if phrases:
        return clauses, objects + phrases
    if word in lexicon.object:
        said = (kid for kid in objects if not _is_addressed(table, lexicon, verb, kid))
        return clauses, [kid for kid in said if not _is_figure(table, verb, kid)]
    return clauses, []


def _is_clause(table: TokenTable, lexicon: Lexicon, verb: int, kid: int) -> bool:
    """Whether a dependent is a clause that the verb takes; with "that" behind it any verb of saying takes one."""
    relation = table.deps[kid]
    if relation == "advcl":
        return kid > verb and _is_no_circumstance(table, lexicon, verb, kid)
    if relation not in ("ccomp", "parataxis"):
        return False
    if table.lower[verb] in lexicon.clause:
        return not _is_apart(table, verb, kid)
    return kid > verb and table.lower[table.left[kid]] == "that" and _has_that(table, kid)


def _is_no_circumstance(table: TokenTable, lexicon: Lexicon, verb: int, kid: int) -> bool:
    """Clauses that a parse takes for circumstances: "reminding Ek that it rains", "called for the town to close it"."""
    opening = table.left[kid]
    if table.words[opening - 1] == ",":
        return False
    if table.lower[opening] == "that":
        return table.lower[verb] in lexicon.clause and _has_that(table, kid)
    leads = lexicon.prepositions.get(table.cues[verb], frozenset())
    return opening == verb + 1 and table.lower[opening] in leads and own_subject(table, kid) is not None


def _may_be_told(table: TokenTable, lexicon: Lexicon, verb: int, kid: int) -> bool:
    """Whether a clause may hang below whom one tells, or below the time and the place: "said on the first day that"."""
    word = table.lower[verb]
    if lexicon.clause.get(word) in lexicon.telling:
        return True
    # "Responded to reports that it rains", "complained of a smell that they noticed": about what, not what.
    return table.deps[kid] == "prep" and word in lexicon.clause and table.lower[kid] not in ABOUT


def _told(table: TokenTable, addressed: int, depth: int = 0) -> int | None:
    """The clause of "told a briefing of officials that it rains", which a parse hangs on whom one tells.

    It has a subject of its own: "that" is none.
    """
    for kid in table.kids[addressed]:
        relation = table.deps[kid]
        opening = table.left[kid]
        that = _has_that(table, kid) or (table.lower[opening] == "that" and table.tags[opening] == "IN")
        if that and relation in ("relcl", "acl", "ccomp") and own_subject(table, kid) is not None:
            return kid
        if kid > addressed and relation in ("prep", "pobj") and depth < DEEPEST:
            below = _told(table, kid, depth + 1)
            if below is not None:
                return below
    return None


def _is_addressed(table: TokenTable, lexicon: Lexicon, verb: int, kid: int) -> bool:
    """ "Warned NATO over troops": somebody by name is whom one speaks to, not what one says; nor is it the
    ministry of "citing the ministry"."""
    if table.cues[verb] == "cite":
        told = table.has_finite_verb(table.left[kid], table.right[kid] + 1)  # "citing reports that it rained"
        return table.tags[verb] == "VBG" and table.lower[kid] in lexicon.persons.signing and not told
    return table.cues[verb] in lexicon.addressing and table.tags[kid] in ("NNP", "NNPS", "PRP")


def _is_figure(table: TokenTable, verb: int, kid: int) -> bool:
    """ "Posted a $676m loss", "pitching itself as": a figure or the subject itself is not what one posts or pitches."""
    if table.cues[verb] == "pitch":
        return table.lower[kid] in ("itself", "himself", "herself", "themselves")
    inside = range(table.left[kid], table.right[kid] + 1)
    return table.cues[verb] == "post" and any(table.tags[token] in ("CD", "$") for token in inside)


def _is_apart(table: TokenTable, verb: int, kid: int) -> bool:
    """Whether a sign divides a clause from the attribution behind it: "the bridge is old (the mayor says so)"."""
    between = range(table.right[kid], verb)
    return any(table.words[token] in APART and table.quotation[token] == OUTSIDE for token in between)


def _is_phrase(table: TokenTable, lexicon: Lexicon, verb: int, kid: int) -> bool:
    """ "vowed to stay", "called for calm"."""
    if table.deps[kid] == "xcomp" and table.tags[kid] == "VBG":
        # "“It is late,” she said answering a question": what she said stands before.
        return table.lower[verb] in lexicon.object and all(table.deps[other] != "ccomp" for other in table.kids[verb])
    if table.deps[kid] == "xcomp":
        return table.lower[verb] in lexicon.infinitive
    leads = lexicon.prepositions.get(table.cues[verb], frozenset())
    if table.deps[kid] != "prep" or table.lower[kid] not in leads:
        return False
    # "Pointed to his record" is said; "pointed the voters to his record" is done.
    return table.lower[kid] != "to" or all(table.deps[other] != "dobj" for other in table.kids[verb])


def _has_that(table: TokenTable, verb: int) -> bool:
    return any(table.deps[kid] == "mark" and table.lower[kid] == "that" for kid in table.kids[verb])
