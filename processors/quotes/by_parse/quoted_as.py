"""Citations: "X quoted Y as saying that it rains", "it rains, X quoted Y as saying", "Y was quoted by X as saying".

The one who speaks is Y; X only passes it on. Reads the surface around the verb, because a parse often breaks here.
Knows one sentence.
"""

from collections.abc import Iterator

from processors.quotes.by_parse.gaps import nouns_from, nouns_up_to
from processors.quotes.by_parse.noun_phrases import noun_phrase, own_subject
from processors.quotes.by_parse.subjects import is_passive
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable
from processors.quotes.trimming import trimmed

FEWEST_WORDS = 3
"""Shorter, what stands behind "as saying" is a time or a place."""
FARTHEST_AS = 25
"""Tokens from "quoted" to "as saying", with all titles of the one quoted."""


def citations(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """What each "quoted … as saying" of a paragraph passes on."""
    found: list[QuoteCandidate] = []
    for verb, base in table.cues.items():
        if base in lexicon.citing:
            found.extend(_cited(table, verb))
    return found


def citing_verbs(table: TokenTable, found: list[QuoteCandidate]) -> set[int]:
    """The verbs that these candidates explain: "quoted" and "saying"."""
    spoken = {one.cue[0] for one in found if one.cue}
    return spoken | {verb for verb in table.cues if any(verb < other <= verb + FARTHEST_AS for other in spoken)}


def source(table: TokenTable, lexicon: Lexicon, verb: int) -> Range | None:
    """Whom an agency passes on: "The port is shut, the agency reported, citing the ministry"."""
    citing = verb + 1 + (table.words[verb + 1 : verb + 2] == [","])
    if table.cues[verb] not in lexicon.citing or table.cues.get(citing) not in lexicon.citing:
        return None
    found = nouns_from(table, citing + 1)
    return found if found and table.lower[found[1] - 1] in lexicon.persons.signing else None


def _cited(table: TokenTable, verb: int) -> Iterator[QuoteCandidate]:
    saying = _saying(table, verb)
    if saying is None:
        return
    speaker = _who(table, verb, saying)
    first, last = table.sentence_of(verb)
    start, end = trimmed(table, saying + 1, last)
    if table.word_count(start, end) < FEWEST_WORDS or not _is_clause(table, start, end):
        comma = next((token for token in range(verb, first, -1) if _is_comma(table, token)), first)
        start, end = trimmed(table, first, comma)
    if table.word_count(start, end) >= FEWEST_WORDS:
        yield QuoteCandidate(start, end, (saying, saying + 1), speaker)


def _saying(table: TokenTable, verb: int) -> int | None:
    """The verb of "as saying"."""
    last = min(table.sentence_of(verb)[1] - 1, verb + FARTHEST_AS)
    for token in range(verb + 1, last):
        if table.lower[token] == "as" and table.tags[token + 1] == "VBG" and table.quotation[token] == OUTSIDE:
            return token + 1
    return None


def _is_clause(table: TokenTable, start: int, end: int) -> bool:
    """Whether something is said behind "as saying", and not only when or by whom."""
    marked = any(table.quotation[token] != OUTSIDE for token in range(start, end))
    return marked or table.has_finite_verb(start, end)


def _is_comma(table: TokenTable, token: int) -> bool:
    return table.words[token - 1] == "," or (
        table.quotation[token - 1] != OUTSIDE and table.quotation[token] == OUTSIDE
    )


def _who(table: TokenTable, verb: int, saying: int) -> Range | None:
    """Whom the verb quotes: its object, or its subject in the passive."""
    passive = is_passive(table, verb) or table.lower[verb - 1 : verb] in (["was"], ["were"], ["been"], ["is"])
    if passive:
        subject = own_subject(table, verb)
        return noun_phrase(table, subject) if subject is not None else nouns_up_to(table, verb - 1)
    start, end = trimmed(table, verb + 1, saying - 1)
    comma = next((token for token in range(start, end) if table.words[token] == ","), end)
    return (start, comma) if comma > start else None
