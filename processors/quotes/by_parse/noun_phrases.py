"""Noun phrases that may speak: the subject next to a verb, and the tokens of a noun with what belongs to it.

Knows tags and the tree around one word; not what the verb means.
"""

from processors.quotes.by_parse.gaps import misread_name
from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import OUTSIDE, TokenTable

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
DASHES = ("–", "—", "--")
CUTS = frozenset({"relcl", "acl", "appos", "advcl", "parataxis"})
"""What follows a name without being part of it: "Smith, who ran in 2012," is "Smith"."""


def noun_phrase(table: TokenTable, noun: int) -> Range:
    """The tokens of a noun with what stands before it and what is tightly bound behind it."""
    start, end = table.left[noun], table.right[noun] + 1
    for kid in table.kids[noun]:
        if kid > noun and table.deps[kid] in CUTS:
            end = min(end, table.left[kid])
    for token in range(noun + 1, end):
        if table.words[token] in (",", "(", "-", *DASHES) and table.deps[token] == "punct":
            end = token
            break
    for token in range(noun - 1, start - 1, -1):
        if table.words[token] in DASHES:  # a dateline: "LONDON — Mayor …"
            start = token + 1
            break
    while end - 1 > noun and not table.is_word(end - 1):
        end -= 1
    start = max(start, min(table.begin, noun))
    while start < noun and not table.is_word(start):
        start += 1
    return start, end


def own_subject(table: TokenTable, verb: int) -> int | None:
    """The noun next to the verb of those that the tree calls its subjects."""
    nearest: int | None = None
    for kid in table.kids[verb]:
        if table.deps[kid] not in SUBJECTS or kid < table.begin:
            continue
        if nearest is not None and abs(kid - verb) >= abs(nearest - verb):
            continue
        if _may_speak(table, kid) and same_side(table, verb, kid):
            nearest = kid
    return misread_name(table, verb) if nearest is None else nearest


def same_side(table: TokenTable, verb: int, noun: int) -> bool:
    """A verb outside quotation marks has no subject inside them."""
    return table.quotation[noun] in (OUTSIDE, table.quotation[verb])


def _may_speak(table: TokenTable, token: int) -> bool:
    """A noun, or a name that the tagger takes for another word: "Will said", "Trump said"."""
    if is_noun(table, token):
        return True
    return table.words[token][0].isupper() and not _is_gerund(table, token) and not _is_preposition(table, token)


def _is_preposition(table: TokenTable, token: int) -> bool:
    """ "Of Ek, Lind said": what goes on with a noun is no name."""
    return table.tags[token] == "IN" and any(table.deps[kid] == "pobj" for kid in table.kids[token])


def _is_gerund(table: TokenTable, token: int) -> bool:
    """ "Writing on Facebook, the mayor said": what somebody does, at the beginning of a sentence."""
    return table.tags[token] == "VBG" and table.sentence[token] == token


def is_noun(table: TokenTable, token: int) -> bool:
    """Whether its tag may be that of the head of a noun phrase."""
    return table.tags[token][:2] in ("NN", "PR", "DT", "WP", "CD", "JJ", "WD")
