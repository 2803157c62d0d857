"""Attribution of a quotation that no clause explains: the nearest cue, a verb beside the marks, or the last speaker.

Knows one paragraph; not who spoke before it, nor names.
"""

from bisect import bisect_left
from collections.abc import Sequence

from processors.quotes.by_parse.gaps import nouns_from
from processors.quotes.by_parse.noun_phrases import noun_phrase, own_subject
from processors.quotes.by_parse.subjects import subject_of
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import Attribution, Range
from processors.quotes.token_table import FINITE, OUTSIDE, TokenTable

CROSSING = 8
"""What each quotation between a cue and a quotation costs, in words of distance."""
AFTER_THE_SENTENCE = 12
"""What it costs that a cue stands in a later sentence: mostly it has a quotation of its own."""
BEFORE_THE_SENTENCE = 5
"""What it costs that a cue stands in an earlier sentence."""
FARTHEST_CUE = 8
"""Tokens behind the marks within which a cue stands that the tagger misses."""
NEIGHBOURS = 3
"""Cues looked at on each side of a quotation."""
FARTHEST_VERB = 40
"""Tokens from a colon back to the nearest verb of its sentence."""
HIGHEST_CLIMB = 6
"""Heads climbed from there to the verb of the main clause."""
COPULAS = frozenset({"is", "was", "are", "were", "'s", "’s"})
"""What they say something of is not who speaks: "the result was clear: “…”"."""


def attributions(table: TokenTable, lexicon: Lexicon) -> list[Attribution]:
    """Every reporting verb of the paragraph that has a subject, in order."""
    found = []
    for verb in table.cues:
        if table.lower[verb] in lexicon.clause:
            speaker = subject_of(table, verb)
            if speaker is not None:
                found.append(Attribution((verb, verb + 1), speaker))
    return found


def attribute(
    table: TokenTable,
    lexicon: Lexicon,
    quotation: Range,
    known: Sequence[Attribution],
    previous: Attribution | None,
) -> Attribution | None:
    """Who says a quotation: a cue in its sentence, the verb beside it, who said the one before, the nearest cue."""
    near = _near(known, quotation[0])
    behind = next((one for one in near if one.cue[0] == quotation[1]), None)  # "…?” asked Holm", a sentence to a parse
    if behind is not None and table.tags[behind.cue[0]] in FINITE and not _is_colon(table, quotation[1] + 1):
        return behind
    colon = _behind_colon(table, quotation[0], near)
    if colon is not None:
        return colon
    same = [one for one in near if _in_sentence(table, quotation, one.cue[0])]
    if same:
        return min(same, key=lambda one: _distance(table, quotation, one))
    beside = _beside(table, lexicon, quotation)
    if beside or previous:
        return beside or previous
    return min(near, key=lambda one: _distance(table, quotation, one), default=None)


def introduced(table: TokenTable) -> Range | None:
    """Whose words the next paragraph brings, where this one ends with a colon."""
    if not table.heads or table.words[-1] != ":":
        return None
    found = _first_verb(table, range(len(table) - 2, table.sentence[-1] - 1, -1))
    return found.speaker if found else None


def _behind_colon(table: TokenTable, start: int, near: Sequence[Attribution]) -> Attribution | None:
    """Who does what the sentence before a colon says, if no cue goes on with it: "Asked by Ek, Lind hit back: “…”"."""
    colon = start - 1
    while colon > 0 and table.words[colon].isspace():
        colon -= 1
    if colon < 1 or table.words[colon] != ":":
        return None
    first = table.sentence[colon]
    before = range(colon - 1, max(first, colon - FARTHEST_VERB) - 1, -1)
    outside = (token for token in before if table.quotation[token] == OUTSIDE)
    verb = next((token for token in outside if table.tags[token][:2] == "VB"), colon)
    for _ in range(HIGHEST_CLIMB):
        head = table.heads[verb]
        above = first <= head < colon and table.quotation[head] == OUTSIDE and table.tags[head][:2] in ("VB", "IN")
        verb = head if above else verb
    if table.tags[verb][:2] != "VB" or table.lower[verb] in COPULAS:
        return None
    if any(verb <= one.cue[0] < colon for one in near):
        return None
    subject = own_subject(table, verb)
    if subject is None and table.deps[verb] == "acl" and table.words[verb - 1] == ",":
        subject = table.heads[verb]  # "Ek, the mayor, posted in response: “…”" is a participle to some parses
    return None if subject is None else Attribution((verb, verb + 1), noun_phrase(table, subject))


