"""All rules for a paragraph with a parse, in order: clauses first, then the quotations that none explains."""

from collections.abc import Iterator, Mapping

from processors.quotes.by_parse.according import according
from processors.quotes.by_parse.as_said import as_said
from processors.quotes.by_parse.clauses import clauses, reporting, unsaid_clauses
from processors.quotes.by_parse.named import is_fragment, is_naming, is_work
from processors.quotes.by_parse.noun_phrases import SUBJECTS
from processors.quotes.by_parse.nouns import nouns
from processors.quotes.by_parse.parenthetical import parentheticals
from processors.quotes.by_parse.quoted_as import citations, citing_verbs
from processors.quotes.by_parse.speakers import attribute, attributions, inverted
from processors.quotes.by_parse.subjects import is_passive, is_reduced
from processors.quotes.direct import is_exclamation, is_speech, is_title
from processors.quotes.join import apart, join
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import NOBODY, Attribution, QuoteCandidate
from processors.quotes.token_table import FINITE, OUTSIDE, TokenTable

NEAR_CUE = 3
"""Tokens within which the verb of a quotation stands: in it, or behind one that may be a title."""
FARTHEST_CUE = 6
"""Tokens behind a short quotation within which its verb stands: "No," midfielder Chung-in Moon said."""
FEWEST_OF_HEADLINE = 3
"""Words of a quotation before a colon: 'They took everything': villagers tell of raid."""


def candidates_by_parse(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """The candidates of a parsed paragraph without overlap: in order what was said, then what was not."""
    cited = citations(table, lexicon)
    for verb in citing_verbs(table, cited) if cited else ():
        table.cues.pop(verb, None)
    verbs = reporting(table, lexicon)
    rules = (parentheticals, as_said, according, nouns)
    others = (candidate for rule in rules for candidate in rule(table, lexicon))
    found = join(table, [*cited, *clauses(table, lexicon, verbs), *others])
    named = [one for one in found if is_naming(table, lexicon, one)]
    found = [one for one in found if one not in named and (one.speaker or not _is_passive_alone(table, one))]
    explained = {table.quotation[token]: candidate for candidate in found for token in candidate.tokens}
    explained |= {table.quotation[token]: candidate for candidate in named for token in candidate.tokens}
    said = sorted([*found, *_bare(table, lexicon, explained)], key=lambda candidate: candidate.start)
    return [*said, *apart(join(table, unsaid_clauses(table, lexicon, verbs)), said)]


def _is_passive_alone(table: TokenTable, candidate: QuoteCandidate) -> bool:
    """ "He is accused of theft", "they were asked to leave": nobody is named who says it, and nothing is quoted.

    Not "it was reported that it rains": that is told on somebody's word, though nobody says whose.
    """
    if candidate.cue is None or any(table.quotation[token] != OUTSIDE for token in candidate.tokens):
        return False
    verb = candidate.cue[0]
    passive = is_passive(table, verb) or is_reduced(table, verb)
    return passive and (
        table.lower[candidate.start] == "to" or not table.has_finite_verb(candidate.start, candidate.end)
    )


def _bare(table: TokenTable, lexicon: Lexicon, explained: Mapping[int, QuoteCandidate]) -> Iterator[QuoteCandidate]:
    """The quotations that are speech and that no rule has explained."""
    known = attributions(table, lexicon) if table.spans else []
    previous: Attribution | None = None
    for number, (start, end) in enumerate(table.spans):
        if number in explained:
            previous = explained[number].attribution or previous
        elif start < end and _is_said(table, number, previous) and not is_work(table, lexicon, number):
            previous = attribute(table, lexicon, (start, end), known, previous)
            if previous or not is_fragment(table, number):
                yield QuoteCandidate(_with_subject(table, start, end), end, *(previous or NOBODY))


def _with_subject(table: TokenTable, start: int, end: int) -> int:
    """Where a quotation begins with the subject that stands before its marks: the bridge “is not safe”."""
    for verb in range(start, min(end, start + NEAR_CUE)):
        if table.tags[verb] in FINITE:
            head = table.heads[verb] if table.deps[verb] in ("aux", "auxpass") else verb
            kids = (kid for kid in table.kids[head] if kid < start and table.deps[kid] in SUBJECTS)
            subject = next((table.left[kid] for kid in kids if table.quotation[kid] == OUTSIDE), start)
            crosses = any(token in table.cues for token in range(subject, start))
            return start if crosses or table.sentence[subject] != table.sentence[start] else subject
    return start


def _is_said(table: TokenTable, number: int, previous: Attribution | None) -> bool:
    """Whether a quotation is speech; a few words are where they go on with what was said, or have their verb behind."""
    inner = table.inner(number)
    if is_speech(inner):
        return True
    start, end = table.spans[number]
    if table.sentence[start] != start:
        return False
    words = inner.split()
    if start == table.begin and table.words[end : end + 1] == [":"] and len(words) >= FEWEST_OF_HEADLINE:
        return inner[0].isupper() and not is_title(words)
    if not is_exclamation(inner):
        return False
    reach = NEAR_CUE if is_title(words) else FARTHEST_CUE
    near = any(token in table.cues for token in range(end, end + reach))
    return previous is not None or near or inverted(table, end) is not None
