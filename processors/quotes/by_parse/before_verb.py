"""Subjects by their place before a verb: with what commas and parentheses set off, and what "and" joins to an object.

For the gaps and errors of a parse. Knows nothing of what the verb means.
"""

from processors.quotes.by_parse.gaps import LONGEST_DESCRIPTION, is_behind_handle, nouns_up_to
from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import NOMINAL, OUTSIDE, TokenTable

BEFORE_SUBJECT = frozenset({",", "–", "—", "--", "-"})
"""Signs behind which a new subject may begin."""
OBJECTS = frozenset({"dobj", "pobj", "attr"})
"""Relations of a noun that is not the subject of the next verb, so that what "and" joins to it may be."""
WITH_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
"""Relations of what stands between a subject and its verb."""
PLACING = frozenset({"in", "at", "near", "for", "of", "by", "with"})
"""Prepositions whose noun is not who says it: "those asked for this article, including aides, say"."""
RELATIVES = frozenset({"who", "whose", "which"})
"""Words that begin a clause about the noun before them."""


def left_of(table: TokenTable, verb: int) -> Range | None:
    """The nouns before a verb, where the tree has lost its subject behind a description: "Ada Lind (Kiel) said"."""
    group = verb if is_behind_handle(table, verb) else _group(table, verb)
    if group is None or table.quotation[verb] != OUTSIDE:
        return None
    first, end = max(table.begin, table.sentence[verb]), group
    described = _before_relative(table, first, end)
    if described is not None:
        return described
    for opening, closing in (("(", ")"), (",", ",")):
        if end > first and table.words[end - 1] == closing:
            before = range(end - 2, max(first, end - LONGEST_DESCRIPTION), -1)
            end = next((token for token in before if table.words[token] == opening), end)
    found = nouns_up_to(table, end) if end > first else None
    leading = table.lower[found[0] - 1] if found and found[0] > first else ""
    if found and leading == "on":  # "on Wednesday Lord Woolf said" names him all the same
        return _placed(table, found[0] - 1) or found
    # "after the race in Ostrow said": a place, not who said it.
    return _placed(table, found[0] - 1) if found and leading in PLACING else found


def _placed(table: TokenTable, preposition: int) -> Range | None:
    """The nouns behind a comma that a phrase before the verb tells of: "…, papers filed on Sunday show"."""
    end = preposition - (table.tags[preposition - 1] == "VBN")
    found = nouns_up_to(table, end)
    return found if found and found[0] and table.words[found[0] - 1] == "," else None


def _before_relative(table: TokenTable, first: int, end: int) -> Range | None:
    """The nouns that begin a sentence before ", whose …,", which a comma closes before the verb."""
    if end <= first or table.words[end - 1] != ",":
        return None
    opening = next((token for token in range(first, end) if table.words[token] == ","), end)
    found = nouns_up_to(table, opening) if table.lower[opening + 1] in RELATIVES else None
    return found if found and found[0] == first else None


def _group(table: TokenTable, verb: int) -> int | None:
    """The first of a verb and the auxiliaries and adverbs right before it; None where nothing in it is finite."""
    with_it = [kid for kid in table.kids[verb] if kid < verb and table.deps[kid] in WITH_VERB]
    first = verb
    while first - 1 in with_it:
        first -= 1
    return first if table.has_finite_verb(first, verb + 1) else None


def ending_before(table: TokenTable, verb: int) -> int | None:
    """The noun right before a finite verb and its auxiliaries, with all that describes it, which a parse hangs on a
    noun before it: "In Dorn, a man who had seen it said", "by an accident — Ada Lind, who saw it, told us"."""
    edge = _edge_before(table, verb)
    if edge is None or table.deps[verb] in ("acl", "relcl"):
        return None
    closed = table.words[edge + 1] == ","
    noun = edge
    for _ in range(LONGEST_DESCRIPTION):
        head = table.heads[noun]
        if not closed and _is_joined_subject(table, verb, noun):
            return noun
        if _begins_subject(table, noun):
            # "Ada Lind, the mayor, said": the name; but "in Dorn, the mayor said".
            # "…, the firm's head, Ada Lind, said": what somebody is begins anew as well.
            who = table.tags[head] == "NNP" or (table.tags[noun] == "NNP" and _begins_subject(table, head))
            named = who and table.left[noun] == head + 2 and table.deps[head] != "pobj"
            if named and (closed or _begins_subject(table, head)):
                return head
            first, before = table.sentence[verb], table.left[noun] - 1
            # "At a firm in Dorn, a shop also called Ek" goes on with the firm; a name does not.
            anew = closed or table.words[before] != "," or table.tags[noun] == "NNP"
            return noun if anew or not table.has_finite_verb(first, before) else None
        if head == noun or head >= verb or table.quotation[head] != OUTSIDE or table.right[head] > edge + 1:
            return None
        noun = head
    return None


def _edge_before(table: TokenTable, verb: int) -> int | None:
    """The last word before a finite verb with its auxiliaries and adverbs."""
    group = _group(table, verb)
    if group is None:
        return None
    edge = group - 1
    while edge > table.sentence[verb] and table.words[edge] in (",", ")"):
        edge -= 1
    return edge if edge > table.sentence[verb] else None


def _is_joined_subject(table: TokenTable, verb: int, noun: int) -> bool:
    """ "They left the town and others said": behind a whole clause, what "and" joins to its object is a new subject."""
    head, first = table.heads[noun], table.left[noun]
    if table.tags[noun] not in (*NOMINAL, "CD"):
        return False
    joined = table.deps[noun] == "conj" and table.deps[head] in OBJECTS and first and table.is_conjunction(first - 1)
    return bool(joined) and table.has_finite_verb(table.sentence[verb], first)


def _begins_subject(table: TokenTable, noun: int) -> bool:
    """Whether a noun that a parse hangs on another one may begin anew behind a comma or a dash."""
    hangs = table.deps[noun] in ("appos", "conj") and table.tags[noun] in NOMINAL
    return hangs and table.words[table.left[noun] - 1] in BEFORE_SUBJECT
