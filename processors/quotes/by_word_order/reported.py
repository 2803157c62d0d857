"""Indirect speech by word order: "sagte, er komme", "said that …", "laut Polizei …", and moods that only report.

For languages without a parser, and for English where none has run. Reads sentence by sentence; no tree.
"""

from collections.abc import Iterator
from dataclasses import replace

from processors.quotes.by_word_order.beside import attribution
from processors.quotes.by_word_order.sources import source_at, source_ending, source_words
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import Attribution, QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 4
"""As the parser's rules have it; shorter, the order of words is no evidence."""
FEWEST_IN_DIALOGUE = 2
"""Behind a dash that opens a line of dialogue: "— Nous partons, a dit Anne Petit"."""
_DASHES = frozenset({"—", "–"})
NEAR = 8
"""Tokens from a verb to the word that opens what was said: "said on Monday that"."""
NEGATION = 4
"""Tokens from a word of negation to the verb it denies: "no quiso decir"."""
CLOSING = 5
"""Tokens from a comma to the verb of an attribution that closes a sentence."""


def reported(table: TokenTable, lexicon: Lexicon) -> Iterator[QuoteCandidate]:
    """What the sentences of a paragraph report."""
    last: Attribution | None = None
    for start, end in sentences(table):
        found = _by_source(table, lexicon, start, end) or _by_verb(table, lexicon, start, end)
        if not found and last is not None and _only_reports(table, lexicon, start, end):
            found = [_candidate(table, (start, end), None, last.speaker)]
        fewest = FEWEST_IN_DIALOGUE if table.words[start] in _DASHES else FEWEST_WORDS
        for candidate in found:
            if table.word_count(candidate.start, candidate.end) >= fewest:
                yield candidate
                if candidate.cue and candidate.speaker:
                    last = Attribution(candidate.cue, candidate.speaker)


def unsaid(table: TokenTable, lexicon: Lexicon) -> Iterator[QuoteCandidate]:
    """What the sentences of a paragraph say was not said."""
    for cue in table.cues:
        start, end = table.sentence_of(cue)
        content = _behind(table, lexicon, cue, end) if _is_denied(table, lexicon, cue, start) else None
        found = attribution(table, lexicon, cue, start, content[0]) if content else None
        if content and found and table.word_count(*content) >= FEWEST_WORDS:
            yield replace(_candidate(table, content, found.cue, found.speaker), factuality="unsaid")


def sentences(table: TokenTable) -> Iterator[Range]:
    """The sentences of a paragraph as ranges of tokens."""
    start = 0
    while start < len(table):
        start, end = table.sentence_of(start)
        yield start, end
        start = end


def _candidate(table: TokenTable, content: Range, cue: Range | None, speaker: Range | None) -> QuoteCandidate:
    start, end = trimmed(table, *content)
    return QuoteCandidate(start, end, cue, speaker)


