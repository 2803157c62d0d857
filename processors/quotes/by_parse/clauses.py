"""Complements of reporting verbs: "said that it rains", "vowed to stay", "denied the charges", "called for calm".

Knows the tree and the lexicon; not quotations standing alone, nor names.
"""

from collections.abc import Iterator, Mapping

from processors.quotes.by_parse.complements import complements
from processors.quotes.by_parse.gaps import CLAUSE_OPENERS, with_lost_subject
from processors.quotes.by_parse.next_report import next_report
from processors.quotes.by_parse.noun_phrases import SUBJECTS, noun_phrase, own_subject
from processors.quotes.by_parse.subjects import subject_of
from processors.quotes.by_parse.unsaid import factuality
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import SAID, QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable
from processors.quotes.trimming import FARTHEST, one_sentence, trimmed
from schemas.article import Factuality

FEWEST_WORDS = 3
"""A shorter stretch says nothing: "said so"."""
FARTHEST_VERB = 15
"""Tokens behind the verb of reporting within which the clause's own verb comes."""
CONTINUES = frozenset({"prep", "advcl", "ccomp", "xcomp"})
"""Relations of what belongs to the words before it where no comma stands between."""


Verbs = Mapping[int, Factuality]
"""The verbs of a paragraph that report, in order, each with whether that was said."""


def reporting(table: TokenTable, lexicon: Lexicon) -> Verbs:
    """Its verbs of reporting that are no orders to the reader, and tell what somebody says."""
    tell = (verb for verb in table.cues if not (_is_order(table, verb) or _tells_nothing(table, verb)))
    found = {verb: factuality(table, lexicon, verb) for verb in tell}
    asked = [kid for verb, how in found.items() if how == "asked" for kid in table.kids[verb] if kid > verb]
    # "Asked who they thought was ill": nobody says what is asked for; but "why she thinks it is old" has an answer.
    open_ = [kid for kid in asked if table.deps[kid] == "ccomp" and table.lower[table.left[kid]] != "why"]
    within = {token for clause in open_ for token in _inside(table, clause)}
    return {verb: how for verb, how in found.items() if verb not in within}


def _inside(table: TokenTable, clause: int) -> range:
    return range(table.left[clause], min(table.right[clause] + 1, table.left[clause] + FARTHEST))


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
    speaker = subject_of(table, verb) or _thinker(table, lexicon, verb)
    clause, others = complements(table, lexicon, verb)
    stretches = [stretch for kid in clause for stretch in _runs(table, verb, kid)]
    if others:
        stretches.append(_span_of(table, others))
    if not stretches and speaker and table.lower[verb] in lexicon.clause:
        stretches.extend(_unseen(table, verb, table.cues[verb] in lexicon.order.bare_clause))
    for stretch in stretches:
        end = _with_name(table, verb, _with_what_follows(table, verb, stretch[1]), speaker)
        # "What she hopes to see": the tree hangs "what" on what she hopes.
        opening = verb + 1 if speaker and stretch[0] <= speaker[0] < verb < end else stretch[0]
        if speaker and verb < opening == speaker[0] and table.words[speaker[1] : speaker[1] + 1] == [","]:
            opening = speaker[1]  # "In short, said Holm, it rained"
        if table.cues[verb] in lexicon.order.bare_clause:
            opening = with_lost_subject(table, verb, opening)
        opening = _behind_day(table, lexicon, verb, opening, end)
        first, end = one_sentence(table, verb, opening, next_report(table, verb, opening, end))
        # What is left of a sentence joined to another one by the parse: "As part of the plan, she said it would close".
        left_over = first > stretch[0] and end <= verb and not table.has_finite_verb(first, end)
        start, end = trimmed(table, _behind_colon(table, verb, first, end), _before_speaker(table, speaker, first, end))
        if table.word_count(start, end) >= FEWEST_WORDS and not left_over and not _is_taken(table, verb, start, end):
            yield QuoteCandidate(start, end, (verb, verb + 1), speaker, how)


def _behind_day(table: TokenTable, lexicon: Lexicon, verb: int, start: int, end: int) -> int:
    """Where the clause of "said on Monday it would rain" begins, whose day a parse hangs on what was said."""
    on, day, behind = range(verb + 1, verb + 4)
    if not on <= start < end or behind >= end or table.lower[on] not in ("on", "late", "early"):
        return start
    # Up to the verb: a parse may join the subject to the day, "on Monday inflation had slowed".
    subject = all(table.tags[token] in CLAUSE_OPENERS for token in range(behind, max(start, behind + 1)))
    if table.lower[day] not in lexicon.order.days or not subject or table.quotation[behind] != OUTSIDE:
        return start
    return behind if start == on or start > behind else start


def _with_name(table: TokenTable, verb: int, end: int, speaker: Range | None) -> int:
    """Where a stretch ends with the name before who says it, which a parse takes for the subject as well: "It belonged
    to the painter Ada Lind, the city's museum of art said"."""
    comma = speaker[0] - 1 if speaker else end
    if not end < comma < verb or table.words[comma] != "," or table.tags[end] != "NNP":
        return end
    return end if "," in table.words[end:comma] or table.has_finite_verb(end, comma) else comma


