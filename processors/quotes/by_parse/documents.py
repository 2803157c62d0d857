"""Whose words a document brings: "both men issued a statement saying", "she hit back in an article stating".

Knows the tree around the noun; not what the document is, nor what it says.
"""

from processors.quotes.by_parse.gaps import with_description
from processors.quotes.by_parse.noun_phrases import is_noun, noun_phrase, own_subject
from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import TokenTable


def who_issued(table: TokenTable, noun: int) -> Range | None:
    """ "Both men issued a statement saying", "a statement from both men saying": both men, not the statement."""
    for kid in table.kids[noun]:
        if table.deps[kid] == "prep" and table.lower[kid] in ("from", "by"):
            for source in table.kids[kid]:
                if table.deps[source] == "pobj":
                    return noun_phrase(table, source)
    verb = table.heads[noun]
    if table.deps[noun] != "dobj":
        return None
    subject = own_subject(table, verb)
    described = with_description(table, verb) if subject is None else None
    if described is not None:
        return described
    if subject is None and table.deps[verb] == "acl" and is_noun(table, table.heads[verb]):
        subject = table.heads[verb]
    return None if subject is None else noun_phrase(table, subject)


def who_sent(table: TokenTable, noun: int) -> Range | None:
    """ "Ek hit back in an article saying", "he sent a message to voters saying": he, neither article nor voters."""
    preposition = table.heads[noun]
    above = table.heads[preposition]
    if table.deps[noun] != "pobj" or table.lower[preposition] not in ("in", "to"):
        return None
    if is_noun(table, above):
        return who_issued(table, above) if table.lower[preposition] == "to" else None
    if table.lower[preposition] == "to" and all(table.deps[kid] != "dobj" for kid in table.kids[above]):
        return None
    subject = own_subject(table, above)
    return None if subject is None else noun_phrase(table, subject)
