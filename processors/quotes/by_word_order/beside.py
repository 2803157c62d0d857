"""Attribution by word order: what stands before and behind a quotation in its sentence.

For languages without a parser, and for English where none has run. Knows no tree.
"""

from collections.abc import Iterator

from processors.quotes.by_word_order.phrases import phrase_after, phrase_before
from processors.quotes.by_word_order.sources import source_at, source_words
from processors.quotes.direct import is_speech
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import NOBODY, Attribution, QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable

FARTHEST = 12
"""Words from a quotation to the word that reports it, behind it."""
_INSIDE = frozenset(",—–")
"""What opens an attribution inside the marks."""
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
        pieces = _interrupted(table, lexicon, start, end)
        if pieces:
            yield from pieces
            continue
        first, last = _sentence(table, start, end)
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


def _interrupted(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> list[QuoteCandidate]:
    """The pieces of a quotation that has its attribution inside the marks: « Le pont, a dit Anne Petit, est fermé »."""
    for opens in range(start + 1, end - 1):
        if table.words[opens] not in _INSIDE:
            continue
        cue = opens + 1
        while cue < end and table.lower[cue] in lexicon.order.fillers:
            cue += 1
        # "s'indigne Anne Petit": of verbs that nobody lists the little word before them tells enough
        reflexive = not lexicon.order.reflexives.isdisjoint(table.lower[opens + 1 : cue])
        if cue >= end or not (table.lower[cue] in lexicon.strong_words or (reflexive and table.words[cue].islower())):
            continue
        close = next((token for token in range(cue + 1, end) if not table.is_word(token)), end)
        speaker = (cue + 1, close)
        if close > cue + 1 and any(table.words[token][0].isupper() for token in range(*speaker)):
            pieces = [(start, opens), (close + 1, end)]
            return [QuoteCandidate(*one, (cue, cue + 1), speaker) for one in pieces if table.word_count(*one)]
    return []


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
        phrase_before(table, lexicon, start, cue)
        or phrase_after(table, lexicon, after, end)
        or phrase_after(table, lexicon, start, cue)
    )
    return None if speaker is None else Attribution((cue, after), speaker)