def _by_source(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> list[QuoteCandidate]:
    """The sentence around "laut Polizei" or "der Zeitung zufolge"."""
    order = lexicon.order
    for token in range(start, end):
        word = table.lower[token]
        if not (word in order.source_starts or word in order.sources_behind) or table.quotation[token] != OUTSIDE:
            continue
        source = source_at(table, lexicon, token, end) if source_words(table, lexicon, token, end) else None
        source = source or source_ending(table, lexicon, start, token)
        if source is not None:
            first, last = min(source.cue[0], source.speaker[0]), max(source.cue[1], source.speaker[1])
            if first == start and not order.comma_opens:
                last = _after_comma(table, last, end)
                if _is_description(table, lexicon, last, end):
                    last = _after_comma(table, last, end)
            return [
                _candidate(table, content, source.cue, source.speaker)
                for content in ((start, first), (last, end))
                if table.word_count(*content) >= FEWEST_WORDS
            ]
    return []


def _after_comma(table: TokenTable, start: int, end: int) -> int:
    """Where the sentence goes on behind all that is said of its source, which a comma closes."""
    for token in range(start, min(start + NEAR, end)):
        if table.words[token] == ",":
            return token + 1
    return start


def _is_description(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether commas stand around words without an article: "selon Anne Petit, maire de Dorn, le pont …"."""
    order = lexicon.order
    if start >= end or not table.words[start][0].islower() or table.words[start - 1] != ",":
        return False
    if table.lower[start] in (order.articles | order.pronouns | order.stops | order.fillers) - order.of:
        return False
    return _after_comma(table, start, end) > start


def _is_denied(table: TokenTable, lexicon: Lexicon, cue: int, start: int) -> bool:
    """Whether a word of negation, or a subject that is nobody, stands shortly before the verb."""
    unsaid = lexicon.unsaid
    for token in range(cue - 1, max(start, cue - NEGATION) - 1, -1):
        word = table.lower[token]
        if not table.is_word(token):
            return False
        if word in unsaid.negations or word in unsaid.nobody or word.endswith(("n't", "n’t")):
            return True
    return False


def _by_verb(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> list[QuoteCandidate]:
    """What a verb of reporting opens behind itself, or closes before itself."""
    for cue in (token for token in table.cues if start <= token < end):
        if _is_denied(table, lexicon, cue, start) or (lexicon.order.close and table.words[end - 1] == "?"):
            continue  # nor does "Credi che piova?" tell what anybody believes
        content = _behind(table, lexicon, cue, end) or _before(table, lexicon, cue, start, end)
        if content is not None:
            bounds = (content[1], end) if content[1] <= cue else (start, content[0])
            found = attribution(table, lexicon, cue, *bounds)
            if found is not None:
                return [_candidate(table, content, found.cue, found.speaker)]
    return []


def _behind(table: TokenTable, lexicon: Lexicon, cue: int, end: int) -> Range | None:
    order = lexicon.order
    for token in range(cue + 1, min(cue + NEAR, end)):
        if table.lower[token] in order.that and (not order.close or _adjoins(table, lexicon, cue, token)):
            return token, end
        if order.comma_opens and table.words[token] == "," and not _is_behind_marks(table, cue):
            return token + 1, end
    opens = cue + 1
    if order.bare_clause and opens < end and _begins_clause(table, lexicon, cue, opens):
        return opens, end
    return None


def _is_behind_marks(table: TokenTable, cue: int) -> bool:
    """Whether the verb tells who said the quotation right before it: a comma behind it then opens nothing."""
    marked = {table.quotation[token] for token in range(max(0, cue - 2), cue)} - {OUTSIDE}
    return any(table.word_count(*table.spans[number]) >= FEWEST_WORDS for number in marked)


def _begins_clause(table: TokenTable, lexicon: Lexicon, cue: int, token: int) -> bool:
    """ "said immigrants came", "wrote he came"; not "told CNN", "said on Monday"."""
    word, order = table.lower[token], lexicon.order
    if word in order.pronouns or word in order.articles:
        return True
    return table.is_word(token) and word not in order.stops and table.cues[cue] in order.bare_clause


def _adjoins(table: TokenTable, lexicon: Lexicon, cue: int, that: int) -> bool:
    """Whether only adverbs, a preposition's phrase or an aside stand between: "disse à Lusa que"."""
    order = lexicon.order
    first = cue + 1
    while first < that and table.lower[first] in order.fillers:
        first += 1
    if first == that:
        return True
    opens = table.words[first] in ",(" or table.lower[first] in order.stops - order.bounds
    return opens and table.lower[that - 1] not in order.determiners and table.lower[that] not in order.reflexives


def _before(table: TokenTable, lexicon: Lexicon, cue: int, start: int, end: int) -> Range | None:
    """ "…, sagte Rutan." and "…, officials said.": the attribution closes the sentence."""
    for token in range(cue - 1, max(start, cue - CLOSING), -1):
        if table.words[token] == "," and table.quotation[token] == OUTSIDE:
            closes = not any(table.words[later] == "," for later in range(cue, end))
            if lexicon.order.close:
                closes = closes and _is_inverted(table, lexicon, start, token, cue)
            return (start, token) if closes else None
    return None


def _is_inverted(table: TokenTable, lexicon: Lexicon, start: int, comma: int, cue: int) -> bool:
    """Whether a verb stands right behind the comma that closes what was said: "…, disse o ministro".

    Not behind a description of the subject: "o ministro, Rui Matos, comentou o plano".
    """
    order = lexicon.order
    last = next((token for token in range(comma - 1, start, -1) if table.words[token] == ","), None)
    if last is not None and (table.words[last + 1][0].isupper() or table.lower[last + 1] in order.relative):
        return False
    return all(table.lower[word] in order.fillers for word in range(comma + 1, cue))


def _only_reports(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> bool:
    return any(table.lower[token] in lexicon.order.mood for token in range(start, end))
