"""Subjects by their place beside a verb, for the gaps and errors of a parse: between marks, commas and the verb.

Reads tags and the surface, not the tree. Knows nothing of what the verb means.
"""

from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import FINITE, OUTSIDE, TokenTable

NOUN_PHRASE = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "CD", "POS"})
"""Tags of the words of a simple noun phrase."""
CLAUSE_OPENERS = frozenset({"PRP", "DT", "EX", "NNP", "NNS", "NN", "NNPS", "CD", "PRP$", "JJ"})
"""Tags of words that begin a subject."""
LONGEST_SUBJECT = 20
"""Tokens of a subject that a parse has lost, at most."""
ADDRESSING = frozenset({"told", "tells", "informed", "informs", "reminded", "reminds", "assured", "assures"})
"""Verbs before whom they are said to: "…, told reporters" names no speaker."""
LONGEST_DESCRIPTION = 30
"""Tokens between a quotation and its verb at most: a name with all that describes it."""


def beside_marks(table: TokenTable, verb: int) -> Range | None:
    """The nouns behind a verb right behind a quotation, where the tree has lost them: "…," said one voter."""
    if not verb or table.quotation[verb - 1] == OUTSIDE or table.tags[verb] not in FINITE:
        return None
    return nouns_from(table, verb + 1)


def nouns_from(table: TokenTable, start: int) -> Range | None:
    """The simple noun phrase that begins at a token, or None."""
    end = start
    while end < len(table) and table.quotation[end] == OUTSIDE:
        # The given name Per is "per" to the tagger.
        if table.tags[end] not in NOUN_PHRASE and not table.words[end][0].isupper():
            break
        end += 1
    return (start, end) if end > start else None


def nouns_up_to(table: TokenTable, end: int) -> Range | None:
    """The simple noun phrase that ends before a token, with phrases of "of" and "for" in it, or None."""
    start = end
    while start > table.begin and table.quotation[start - 1] == OUTSIDE:
        if table.tags[start - 1] not in NOUN_PHRASE and table.lower[start - 1] not in ("of", "for"):
            break
        start -= 1
    while start < end and table.lower[start] in ("of", "for"):
        start += 1
    return (start, end) if start < end else None


def behind_dateline(table: TokenTable, verb: int) -> Range | None:
    """The nouns right behind the dateline, where the tree took the dateline for the subject."""
    if not table.begin or table.sentence[verb] != table.begin or table.tags[verb] not in FINITE:
        return None
    return None if table.has_finite_verb(table.begin, verb) else nouns_from(table, table.begin)


def between(table: TokenTable, verb: int) -> Range | None:
    """The nouns that fill the gap between a comma or a mark and the verb: nothing else can be its subject."""
    found = nouns_up_to(table, verb) if table.tags[verb] in FINITE else None
    if found is None or found[0] <= table.sentence[verb]:
        return None
    before = found[0] - 1
    return found if table.words[before] == "," or table.quotation[before] != OUTSIDE else None


def behind_marks(table: TokenTable, verb: int) -> Range | None:
    """The name right behind a quotation, whose description is all that stands before the verb.

    "…," Per Holm, head of a paper mill in Dorn told us: however the tree hangs what is between commas.
    """
    token = verb - 1
    while token >= 0 and verb - token < LONGEST_DESCRIPTION and table.quotation[token] == OUTSIDE:
        if table.tags[token] in FINITE or table.words[token] in (".", ";", ":"):
            return None
        token -= 1
    if token < 1 or table.quotation[token] == OUTSIDE or table.words[token - 1] not in (",", "?", "!"):
        return None
    found = nouns_from(table, token + 1)
    return found if found and table.tags[found[1] - 1] == "NNP" and table.words[found[1]] == "," else None


def inverted(table: TokenTable, verb: int) -> Range | None:
    """The name behind a verb behind a comma: "The car was late, reported Spiegel, saying it had seen a paper"."""
    if not verb or verb + 1 >= len(table) or table.words[verb - 1] != "," or table.tags[verb] not in FINITE:
        return None
    if table.lower[verb] in ADDRESSING:
        return None
    end = verb + 1
    # The given name Per is "per" to the tagger.
    while end < len(table) and (
        (table.tags[end] == "NNP" and table.deps[end] != "npadvmod")
        or (table.tags[end] == "IN" and end == verb + 1 and table.words[end].istitle())
    ):
        end += 1
    closed = end == len(table) or table.words[end] in (",", ".")
    return (verb + 1, end) if closed and end > verb + 1 else None


def with_description(table: TokenTable, verb: int) -> Range | None:
    """The nouns of "with some drivers, including the winner, claiming", "a letter from Ada Lind, the owner, saying"."""
    if table.tags[verb] != "VBG" or verb < 2 or table.words[verb - 1] != ",":
        return None
    first = max(table.begin, table.sentence[verb])
    before = range(verb - 2, max(first, verb - LONGEST_DESCRIPTION), -1)
    comma = next((token for token in before if table.words[token] == ","), first)
    if comma == first or table.has_finite_verb(comma, verb):
        return None
    found = nouns_up_to(table, comma)
    while found and found[0] > first and table.lower[found[0] - 1] in ("at", "in", "on"):
        found = nouns_up_to(table, found[0] - 1)  # "with analysts at Lund, a broker, warning"
    return found if found and found[0] > first and table.lower[found[0] - 1] in ("with", "from", "by") else None


def with_lost_subject(table: TokenTable, verb: int, start: int) -> int:
    """Where a clause begins that a parse leaves without its subject, "said half of the rise <“was the tax”>": right
    behind the verb, where nothing but nouns stands between; else `start`."""
    # The mark before "“was the tax”" is a token of its own.
    first = start if table.is_word(start) or start + 1 == len(table) else start + 1
    if not verb + 1 < start <= verb + LONGEST_SUBJECT or table.tags[first] not in FINITE:
        return start
    between = range(verb + 1, start)
    opens = table.tags[verb + 1] in CLAUSE_OPENERS or table.lower[verb + 1] == "about"
    finite = any(table.tags[token] in FINITE and table.deps[token] != "relcl" for token in between)
    whole = all(table.is_word(token) or table.deps[token] != "punct" for token in between)
    return verb + 1 if opens and whole and not finite else start


def misread_name(table: TokenTable, verb: int) -> int | None:
    """A name that the tagger takes for an auxiliary: "Will wrote", "Instead, May called for"; no such verb has a form
    with a tense behind it, and none is written with a capital within a sentence."""
    before = verb - 1
    if table.deps[before] not in ("aux", "advmod"):
        return None
    while before > 0 and table.deps[before] == "advmod":
        before -= 1
    if before < 0 or table.deps[before] != "aux" or table.tags[before] == "TO" or not table.words[before].istitle():
        return None
    starts = before == table.sentence[verb] or table.quotation[before] != OUTSIDE
    return before if table.tags[verb] in ("VBD", "VBZ") or not starts else None


def is_behind_handle(table: TokenTable, verb: int) -> bool:
    """ "Ada Lind (@adalind) posted": no participle, though the tagger says so."""
    return verb > 1 and table.words[verb - 1] == ")" and table.words[verb - 2].startswith("@")