def _is_colon(table: TokenTable, token: int) -> bool:
    return token < len(table) and table.words[token] == ":"


def _near(known: Sequence[Attribution], start: int) -> Sequence[Attribution]:
    place = bisect_left(known, start, key=lambda one: one.cue[0])
    return known[max(0, place - NEIGHBOURS) : place + NEIGHBOURS]


def _in_sentence(table: TokenTable, quotation: Range, verb: int) -> bool:
    return table.sentence[quotation[0]] <= table.sentence[verb] <= table.sentence[quotation[1] - 1]


def _distance(table: TokenTable, quotation: Range, one: Attribution) -> int:
    start, end = quotation
    verb = one.cue[0]
    between = range(verb + 1, start) if verb < start else range(end, verb)
    crossed = {table.quotation[token] for token in between} - {OUTSIDE}
    words = sum(table.quotation[token] == OUTSIDE for token in between)
    away = BEFORE_THE_SENTENCE if verb < start else AFTER_THE_SENTENCE
    return words + CROSSING * len(crossed) + (0 if _in_sentence(table, quotation, verb) else away)


def _beside(table: TokenTable, lexicon: Lexicon, quotation: Range) -> Attribution | None:
    """A verb that no lexicon knows, behind the marks or before them: "…," she laughed; he gloated: "…"."""
    start, end = quotation
    named = inverted(table, end) if table.words[end - 2] == "," else None
    if named is not None:
        return named
    if start > 0 and table.words[start - 1] in (":", ",") and table.inner(table.quotation[start])[:1].isupper():
        return _first_verb(table, range(start - 2, table.sentence[start - 1] - 1, -1))
    if end < len(table) and table.words[end] == ":":
        # A headline: "They left us": survivors blame the coastguard.
        speaker = nouns_from(table, end + 1)
        return Attribution((end, end + 1), speaker) if speaker else None
    if end < len(table) and table.lower[end - 2] in (",", "?", "!", "—", "–"):
        voiced = inverted(table, end) or _voiced(table, lexicon, end)
        return voiced or _first_verb(table, range(end, min(end + AFTER_THE_SENTENCE, len(table))))
    return None


def _voiced(table: TokenTable, lexicon: Lexicon, start: int) -> Attribution | None:
    """Nouns and a cue that the tagger takes for one more noun: "…,” a voice in the film states." """
    cue = None
    for token in range(start + 1, min(start + FARTHEST_CUE, len(table))):
        if table.quotation[token] != OUTSIDE or not (table.is_word(token) or table.words[token] == "-"):
            break
        # The last of two: in "the note reads" the first is a noun.
        cue = token if table.lower[token] in lexicon.clause else cue
        if table.tags[token] in FINITE:
            return None if cue != token else Attribution((cue, cue + 1), (start, cue))
    return None if cue is None else Attribution((cue, cue + 1), (start, cue))


def inverted(table: TokenTable, word: int) -> Attribution | None:
    """The word behind a comma in marks, before a name or noun: "…," fumed Inge Dahl. Its place makes it a verb."""
    if (
        word >= len(table)
        or not table.words[word].islower()
        or not (table.tags[word][0] == "V" or table.lower[word].endswith(("ed", "s")))
    ):
        return None
    speaker = nouns_from(table, word + 1)
    if speaker is None:
        return None
    named = any(table.words[token][0].isupper() for token in range(*speaker))
    if not named and table.tags[speaker[0]] not in ("DT", "PRP$", "CD"):
        return None
    return Attribution((word, word + 1), speaker)


def _first_verb(table: TokenTable, tokens: Sequence[int]) -> Attribution | None:
    for token in tokens:
        if table.quotation[token] != OUTSIDE:
            return None
        if table.tags[token][:2] == "VB":
            speaker = subject_of(table, token)
            if speaker is not None:
                return Attribution((token, token + 1), speaker)
    return None
