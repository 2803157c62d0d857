"""Attribution of a quotation that no clause explains: the nearest cue, a verb beside the marks, or the last speaker.

Knows one paragraph; not who spoke before it, nor names.
"""

from bisect import bisect_left
from collections.abc import Sequence

from processors.quotes.by_parse.gaps import nouns_from
from processors.quotes.by_parse.subjects import subject_of
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import Attribution, Range
from processors.quotes.token_table import OUTSIDE, TokenTable

CROSSING = 8
"""What each quotation between a cue and a quotation costs, in words of distance."""
AFTER_THE_SENTENCE = 12
"""What it costs that a cue stands in a later sentence: mostly it has a quotation of its own."""
BEFORE_THE_SENTENCE = 5
"""What it costs that a cue stands in an earlier sentence."""
NEIGHBOURS = 3
"""Cues looked at on each side of a quotation."""


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
    table: TokenTable, quotation: Range, known: Sequence[Attribution], previous: Attribution | None
) -> Attribution | None:
    """Who says a quotation: a cue in its sentence, the verb beside it, who said the one before, the nearest cue."""
    near = _near(known, quotation[0])
    same = [one for one in near if _in_sentence(table, quotation, one.cue[0])]
    if same:
        return min(same, key=lambda one: _distance(table, quotation, one))
    beside = _beside(table, quotation)
    if beside or previous:
        return beside or previous
    return min(near, key=lambda one: _distance(table, quotation, one), default=None)


def introduced(table: TokenTable) -> Range | None:
    """Whose words the next paragraph brings, where this one ends with a colon."""
    if not table.heads or table.words[-1] != ":":
        return None
    found = _first_verb(table, range(len(table) - 2, table.sentence[-1] - 1, -1))
    return found.speaker if found else None


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


def _beside(table: TokenTable, quotation: Range) -> Attribution | None:
    """A verb that no lexicon knows, behind the marks or before them: "…," she laughed; he gloated: "…"."""
    start, end = quotation
    if start > 0 and table.words[start - 1] in (":", ",") and table.inner(table.quotation[start])[:1].isupper():
        return _first_verb(table, range(start - 2, table.sentence[start - 1] - 1, -1))
    if end < len(table) and table.words[end] == ":":
        # A headline: "They left us": survivors blame the coastguard.
        speaker = nouns_from(table, end + 1)
        return Attribution((end, end + 1), speaker) if speaker else None
    if end < len(table) and table.lower[end - 2] in (",", "?", "!", "—", "–"):
        return inverted(table, end) or _first_verb(table, range(end, min(end + AFTER_THE_SENTENCE, len(table))))
    return None


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
