"""Where a report ends because the writer goes on with another one: "said it rains, adding that …", "while others said".

Knows the tree around words of reporting; not what they report.
"""

from processors.quotes.by_parse.before_verb import ending_before
from processors.quotes.by_parse.gaps import nouns_up_to
from processors.quotes.by_parse.noun_phrases import own_subject
from processors.quotes.by_parse.sharing import CONTRASTS, first_adverb, first_auxiliary, goes_on
from processors.quotes.quote_candidate import Range
from processors.quotes.token_table import FINITE, TokenTable

FEWEST_WORDS = 2
"""Words of a report before the next one at least."""
FARTHEST_VERB = 4
"""Tokens from the nouns that the tree takes for the end of what was said to the verb whose subject they are."""
JOINING = frozenset({"and", "but", "while"})
"""Words before another one who reports."""
RELATIVES = frozenset({"WDT", "WP"})
"""Tags of "which" and "who", behind whose clause the verb of the sentence may stand."""
HIGHEST_CLIMB = 3
"""Relations climbed at most from a word of reporting to the verb whose subject it shares."""


def next_report(table: TokenTable, verb: int, start: int, end: int) -> int:
    """The token within [start, end) with which the next report begins; `end` where there is none.

    `verb`: the word of reporting whose words stand there.
    """
    for cue in table.cues:
        if start == cue > verb and _another(table, verb, cue) is not None:
            return start
        if start + FEWEST_WORDS < cue < end + FARTHEST_VERB and cue > verb:
            opening = _opening(table, verb, cue) or _aside(table, cue, end)
            if opening is not None and start < opening < end and _is_report(table, start, opening):
                return opening
    return _before_subject(table, verb, start, end)


def _before_subject(table: TokenTable, verb: int, start: int, end: int) -> int:
    """Where a stretch ends without what "and" joins to it as the subject of the verb behind: "declined to help the
    town and Lind closed it"."""
    # "Predicts growth in the town and the port will …" is a clause, "declined to help the town and it will …" is none.
    if end == len(table) or table.tags[end] not in FINITE or not (table.lower[start] == "to" or end in table.cues):
        return end
    by = own_subject(table, verb)
    if by is None or table.tags[by] in RELATIVES:
        return end
    subject = ending_before(table, end)
    opening = end if subject is None else table.left[subject] - 1
    return opening if start < opening < end and table.lower[opening] == "and" else end


def _is_report(table: TokenTable, start: int, opening: int) -> bool:
    """Not "that" alone: "argued that although he confessed, …" goes on with what was argued."""
    return table.word_count(start, opening) >= FEWEST_WORDS


def _opening(table: TokenTable, verb: int, cue: int) -> int | None:
    """Where the next report begins, if `cue` reports for the writer and not for whom `verb` lets speak."""
    above = _clause_of(table, cue)
    if above != cue and above > verb and own_subject(table, above) is not None:
        return _opening(table, verb, above)
    if table.tags[cue] == "VBG" and own_subject(table, cue) is None:
        return _participle(table, cue) or (_conjunction(table, cue) if table.tags[verb] == "VBG" else None)
    another = _another(table, verb, cue)
    if another is not None:
        return another
    if table.deps[cue] == "advcl" and own_subject(table, cue) is not None:
        first = table.left[cue]
        return first if table.lower[first] in CONTRASTS else None
    if table.deps[cue] == "conj" and own_subject(table, cue) is not None:
        return _contrasted(table, cue)
    if table.deps[cue] == "conj" and _is_same_form(table, verb, cue):
        return _conjunction(table, cue)
    return None


def _is_same_form(table: TokenTable, verb: int, cue: int) -> bool:
    """Whether two verbs may share a subject by their form: "insists … and warns", "continues to insist … and warns".

    "They fear … and warn" may be an infinitive to the tagger; but "they fear that he will stay and warn" is his.
    """
    forms = {table.tags[verb], table.tags[table.heads[verb]] if table.deps[verb] == "xcomp" else ""}
    if table.tags[cue] in forms:
        return True
    governed = any(table.tags[token] in ("MD", "TO") for token in range(verb + 1, cue))
    return table.tags[cue] == "VB" and "VBP" in forms and not governed


def _another(table: TokenTable, verb: int, cue: int) -> int | None:
    """ "One in three said it rains and one in four said so": the conjunction before another one who does the same."""
    if table.tags[cue] != table.tags[verb] or table.deps[cue] in ("acl", "relcl"):
        return None
    first = first_auxiliary(table, cue)
    if table.tags[first] not in FINITE:
        return None
    found = _numbered(table, first_adverb(table, first))
    subject = own_subject(table, cue)
    if subject is None:
        subject = ending_before(table, cue)
    if subject is None or found is None or table.left[subject] != found[0]:
        return None
    before = found[0] - 1
    return before if before > verb and table.lower[before] in JOINING else None


def _numbered(table: TokenTable, end: int) -> Range | None:
    """The nouns that end before a token, with "one in four"."""
    found = nouns_up_to(table, end)
    if found is None or found[0] < 2 or table.tags[found[0]] != "CD":
        return found
    counted = table.lower[found[0] - 1] == "in" and table.tags[found[0] - 2] == "CD"
    return (found[0] - 2, end) if counted else found


def _clause_of(table: TokenTable, cue: int) -> int:
    """The verb with a subject over "soared by saying", "kept asking", "are hoping to see"; else the cue."""
    token = cue
    for _ in range(HIGHEST_CLIMB):
        if own_subject(table, token) is not None or table.deps[token] not in ("xcomp", "pcomp", "prep"):
            break
        token = table.heads[token]
    return token


def _aside(table: TokenTable, cue: int, end: int) -> int | None:
    """The comma before what the writer adds to a report, to its end, in somebody's words: "called for a higher price,
    which she said was low"; not where the report goes on behind it."""
    first, subject = table.left[cue], own_subject(table, cue)
    if table.deps[cue] != "relcl" or subject is None or table.tags[subject] in RELATIVES or not first:
        return None
    added = table.tags[first] in RELATIVES and table.words[first - 1] == ","
    return first - 1 if added and table.word_count(table.right[cue] + 1, end) == 0 else None


def _contrasted(table: TokenTable, verb: int) -> int | None:
    """ ", and others have said": the conjunction before another subject."""
    first = table.left[verb]
    comma = first > 1 and table.is_conjunction(first - 1) and table.words[first - 2] == ","
    return first - 1 if comma else None


def _participle(table: TokenTable, cue: int) -> int | None:
    """ ", also noting that …", "while adding that …"."""
    first = first_adverb(table, cue)
    if first and table.lower[first - 1] in CONTRASTS:
        return first - 1
    return first if goes_on(table, cue) else None


def _conjunction(table: TokenTable, cue: int) -> int | None:
    """ "… but conceded that": the conjunction, where nothing but adverbs stands before the verb."""
    token = first_adverb(table, cue) - 1
    return token if token > 0 and table.is_conjunction(token) else None
