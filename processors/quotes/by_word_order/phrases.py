"""Noun phrases beside a reporting verb, by word order alone: "sagte Merkel", "Merkel hat gesagt".

Knows the little words of a language that begin and end a name or a noun; no tree.
"""

from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import OUTSIDE, TokenTable

LONGEST = 12
"""Tokens that a noun phrase takes at most: longer, it has run into something else."""
LONGEST_APPOSITION = 14
"""Tokens between the commas of "Angela Merkel, die Kanzlerin, sagte"."""


def phrase_after(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> Range | None:
    """The noun phrase that begins at `start` or a few little words behind it, before `end`."""
    start = _behind_fillers(table, lexicon, start, end)
    last = start
    while last < min(end, start + LONGEST) and not _stops(table, lexicon, last, start):
        last += 1
    return _by_name(table, lexicon, _named(table, lexicon, start, last))


def _behind_fillers(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> int:
    """Where the noun begins behind auxiliaries, adverbs and a day: "declaró este lunes …"."""
    order = lexicon.order
    small = order.stops | order.articles
    while start < end:
        if table.lower[start] in order.fillers:
            start += 1
        elif _is_manner(table, lexicon, start, end) or (
            start + 1 < end and table.lower[start] in small and table.lower[start + 1] in order.days
        ):
            start += 2
        else:
            break
    return start


def _is_manner(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> bool:
    """ "cuenta entre lágrimas Elena Rivas": a small word and a noun before a name."""
    if lexicon.order.capital_nouns or start + 2 >= end or table.lower[start] not in lexicon.order.stops:
        return False
    noun = table.words[start + 1]
    return noun.islower() and noun.isalpha() and table.words[start + 2][0].isupper()


def _by_name(table: TokenTable, lexicon: Lexicon, found: Range | None) -> Range | None:
    """The name behind a comma, where the phrase is its description: "el alcalde, Juan García, …"."""
    if found is None or table.lower[found[0]] not in lexicon.order.articles:
        return found
    start = end = found[1] + 1
    if start >= len(table) or table.words[start - 1] != ",":
        return found
    while end < len(table) and (
        table.words[end][0].isupper() or (table.words[end] == "." and len(table.words[end - 1]) == 1)
    ):
        end += 1
    closed = end == len(table) or not table.is_word(end) or table.lower[end] in lexicon.order.stops
    return (start, end) if closed and end - start > 1 else found


def phrase_before(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> Range | None:
    """The noun phrase that ends at `end` or a few little words before it, not before `start`."""
    while end > start and table.lower[end - 1] in lexicon.order.fillers:
        end -= 1
    if end > start and table.words[end - 1] == ",":
        end = _before_apposition(table, start, end - 1)
    first = end
    while first > max(start, end - LONGEST) and not _bounds(table, lexicon, first - 1):
        first -= 1
    while first < end and table.lower[first] in lexicon.order.fillers:
        first += 1
    if first < end and table.lower[first] in lexicon.order.stops - lexicon.order.pronouns:
        return None
    return _by_name(table, lexicon, _named(table, lexicon, first, end))


def _before_apposition(table: TokenTable, start: int, comma: int) -> int:
    """Where the name ends whose description the comma closes; the comma itself where there is none."""
    for token in range(comma - 1, max(start, comma - LONGEST_APPOSITION) - 1, -1):
        if table.words[token] == ",":
            return token
    return comma


def _stops(table: TokenTable, lexicon: Lexicon, token: int, start: int) -> bool:
    word = table.lower[token]
    if _joins(table, token):
        return False
    if table.quotation[token] != OUTSIDE or word in lexicon.order.stops or word in lexicon.order.fillers:
        return True
    if token > start and (word not in lexicon.order.joins and _is_complete(table, lexicon, start, token)):
        return True
    return not table.is_word(token)


def _is_complete(table: TokenTable, lexicon: Lexicon, start: int, token: int) -> bool:
    """Whether what stands before the token needs no more: a pronoun, or a noun before a small word."""
    if table.lower[token - 1] in lexicon.order.pronouns:
        return True
    small = table.words[token][0].islower()
    return lexicon.order.capital_nouns and small and any(word[0].isupper() for word in table.words[start:token])


def _bounds(table: TokenTable, lexicon: Lexicon, token: int) -> bool:
    if table.quotation[token] != OUTSIDE or table.lower[token] in lexicon.order.bounds:
        return True
    return not table.is_word(token) and not _joins(table, token)


def _joins(table: TokenTable, token: int) -> bool:
    """A hyphen inside a word, the point of an abbreviation, a party in parentheses."""
    word = table.words[token]
    if word in "()":
        return True
    glued = 0 < token < len(table) - 1 and table.ends[token - 1] == table.starts[token]
    return glued and word in "-.'’/&" and table.words[token + 1][0].isalnum()


def _is_loose(table: TokenTable, token: int) -> bool:
    return not table.is_word(token) and table.words[token] != ")"


def _named(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> Range | None:
    """The range, where it holds a name, a noun with its article, or a pronoun."""
    while start < end and not table.is_word(start):
        start += 1
    while start < end and (table.words[end - 1] in lexicon.order.joins or _is_loose(table, end - 1)):
        end -= 1
    for token in range(start, end):
        word = table.words[token]
        if word[0].isupper() or word.lower() in lexicon.order.pronouns or word.lower() in lexicon.order.articles:
            return start, end
    return None