def _before_speaker(table: TokenTable, speaker: Range | None, start: int, end: int) -> int:
    """Where what is said ends before who says it: "It belonged to Ada Lind, the archive said" describes Lind to a
    parse; nowhere, where what tells of who says it is taken for it as well, "Lind, asked about it, had said"."""
    if not speaker or not start <= speaker[0] < end:
        return end
    if speaker[1] >= end:
        return speaker[0] if start < speaker[0] else end
    before = speaker[0] - 1
    apart = start <= before and (table.words[before] == "," or table.quotation[before] != OUTSIDE)
    return speaker[0] if apart else start


def _thinker(table: TokenTable, lexicon: Lexicon, verb: int) -> Range | None:
    """ "She was convinced that it rains": she, whoever convinced her."""
    subject = own_subject(table, verb) if table.cues[verb] in lexicon.thinking else None
    return None if subject is None else noun_phrase(table, subject)


def _behind_colon(table: TokenTable, verb: int, start: int, end: int) -> int:
    """Where what is said begins with a quotation behind a colon: "Ek hit back: “It is safe,” she said"."""
    number = table.quotation[end - 1] if start < end <= verb else OUTSIDE
    first = table.spans[number][0] if number != OUTSIDE else start
    return first if start < first and table.words[first - 1] == ":" else start


def _is_taken(table: TokenTable, verb: int, start: int, end: int) -> bool:
    """Whether a verb behind the marks has the quotation: "as Ek denied — “Who would do that?” asked Holm"."""
    number = table.quotation[start]
    if verb > start or number == OUTSIDE or table.spans[number][1] < end:
        return False
    behind = table.spans[number][1]
    return behind in table.cues and table.words[behind + 1 : behind + 2] != [":"]


def _is_order(table: TokenTable, verb: int) -> bool:
    """ "Note that …", "Think of …": nobody says anything."""
    if table.tags[verb] != "VB" or table.deps[verb] != "ROOT":
        return False
    return not any(table.deps[kid] in ("aux", *SUBJECTS) for kid in table.kids[verb])


def _tells_nothing(table: TokenTable, verb: int) -> bool:
    """ "Find out who sent it" is to learn it, "assuming it is true" is a condition, and "that said, …" is a link."""
    if table.lower[verb - 1 : verb + 2] == ["that", "said", ","]:
        return table.sentence[verb] == verb - 1
    if table.cues[verb] == "find":
        return verb + 1 < len(table) and table.lower[verb + 1] == "out"
    return table.lower[verb] == "assuming" and own_subject(table, verb) is None


def _unseen(table: TokenTable, verb: int, bare: bool) -> Iterator[Range]:
    """A clause right behind the verb that the tree has hung elsewhere: "that", or a subject, and a finite verb behind.

    `bare`: whether the verb takes a clause without "that".
    """
    start = verb + 1
    end = table.sentence_of(verb)[1]
    if start < end and _is_that(table, start) and table.has_finite_verb(start + 1, end):
        yield start, end
        return
    if not bare or start >= end or table.quotation[start] != OUTSIDE or table.tags[start] not in CLAUSE_OPENERS:
        return
    reach = min(end, start + FARTHEST_VERB)
    comma = next((token for token in range(start, reach) if table.words[token] == ","), reach)
    if table.has_finite_verb(start + 1, comma):
        yield start, end


def _is_that(table: TokenTable, token: int) -> bool:
    """The conjunction, not "the book she wrote that helped us"."""
    return table.lower[token] == "that" and table.tags[token] == "IN"


def _with_what_follows(table: TokenTable, verb: int, end: int) -> int:
    """Where a stretch ends with the phrases that follow it without a comma, as a parse hangs them on the verb."""
    for kid in table.kids[verb]:
        if kid > verb and table.left[kid] == end and table.deps[kid] in CONTINUES:
            end = table.right[kid] + 1
    return end


def _span_of(table: TokenTable, tokens: list[int]) -> Range:
    return min(table.left[token] for token in tokens), max(table.right[token] for token in tokens) + 1


def _runs(table: TokenTable, verb: int, complement: int) -> Iterator[Range]:
    """The complement's stretches around the attribution that may interrupt it."""
    beside = (kid for kid in table.kids[verb] if not table.left[kid] <= complement <= table.right[kid])
    others = [kid for kid in beside if table.deps[kid] != "punct"]
    blocked = [(verb, verb + 1), *(_own_side(table, verb, kid) for kid in others)]
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


def _own_side(table: TokenTable, verb: int, kid: int) -> Range:
    """A dependent's stretch on its side of the verb: "Lind alleges that it rained, a claim that …" describes Lind to a
    parse, from the far end of the sentence."""
    start, end = table.left[kid], table.right[kid] + 1
    return (start, min(end, verb)) if kid < verb else (max(start, verb + 1), end)
