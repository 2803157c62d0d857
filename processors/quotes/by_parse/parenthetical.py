"""Parenthetical attributions: "many clubs, he said, have closed", "it rains, officials said".

Reads the surface, because a parse often breaks where a sentence is interrupted. Knows one sentence.
"""

from collections.abc import Iterator

from processors.quotes.by_parse.gaps import between, inverted
from processors.quotes.by_parse.noun_phrases import DASHES, own_subject
from processors.quotes.by_parse.sharing import goes_on
from processors.quotes.by_parse.subjects import subject_of
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable
from processors.quotes.trimming import one_sentence, trimmed

FEWEST_WORDS = 3
"""Shorter, what stands beside it is a time or a link: "now, he said, it rains"."""
RELATIVES = frozenset({"WDT", "WP"})
"""Tags of "which" and "who": their clause is part of the sentence."""
BREAKS = frozenset({",", "-", "--", "–", "—"})
ADVERBIALS = frozenset({"advmod", "npadvmod", "prep", "dative", "aux", "neg", "tmod"})
"""What may follow the verb inside the commas: "he said on Monday"."""


def parentheticals(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """What stands before and after each attribution that commas set off."""
    found: list[QuoteCandidate] = []
    for verb in table.cues:
        if table.lower[verb] in lexicon.clause:
            found.extend(_around(table, lexicon, verb))
    return found


def _around(table: TokenTable, lexicon: Lexicon, verb: int) -> Iterator[QuoteCandidate]:
    bare = table.cues[verb] in lexicon.order.bare_clause
    subject = own_subject(table, verb)
    named = inverted(table, verb) if bare and (subject is None or subject > verb) else None
    beside = None if named else _beside(table, verb, subject)
    if named is not None:
        start, end = verb, named[1]
    elif beside is not None:
        start, end = beside[0], verb + 1
    elif subject is None or table.tags[subject] in RELATIVES:
        return
    else:
        start, end = _extent(table, verb, subject)
    first, last = table.sentence_of(verb)
    if not _is_set_off(table, start, end, first, last) or _is_circumstance(table, verb, start, end):
        return
    speaker = beside or subject_of(table, verb)
    before, behind = (_beginning(table, first, start), start), (end, last)
    # Behind "…, said Holm," comes who Holm is.
    alone = named or _goes_on_alone(table, lexicon, before, end) or _is_followed(table, start, end)
    alone = alone or (start == verb and table.quotation[start - 1] != OUTSIDE)
    for stretch in (before,) if alone else (before, behind):
        stretch = trimmed(table, *one_sentence(table, verb, *stretch))
        if table.word_count(*stretch) >= FEWEST_WORDS:
            yield QuoteCandidate(*stretch, (verb, verb + 1), speaker)


def _beside(table: TokenTable, verb: int, subject: int | None) -> Range | None:
    """The nouns that fill the gap between two commas with the verb, where the tree has another subject or none: "Ek, a
    friend said, is ill", "that, many argue, …"."""
    closed = verb + 1 < len(table) and (_is_break(table, verb + 1) or table.quotation[verb + 1] != OUTSIDE)
    if subject == verb - 1 or not closed:
        return None
    found = between(table, verb)
    return found if found and _is_break(table, found[0] - 1) and subject not in range(*found) else None


def _goes_on_alone(table: TokenTable, lexicon: Lexicon, before: Range, end: int) -> bool:
    """ "It raided the office, the firm said, in a blow to …", "…, he said, in an interview": where and to what end; and
    "…, it said, citing the ministry"."""
    if table.tags[end + 1 : end + 2] == ["VBG"] and table.cues.get(end + 1) in lexicon.citing:
        return table.has_finite_verb(*before)
    return table.lower[end + 1 : end + 3] in (["in", "a"], ["in", "an"]) and table.has_finite_verb(*before)


def _is_followed(table: TokenTable, start: int, end: int) -> bool:
    """Whether the next report follows, "it was late, she wrote to Ek, adding that …", or a dash and what the writer
    makes of it."""
    if end < len(table) and table.words[end] in DASHES:
        return table.words[start - 1] == "," or table.quotation[start - 1] != OUTSIDE
    verb = end + 1
    while verb < len(table) and table.tags[verb] == "RB":
        verb += 1
    return verb in table.cues and table.tags[verb] == "VBG" and goes_on(table, verb)


def _is_circumstance(table: TokenTable, verb: int, start: int, end: int) -> bool:
    """Whether what stands before is when it was, "On Tuesday, even as it rained, she wrote to us, adding that …"."""
    before = {table.deps[kid] for kid in table.kids[verb] if kid < start}
    return _is_followed(table, start, end) and "advcl" in before and "ccomp" not in before


def _is_set_off(table: TokenTable, start: int, end: int, first: int, last: int) -> bool:
    """Whether commas, or a comma and the end of the sentence, stand around an attribution."""
    if start <= first or not (_is_break(table, start - 1) or _is_behind_phrase(table, first, start)):
        return False
    while last > end and table.words[last - 1].isspace():  # blanks at the end of a line
        last -= 1
    if end >= last - 1 or _is_followed(table, start, end):
        # "In the end, he agreed." has no verb before the comma; what is said at length has one.
        return (end == len(table) or table.words[end] != ":") and table.has_finite_verb(first, start)
    if not _is_break(table, end):
        return False
    # "In a speech, he said, "We …": what is before the attribution is its time, unless the quotation goes on from it.
    return table.quotation[end + 1] == OUTSIDE or table.inner(table.quotation[end + 1])[:1].islower()


def _is_behind_phrase(table: TokenTable, first: int, start: int) -> bool:
    """Whether a few words in marks that end with a comma end what is said: "It is old “no matter what,” he said"; not
    where a sign before them ends the writer's words: "She had it built — “for the pupils,” he said"."""
    number = table.quotation[start - 1]
    if number == OUTSIDE or table.inner(number)[-1:] != ",":
        return False
    opening = table.spans[number][0]
    return first < opening and table.is_word(opening - 1) and not table.has_finite_verb(*table.spans[number])


def _beginning(table: TokenTable, first: int, end: int) -> int:
    """Where the words before the attribution begin: not with "but" or a comma."""
    while first < end and table.lower[first] in ("but", "and", "so", "as", ","):
        first += 1
    return first


def _is_break(table: TokenTable, token: int) -> bool:
    return table.words[token] in BREAKS and table.quotation[token] == OUTSIDE


def _extent(table: TokenTable, verb: int, subject: int) -> Range:
    """From the subject to the verb, or the other way round, with adverbials up to the next comma."""
    start = min(verb, table.left[subject])
    for kid in table.kids[verb]:
        if kid < start and table.deps[kid] in ("advmod", "aux") and kid == start - 1:
            start = kid
    end = max(verb, table.right[subject]) + 1
    for kid in table.kids[verb]:
        if kid >= end and table.left[kid] == end and table.deps[kid] in ADVERBIALS:
            end = table.right[kid] + 1
    return start, end
