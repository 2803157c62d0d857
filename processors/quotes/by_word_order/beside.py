"""Attribution by word order: what stands before and behind a quotation in its sentence.

For languages without a parser, and for English where none has run. Knows no tree.
"""

from collections.abc import Iterator

from processors.quotes.by_word_order.interrupted import interrupted
from processors.quotes.by_word_order.phrases import phrase_after, phrase_before, shared_subject
from processors.quotes.by_word_order.sources import source_at, source_words
from processors.quotes.direct import is_speech
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import NOBODY, Attribution, QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable

FARTHEST = 12
"""Words from a quotation to the word that reports it, behind it."""
_BEFORE_WORDS = " \xa0\u202f¡¿"
"""What stands between a mark and the first word in French and Spanish."""


def beside(table: TokenTable, lexicon: Lexicon) -> Iterator[QuoteCandidate]:
    """The quotations of a paragraph that are speech, with who says them where the sentence tells."""
    previous: Attribution | None = None
    for number, (start, end) in enumerate(table.spans):
        if (
            start == end
            or _is_named(table, lexicon, number)
            or not (
                is_speech(table.inner(number))
                or _is_answer(table, lexicon, number)
                or _is_view(table, lexicon, number)
                or (previous is not None and _goes_on(table, number))
            )
        ):
            continue
        pieces = interrupted(table, lexicon, start, end)
        if pieces:
            yield from pieces
            continue
        first, last = _sentence(table, start, end)
        if lexicon.order.close and not _is_next(table, lexicon, number, first):
            previous = None
        found = _behind(table, lexicon, end, last) or _before(table, lexicon, first, start) or previous
        previous = found
        yield QuoteCandidate(start, end, *(found or NOBODY))


def _is_named(table: TokenTable, lexicon: Lexicon, number: int) -> bool:
    """Whether the marks hold what a noun with its article is called, and nobody reports it: le film « Un hiver »."""
    start, end = table.spans[number]
    noun = start - 1
    if noun < 1 or table.lower[noun - 1] not in lexicon.order.articles or not table.is_word(noun):
        return False
    first, last = _sentence(table, start, end)
    reports = any(token in table.cues for token in (*range(first, start), *range(end, last)))
    opens_as_title = table.inner(number).lstrip(_BEFORE_WORDS)[:1].isupper()
    return opens_as_title and not reports and end < last and table.is_word(end)


def _is_answer(table: TokenTable, lexicon: Lexicon, number: int) -> bool:
    """Whether a few words that begin a sentence have who said them right behind: "Another round?" grinned Per Moen."""
    start, end = table.spans[number]
    if not table.inner(number).lstrip(_BEFORE_WORDS)[:1].isupper() or table.sentence[start] != start:
        return False
    last = _sentence(table, start, end)[1]
    while end < last and not table.is_word(end):
        end += 1
    found = (
        _unknown_verb(table, lexicon, end, last)
        or source_at(table, lexicon, end, last)
        or (_behind(table, lexicon, end, last) if end in table.cues else None)
    )
    return found is not None


def _is_view(table: TokenTable, lexicon: Lexicon, number: int) -> bool:
    """Whether a few words are somebody's view: "Pour Luc Roy, économiste, « c'est fini »"."""
    start, end = table.spans[number]
    first = _sentence(table, start, end)[0]
    opens = first < start and (
        table.lower[first] in lexicon.order.views or source_words(table, lexicon, first, start) > 0
    )
    return opens and table.words[start - 1] == "," and table.word_count(start, end) > 1


def _goes_on(table: TokenTable, number: int) -> bool:
    """Whether a few words go on with what the quotation before them began: «…», dijo ella, «no es potable»."""
    start = table.spans[number][0]
    before = table.spans[number - 1] if number else (0, 0)
    if before[0] == before[1] or table.sentence[before[0]] != table.sentence[start] or start <= before[1]:
        return False
    return table.words[start - 1] == "," and table.word_count(before[1], start) <= FARTHEST


