"""Which verb's subject a verb without one of its own shares, where a parse hangs it elsewhere in the sentence.

Knows the tree and words of reporting; not what they report, nor who the subject is.
"""

from processors.quotes.by_parse.noun_phrases import DASHES, is_noun, noun_phrase, own_subject
from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import OUTSIDE, TokenTable

CONTRASTS = frozenset({"while", "though", "although"})
"""Words that begin what another one says, or the same one as well: "while adding that …"."""
HIGHEST_CLIMB = 4
"""Relations climbed at most: beyond, the subject is that of another event."""


def report_before(table: TokenTable, verb: int) -> int:
    """For ", noting that …", which a parse may hang on what was said: the verb that reports it; else the verb."""
    if table.tags[verb] != "VBG" or own_subject(table, verb) is not None or not goes_on(table, verb):
        return verb
    token = verb
    for _ in range(HIGHEST_CLIMB):
        head = table.heads[token]
        # "Holm said so after the mayor left, noting that …" hangs on "left", which stands with "said".
        aside = table.deps[token] == "advcl" and token < verb and table.words[table.left[token] - 1] != ","
        if (table.deps[token] == "ccomp" or aside) and head in table.cues and head < verb:
            return head
        # "Denied the notion that it is old, explaining that …", which a parse hangs on what the noun tells.
        if table.deps[token] == "acl" and table.heads[head] in table.cues and head < verb:
            return table.heads[head]
        token = head
    return verb


def goes_on(table: TokenTable, verb: int) -> bool:
    """Whether a comma, a dash, a quotation or "while" stands before the verb and its adverbs: ", also noting"."""
    before = first_adverb(table, verb) - 1
    if before <= 0:
        return False
    return table.quotation[before] != OUTSIDE or table.lower[before] in (",", "-", *DASHES, *CONTRASTS)


def first_adverb(table: TokenTable, verb: int) -> int:
    """The first of the adverbs right before the verb, else the verb."""
    while verb > 0 and table.tags[verb - 1] == "RB" and table.quotation[verb - 1] == OUTSIDE:
        verb -= 1
    return verb


def first_auxiliary(table: TokenTable, verb: int) -> int:
    """The first of the auxiliaries and adverbs right before the verb, else the verb: "have often said"."""
    first = verb
    for kid in reversed(table.kids[verb]):
        if kid == first - 1 and table.deps[kid] in ("aux", "advmod"):
            first = kid
    return first


def joined_to(table: TokenTable, verb: int, token: int) -> int:
    """The verb that a verb behind "and" goes on with: the last before it with a subject, however a parse joins them."""
    head = table.heads[token]
    between = (kid for kid in reversed(table.kids[head]) if head < kid < token and table.deps[kid] == "conj")
    nearer = next((kid for kid in between if own_subject(table, kid) is not None), None)
    return _matrix(table, verb, head) if nearer is None else nearer


def _matrix(table: TokenTable, verb: int, head: int) -> int:
    """For "told us it rained and said …", which a parse joins to "rained": "told", by tense."""
    above = table.heads[head]
    finite = table.heads[above] if table.deps[above] == "xcomp" else above  # "continues to insist … and warns"
    # "They fear it has rained and warn that …": a present is an infinitive to some parses.
    present = table.tags[above] == "VBP" and table.tags[verb] == "VB" != table.tags[head]
    same = table.tags[verb] in (table.tags[above], table.tags[finite])
    return above if table.deps[head] == "ccomp" and above in table.cues and (same or present) else head


def is_means(table: TokenTable, noun: int) -> bool:
    """ "Pointed to a case to say", "under pressure to promise": a noun in a phrase beside a verb says nothing."""
    above = table.heads[table.heads[noun]]
    return table.deps[noun] == "pobj" and table.tags[above][0] == "V" and table.quotation[above] == OUTSIDE


def nearest_before(table: TokenTable, verb: int) -> Range | None:
    """The last subject before the verb in its sentence, for a verb that the tree hangs on nothing with a subject."""
    if table.quotation[verb] != OUTSIDE:
        return None
    for token in range(verb - 1, max(table.begin, table.sentence[verb]) - 1, -1):
        if table.deps[token] == "nsubj" and table.quotation[token] == OUTSIDE and is_noun(table, token):
            noun = _described(table, token)
            return None if table.lower[noun] == "it" else noun_phrase(table, noun)
    return None


def _described(table: TokenTable, subject: int) -> int:
    """For "who", of "Ada Lind, the painter who …": the name; else the subject itself."""
    clause = table.heads[subject]
    if table.tags[subject] not in ("WP", "WDT") or table.deps[clause] != "relcl":
        return subject
    noun = table.heads[clause]
    return table.heads[noun] if table.deps[noun] == "appos" else noun
