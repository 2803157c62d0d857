"""All rules for a paragraph with a parse, in order: clauses first, then the quotations that none explains."""

from processors.quotes.by_parse.according import according
from processors.quotes.by_parse.adjectives import adjectives
from processors.quotes.by_parse.as_said import as_said
from processors.quotes.by_parse.bare import bare
from processors.quotes.by_parse.clauses import clauses, reporting, unsaid_clauses
from processors.quotes.by_parse.named import is_naming, is_titled
from processors.quotes.by_parse.nouns import nouns
from processors.quotes.by_parse.parenthetical import parentheticals
from processors.quotes.by_parse.quoted_as import citations, citing_verbs, source
from processors.quotes.by_parse.subjects import is_passive, is_reduced
from processors.quotes.join import apart, join
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate
from processors.quotes.token_table import OUTSIDE, TokenTable


def candidates_by_parse(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """The candidates of a parsed paragraph without overlap: in order what was said, then what was not."""
    cited = citations(table, lexicon)
    for verb in citing_verbs(table, cited) if cited else ():
        table.cues.pop(verb, None)
    verbs = reporting(table, lexicon)
    rules = (parentheticals, as_said, according, nouns, adjectives)
    others = (candidate for rule in rules for candidate in rule(table, lexicon))
    found = join(table, [*cited, *clauses(table, lexicon, verbs), *others])
    for one in found:
        if one.cue and one.cue[0] in table.cues:
            one.speaker = source(table, lexicon, one.cue[0]) or one.speaker
    named = [one for one in found if is_naming(table, lexicon, one) or is_titled(table, lexicon, one)]
    found = [one for one in found if one not in named and (one.speaker or not _is_passive_alone(table, one))]
    explained = {table.quotation[token]: candidate for candidate in found for token in candidate.tokens}
    explained |= {table.quotation[token]: candidate for candidate in named for token in candidate.tokens}
    said = sorted([*found, *bare(table, lexicon, found, explained)], key=lambda candidate: candidate.start)
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