def _is_next(table: TokenTable, lexicon: Lexicon, number: int, first: int) -> bool:
    """Whether a quotation opens its sentence, or a view does, and no sentence stands before it since the last one."""
    if first != table.spans[number][0] and table.lower[first] not in lexicon.order.views:
        return False
    between = range(table.spans[number - 1][1], first) if number else range(0)
    sentence = table.sentence[between[0]] if between else None
    return all(table.sentence[token] == sentence for token in between)


def _sentence(table: TokenTable, start: int, end: int) -> Range:
    """The sentence around a quotation, up to the quotations on either side."""
    first = start
    while first > 0 and table.sentence[first - 1] == table.sentence[start]:
        if table.quotation[first - 1] != OUTSIDE:
            break
        first -= 1
    last = end
    while last < len(table) and table.sentence[last] == table.sentence[end - 1]:
        if table.quotation[last] != OUTSIDE:
            break
        last += 1
    return first, last


def _behind(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> Attribution | None:
    """ "…", sagte Merkel; "…," Merkel said; "…", so Merkel."""
    while start < end and not table.is_word(start):
        start += 1
    source = source_at(table, lexicon, start, end)
    if source is not None:
        return source
    for cue in range(start, min(end, start + FARTHEST)):
        if cue in table.cues:
            return attribution(table, lexicon, cue, start, end)
        if table.words[cue] in ";:":
            return None
    return _unknown_verb(table, lexicon, start, end)


def _unknown_verb(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> Attribution | None:
    """A word right behind the marks, before a name or a noun with its article: "…", schimpft Peter Bauer."""
    order = lexicon.order
    while start < end and (table.lower[start] in order.fillers or table.lower[start] in order.reflexives):
        start += 1
    if start >= end - 1 or not table.words[start].islower() or table.lower[start] in _small(lexicon):
        return None
    following = table.words[start + 1]
    if not (following[0].isupper() or following in order.articles):
        return None
    speaker = phrase_after(table, lexicon, start + 1, end)
    return None if speaker is None else Attribution((start, start + 1), speaker)


def _small(lexicon: Lexicon) -> frozenset[str]:
    order = lexicon.order
    return order.stops | order.bounds | order.articles | order.pronouns | order.that


def _before(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> Attribution | None:
    """Merkel sagte: "…"; Gestern sagte Merkel: "…"; the last word of reporting before the marks."""
    for cue in range(end - 1, start - 1, -1):
        if cue in table.cues:
            return attribution(table, lexicon, cue, start, end)
    if start < end and table.lower[start] in lexicon.order.views and table.words[end - 1] == ",":
        speaker = phrase_after(table, lexicon, start + 1, end)
        return None if speaker is None else Attribution((start, start + 1), speaker)
    return source_at(table, lexicon, start, end)


def attribution(table: TokenTable, lexicon: Lexicon, cue: int, start: int, end: int) -> Attribution | None:
    """The words of reporting at `cue` with the noun before it, else the one behind it, else the sentence's first."""
    after = cue + 1
    if lexicon.order.verb_second and after < end and table.lower[after] in lexicon.order.pronouns:
        return Attribution((cue, after), (after, after + 1))
    speaker = (
        _relative(table, lexicon, start, cue)
        or shared_subject(table, lexicon, start, cue)
        or phrase_before(table, lexicon, start, cue)
        or phrase_after(table, lexicon, after, end)
        or phrase_after(table, lexicon, start, cue)
    )
    return None if speaker is None else Attribution((cue, after), speaker)


def _relative(table: TokenTable, lexicon: Lexicon, start: int, cue: int) -> Range | None:
    """The relative pronoun that is the verb's subject: "Anna Rossi, che ha detto"; not "o que disse"."""
    before = cue - 1
    while before > start and table.lower[before] in lexicon.order.fillers:
        before -= 1
    if before <= start or table.lower[before] not in lexicon.order.relative:
        return None
    return (before, before + 1) if table.lower[before - 1] not in lexicon.order.determiners else None
