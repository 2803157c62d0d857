"""Noun phrases beside a reporting verb, by word order alone: "sagte Merkel", "Merkel hat gesagt".

Knows the little words of a language that begin and end a name or a noun; no tree.
"""

from processors.quotes.by_word_order.openings import behind_fillers
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import OUTSIDE, TokenTable

LONGEST = 12
"""Tokens that a noun phrase takes at most: longer, it has run into something else."""
LONGEST_APPOSITION = 14
"""Tokens between the commas of "Angela Merkel, die Kanzlerin, sagte"."""

LONGEST_CLAUSE = 60
"""Tokens back to the comma behind which the subject of two verbs may stand: a long sentence of news."""
LONGEST_OFFICE = 6
"""Tokens from "ai" to the comma in "l'assessore ai Lavori pubblici, Rocco Mele"."""


def phrase_after(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> Range | None:
    """The noun phrase that begins at `start` or a few little words behind it, before `end`."""
    start = behind_fillers(table, lexicon, start, end)
    if start < end and table.lower[start] in lexicon.order.of:
        return None  # "De acordo", "Della legge" begin no subject
    last = _phrase_end(table, lexicon, start, end)
    return _by_name(table, lexicon, _named(table, lexicon, start, last))


def noun_after(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> Range | None:
    """The words that begin at `start` up to a stop, with or without a name: "polizia" of "dalla polizia"."""
    last = _phrase_end(table, lexicon, start, end)
    return (start, last) if last > start and table.is_word(start) else None


def _phrase_end(table: TokenTable, lexicon: Lexicon, start: int, end: int) -> int:
    last = start
    while last < min(end, start + LONGEST) and not _stops(table, lexicon, last, start):
        last += 1
    return last


def _by_name(table: TokenTable, lexicon: Lexicon, found: Range | None) -> Range | None:
    """The name behind a comma, where the phrase is its description: "el alcalde, Juan García, …"."""
    if found is None or table.lower[found[0]] not in lexicon.order.articles:
        return found
    start = end = _behind_office(table, lexicon, found[1]) + 1
    if start >= len(table) or table.words[start - 1] != ",":
        return found
    while end < len(table) and (
        table.words[end][0].isupper() or (table.words[end] == "." and len(table.words[end - 1]) == 1)
    ):
        end += 1
    closed = end == len(table) or not table.is_word(end) or table.lower[end] in lexicon.order.stops
    return (start, end) if closed and end - start > 1 else found


def _behind_office(table: TokenTable, lexicon: Lexicon, start: int) -> int:
    """The comma behind what somebody is charged with: "l'assessore ai Trasporti, Rocco Mele"."""
    if start < len(table) and table.lower[start] in lexicon.order.addressed:
        for token in range(start + 1, min(start + LONGEST_OFFICE, len(table))):
            if table.words[token] == ",":
                return token
    return start


def shared_subject(table: TokenTable, lexicon: Lexicon, start: int, cue: int) -> Range | None:
    """The subject before another verb: "Rocha fechou a ponte e disse que", "Rocha fechou a ponte, alegando que"."""
    order = lexicon.order
    before = cue - 1
    while before > start and table.lower[before] in order.fillers:
        before -= 1
    is_gerund = bool(order.gerund) and table.lower[cue].endswith(order.gerund) and table.words[before] == ","
    if before <= start or not (is_gerund or table.lower[before] in order.coordinating):
        return None
    start = next(
        (
            token + 1
            for token in range(before - 1, max(start, before - LONGEST_CLAUSE), -1)
            if table.words[token] == ","
        ),
        start,
    )
    if not (table.words[start][0].isupper() or table.lower[start] in order.articles - order.of):
        return None
    last = start + (table.lower[start] in order.articles) + 1
    if table.lower[start] in order.stops | order.fillers or not table.is_word(last - 1):
        return None
    while last < before and (table.words[last][0].isupper() or _is_of(table, lexicon, last) or _joins(table, last)):
        last += 2 if _is_of(table, lexicon, last) else 1
    return _by_name(table, lexicon, (start, min(last, before)))


def _is_of(table: TokenTable, lexicon: Lexicon, token: int) -> bool:
    return table.lower[token] in lexicon.order.of


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
    if first < end and table.lower[first] in (lexicon.order.stops | lexicon.order.of) - lexicon.order.pronouns:
        subject = _behind_opening(table, lexicon, first, end)
        if subject is None:
            return None
        first = subject
    return _by_name(table, lexicon, _named(table, lexicon, first, end))


def _behind_opening(table: TokenTable, lexicon: Lexicon, first: int, end: int) -> int | None:
    """Where the subject begins behind a place or a time without a comma: "In una nota il Comune ha detto"."""
    order = lexicon.order
    if not order.of:
        return None
    small = order.stops | order.articles | order.determiners
    starts = order.articles - order.of
    for token in range(end - 1, first + 1, -1):
        if table.lower[token] in starts and table.lower[token - 1] not in small:
            return token
    return None


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
