"""Words in marks that name something: "doctors call it “broken heart syndrome”", "the show “What the river left”".

Knows the tree around a quotation, or around a verb of naming; not who speaks elsewhere.
"""

from processors.quotes.by_parse.noun_phrases import own_subject
from processors.quotes.by_parse.subjects import is_passive
from processors.quotes.direct import is_title
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate
from processors.quotes.token_table import FINITE, OUTSIDE, TokenTable

MOST_WORDS = 8
"""A longer quotation is no name."""
_ENDS = ".,!?…"


def is_work(table: TokenTable, lexicon: Lexicon, number: int) -> bool:
    """Whether a quotation is the title of what the noun before it says: no comma, colon or verb stands between."""
    start, end = table.spans[number]
    inner = table.inner(number).strip()
    if not inner[:1].isupper() or inner[-1:] in _ENDS or table.word_count(start, end) > MOST_WORDS:
        return False
    before = start - 1
    if before < table.begin or table.tags[before] != "NN" or table.lower[before] in lexicon.nouns:
        return False
    # Where the sentence goes on with a verb of its own, the noun and its title are the subject of it.
    if end >= len(table) or end in table.cues:
        return False
    return table.tags[end] in (*FINITE, "VBN") or (table.tags[end] == "NNS" and table.words[end].islower())


def is_titled(table: TokenTable, lexicon: Lexicon, candidate: QuoteCandidate) -> bool:
    """Whether a candidate is a title behind the noun or the owner of the work: "in her book, “An Island Daughter”", "on
    Dorn's “Meet the Press”"; not behind a noun of saying."""
    number = table.quotation[candidate.start]
    if number == OUTSIDE or table.spans[number] != (candidate.start, candidate.end):
        return False
    words = table.inner(number).split()
    if not 1 < len(words) <= MOST_WORDS or not is_title(words):
        return False
    before = candidate.start - 1
    before -= before > table.begin and table.words[before] == ","
    noun = before >= table.begin and table.tags[before] in ("NN", "POS") and table.quotation[before] == OUTSIDE
    return noun and table.lower[before] not in lexicon.nouns and table.deps[before] != "nsubj"


def is_fragment(table: TokenTable, number: int) -> bool:
    """Whether nothing in a quotation that nobody is named for makes it a sentence: "a “dead zone of the sea”"."""
    start, end = table.spans[number]
    inner = table.inner(number).strip()
    if inner[-1:] in _ENDS or table.sentence[start] == start or table.word_count(start, end) > MOST_WORDS:
        return False
    return not table.has_finite_verb(start, end)


def _is_name(table: TokenTable, number: int) -> bool:
    """Whether nothing in the marks says what somebody thinks: "The Drowned", and not "a gift to the rich"."""
    start, end = table.spans[number]
    first = next((token for token in range(start, end) if table.is_word(token)), start)
    by_somebody = any(table.lower[token] == "by" for token in range(end, table.sentence_of(start)[1]))
    return not by_somebody and (table.tags[first] != "DT" or table.words[first][0].isupper())


def _is_by_people(table: TokenTable, verb: int) -> bool:
    """Whether several are the subject, as a habit, or nobody is."""
    subject = own_subject(table, verb)
    if subject is None:
        return table.tags[verb] == "VBN" and table.deps[verb] == "acl"
    if table.tags[subject] in ("NN", "NNP"):  # "Police call it": one word that is several
        return table.tags[verb] == "VBP"
    return table.tags[subject] == "NNS" and table.tags[verb] in ("VBP", "VBZ", "VB")


def is_naming(table: TokenTable, lexicon: Lexicon, candidate: QuoteCandidate) -> bool:
    """ "Doctors call it “broken heart syndrome”", "a scheme dubbed “cash for clunkers”": what people in general call
    something, a noun without an article; and what it is called by nobody in particular: "the yacht was called “…”"."""
    verb = candidate.cue[0] if candidate.cue else OUTSIDE
    if verb not in table.cues or table.cues[verb] not in lexicon.naming:
        return False
    marked = sorted({table.quotation[token] for token in candidate.tokens} - {OUTSIDE})
    if candidate.speaker is None and is_passive(table, verb):
        return bool(marked) and _is_name(table, marked[0])
    if not _is_by_people(table, verb) or len(marked) != 1:
        return False
    start, end = table.spans[marked[0]]
    words = [token for token in range(start, end) if table.is_word(token)]
    # "The angry potato" is a name, "a gift to the rich" an opinion; the last word of "rat runs" is a verb to some.
    noun = bool(words) and (table.tags[words[-1]][0] == "N" or table.tags[words[-1]] == "VBZ")
    return noun and table.lower[words[0]] not in ("a", "an") and len(words) <= MOST_WORDS
