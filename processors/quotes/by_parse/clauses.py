"""Complements of reporting verbs: "said that it rains", "vowed to stay", "denied the charges", "called for calm".

Knows the tree and the lexicon; not quotations standing alone, nor names.
"""

from collections.abc import Iterator, Mapping

from processors.quotes.by_parse.next_report import next_report
from processors.quotes.by_parse.subjects import SUBJECTS, own_subject, subject_of
from processors.quotes.by_parse.unsaid import factuality
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import SAID, QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable
from processors.quotes.trimming import one_sentence, trimmed
from schemas.article import Factuality

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

APART = frozenset({":", ";", "("})
"""Signs behind which an attribution is not of what stands before them."""


Verbs = Mapping[int, Factuality]
"""The verbs of a paragraph that report, in order, each with whether that was said."""


def reporting(table: TokenTable, lexicon: Lexicon) -> Verbs:
    """Its verbs of reporting that are no orders to the reader."""
    return {verb: factuality(table, lexicon, verb) for verb in table.cues if not _is_order(table, verb)}


def clauses(table: TokenTable, lexicon: Lexicon, verbs: Verbs) -> list[QuoteCandidate]:
    """All that the verbs of a paragraph report, in the order of the verbs."""
    found: list[QuoteCandidate] = []
    end = 0
    for verb, how in verbs.items():
        if verb >= end and how in SAID:
            found.extend(_reported_by(table, lexicon, verb, how))
            end = found[-1].end if found else 0
    return found


def unsaid_clauses(table: TokenTable, lexicon: Lexicon, verbs: Verbs) -> list[QuoteCandidate]:
    """What the verbs of a paragraph say was not said, or was asked of somebody."""
    unsaid = {verb: how for verb, how in verbs.items() if how not in SAID}
    found = [one for verb, how in unsaid.items() for one in _reported_by(table, lexicon, verb, how)]
    # "refused to say how": what was not said follows the last of the verbs.
    return [one for one in found if not any(verb in one.tokens for verb in unsaid)]


def _reported_by(table: TokenTable, lexicon: Lexicon, verb: int, how: Factuality) -> Iterator[QuoteCandidate]:
    speaker = subject_of(table, verb)
    clause, others = _complements(table, lexicon, verb)
    stretches = [stretch for kid in clause for stretch in _runs(table, verb, kid)]
    if others:
        stretches.append(_span_of(table, others))
    if not stretches and speaker and lexicon.clause.get(table.lower[verb]) in lexicon.order.bare_clause:
        stretches.extend(_unseen(table, verb))
    for stretch in stretches:
        end = _with_what_follows(table, verb, stretch[1])
        start, end = trimmed(table, *one_sentence(table, verb, stretch[0], next_report(table, verb, stretch[0], end)))
        if table.word_count(start, end) >= FEWEST_WORDS:
            yield QuoteCandidate(start, end, (verb, verb + 1), speaker, how)


def _is_order(table: TokenTable, verb: int) -> bool:
    """ "Note that …", "Think of …": nobody says anything."""
    if table.tags[verb] != "VB" or table.deps[verb] != "ROOT":
        return False
    return not any(table.deps[kid] in ("aux", *SUBJECTS) for kid in table.kids[verb])


def _complements(table: TokenTable, lexicon: Lexicon, verb: int) -> tuple[list[int], list[int]]:
    """The clauses that the verb takes, and its objects, by the frames that its word allows."""
    word = table.lower[verb]
    clauses: list[int] = []
    phrases: list[int] = []
    objects: list[int] = []
    for kid in table.kids[verb]:
        relation = table.deps[kid]
        if table.right[kid] - table.left[kid] > LONGEST:
            continue
        if relation in ("ccomp", "parataxis") and word in lexicon.clause and not _is_apart(table, verb, kid):
            clauses.append(kid)
        elif kid > verb and _is_phrase(table, lexicon, verb, kid):
            phrases.append(kid)
        elif kid > verb and relation == "conj" and clauses and _has_that(table, kid):
            clauses.append(kid)
        elif kid > verb and relation in ("dobj", "oprd"):
            told = _told(table, kid) if lexicon.clause.get(word) in lexicon.telling else None
            objects.append(kid) if told is None else clauses.append(told)
    if phrases:
        return clauses, objects + phrases
    if word in lexicon.object:
        said = (kid for kid in objects if not _is_addressed(table, lexicon, verb, kid))
        return clauses, [kid for kid in said if not _is_figure(table, verb, kid)]
    return clauses, []


def _told(table: TokenTable, addressed: int) -> int | None:
    """The clause of "told a briefing that it rains", which a parse hangs on whom one tells.

    It has a subject of its own: "that" is none.
    """
    for kid in table.kids[addressed]:
        if (
            table.deps[kid] in ("relcl", "acl", "ccomp")
            and _has_that(table, kid)
            and own_subject(table, kid) is not None
        ):
            return kid
    return None


def _is_addressed(table: TokenTable, lexicon: Lexicon, verb: int, kid: int) -> bool:
    """ "Warned NATO over troops": somebody by name is whom one speaks to, not what one says."""
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
        return table.lower[verb] in lexicon.object
    if table.deps[kid] == "xcomp":
        return table.lower[verb] in lexicon.infinitive
    leads = lexicon.prepositions.get(table.cues[verb], frozenset())
    return table.deps[kid] == "prep" and table.lower[kid] in leads


def _unseen(table: TokenTable, verb: int) -> Iterator[Range]:
    """A clause right behind the verb that the tree has hung elsewhere: a subject, and a finite verb behind it."""
    start = verb + 1
    end = table.sentence_of(verb)[1]
    if start >= end or table.quotation[start] != OUTSIDE or table.tags[start] not in CLAUSE_OPENERS:
        return
    reach = min(end, start + FARTHEST_VERB)
    comma = next((token for token in range(start, reach) if table.words[token] == ","), reach)
    if table.has_finite_verb(start + 1, comma):
        yield start, end


def _with_what_follows(table: TokenTable, verb: int, end: int) -> int:
    """Where a stretch ends with the phrases that follow it without a comma, as a parse hangs them on the verb."""
    for kid in table.kids[verb]:
        if kid > verb and table.left[kid] == end and table.deps[kid] in CONTINUES:
            end = table.right[kid] + 1
    return end


def _has_that(table: TokenTable, verb: int) -> bool:
    return any(table.deps[kid] == "mark" and table.lower[kid] == "that" for kid in table.kids[verb])


def _span_of(table: TokenTable, tokens: list[int]) -> Range:
    return min(table.left[token] for token in tokens), max(table.right[token] for token in tokens) + 1


def _runs(table: TokenTable, verb: int, complement: int) -> Iterator[Range]:
    """The complement's stretches around the attribution that may interrupt it."""
    above = table.heads[complement]
    others = [kid for kid in table.kids[verb] if kid not in (complement, above) and table.deps[kid] != "punct"]
    blocked = [(verb, verb + 1), *((table.left[kid], table.right[kid] + 1) for kid in others)]
    start = token = table.left[complement]
    end = table.right[complement] + 1
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
