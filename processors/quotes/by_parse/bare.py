"""Quotations that no clause explains: whether they are speech, who says them, and where they begin.

Knows one paragraph and what the rules have found in it; not who spoke before it, nor names.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from processors.quotes.by_parse.named import is_fragment, is_work
from processors.quotes.by_parse.noun_phrases import SUBJECTS, noun_phrase, own_subject
from processors.quotes.by_parse.speakers import COPULAS, attribute, attributions, inverted
from processors.quotes.direct import is_exclamation, is_speech, is_title
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import NOBODY, Attribution, QuoteCandidate
from processors.quotes.token_table import FINITE, OUTSIDE, TokenTable

NEAR_CUE = 3
"""Tokens within which the verb of a quotation stands: in it, or behind one that may be a title."""
FARTHEST_CUE = 6
"""Tokens behind a short quotation within which its verb stands: "No," midfielder Chung-in Moon said."""
FEWEST_OF_HEADLINE = 3
"""Words of a quotation before a colon: 'They took everything': villagers tell of raid."""

FEWEST_BEFORE = 2
"""Words before a quotation in its sentence at least: a subject and its verb."""
NOT_SAID = frozenset({"VBG", "WDT"})
"""Tags of words that begin a clause of the writer's: "released a note condemning “…”", "two notes that list “…”"."""
HIGHEST_CLIMB = 12
"""Relations climbed at most from a quotation to the verb of its sentence."""


def bare(
    table: TokenTable,
    lexicon: Lexicon,
    found: Sequence[QuoteCandidate],
    explained: Mapping[int, QuoteCandidate],
) -> Iterator[QuoteCandidate]:
    """The quotations that are speech and that no rule has explained.

    `found`: what the rules have found; `explained`: quotation -> the candidate that holds it.
    """
    known = attributions(table, lexicon) if table.spans else []
    taken = {token: one for one in found for token in one.tokens} if table.spans else {}
    previous: Attribution | None = None
    for number, (start, end) in enumerate(table.spans):
        if number in explained:
            previous = explained[number].attribution or previous
        elif start < end and _is_said(table, number, previous) and not is_work(table, lexicon, number):
            near = attribute(table, lexicon, (start, end), known, previous)
            if near or not is_fragment(table, number):
                own = None if near and _is_of_sentence(table, number, near.cue[0]) else _host(table, start)
                previous = own or near
                before = taken.get(_word_before(table, start))
                if before and previous and before.cue == previous.cue and _is_plain(table, before):
                    before.end = end  # "He said the bridge was old: “It will fall.”"
                    continue
                first = _hosted(table, start, own.cue[0], taken) if own else _with_subject(table, start, end)
                one = QuoteCandidate(first, end, *(previous or NOBODY))
                taken.update(dict.fromkeys(one.tokens, one))
                yield one


def _is_of_sentence(table: TokenTable, number: int, cue: int) -> bool:
    """Whether a cue belongs to the sentence that a quotation stands in; behind one that ends a sentence begun before
    it, "with talks like “It is safe.” Ek said …", another sentence begins."""
    start, end = table.spans[number]
    if cue < end:
        return cue >= table.sentence[start]
    begun = start > 0 and table.words[start - 1] not in (".", ":", ",")
    return not (begun and table.inner(number).rstrip()[-1:] == ".")


def _host(table: TokenTable, start: int) -> Attribution | None:
    """Who does what the sentence says that a quotation stands in, and begins before it: "Lind recognised that “…”"."""
    first, root = table.sentence[start], start
    if table.word_count(first, start) < FEWEST_BEFORE or table.quotation[first] != OUTSIDE:
        return None
    for _ in range(HIGHEST_CLIMB):
        root = table.heads[root]
    subject = own_subject(table, root) if first <= root < start and table.tags[root][0] in "VM" else None
    if subject is None or not _is_somebody(table, subject, table.lower[root] in COPULAS):
        return None
    return Attribution((root, root + 1), noun_phrase(table, subject))


def _is_somebody(table: TokenTable, subject: int, described: bool) -> bool:
    """A name, "he", or "the commission"; not "it", "information", nor what "is" describes."""
    if table.tags[subject] in ("NNP", "NNPS"):
        return True
    if described:
        return False
    if table.tags[subject] == "PRP":
        return table.lower[subject] != "it"
    return any(table.tags[kid] in ("DT", "PRP$") for kid in table.kids[subject])


def _word_before(table: TokenTable, start: int) -> int:
    """The last word before a sign before a token; OUTSIDE where no sign or a quotation stands there."""
    token = start - 1
    while token >= 0 and table.quotation[token] == OUTSIDE and not table.is_word(token):
        token -= 1
    return token if 0 <= token < start - 1 and table.quotation[token] == OUTSIDE else OUTSIDE


def _is_plain(table: TokenTable, candidate: QuoteCandidate) -> bool:
    """Whether nothing of it stands in marks."""
    return all(table.quotation[token] == OUTSIDE for token in candidate.tokens)


def _hosted(table: TokenTable, start: int, verb: int, taken: Collection[int]) -> int:
    """Where the complement begins that a quotation ends: recognised <that the court must “settle it”>."""
    if not table.inner(table.quotation[start])[:1].islower():
        return start
    kids = (kid for kid in table.kids[verb] if kid > verb and table.left[kid] <= start <= table.right[kid])
    first = min(start, next((table.left[kid] for kid in kids), start))
    if table.tags[first] in NOT_SAID:
        return start
    return start if any(token in taken for token in range(first, start)) else first


def _with_subject(table: TokenTable, start: int, end: int) -> int:
    """Where a quotation begins with the subject that stands before its marks: the bridge “is not safe”."""
    for verb in range(start, min(end, start + NEAR_CUE)):
        if table.tags[verb] in FINITE:
            head = table.heads[verb] if table.deps[verb] in ("aux", "auxpass") else verb
            kids = (kid for kid in table.kids[head] if kid < start and table.deps[kid] in SUBJECTS)
            subject = next((table.left[kid] for kid in kids if table.quotation[kid] == OUTSIDE), start)
            crosses = any(token in table.cues for token in range(subject, start))
            return start if crosses or table.sentence[subject] != table.sentence[start] else subject
    return start


def _is_said(table: TokenTable, number: int, previous: Attribution | None) -> bool:
    """Whether a quotation is speech; a few words are where they go on with what was said, or have their verb behind."""
    inner = table.inner(number)
    if is_speech(inner):
        return True
    start, end = table.spans[number]
    if table.sentence[start] != start:
        return False
    words = inner.split()
    if start == table.begin and table.words[end : end + 1] == [":"] and len(words) >= FEWEST_OF_HEADLINE:
        return inner[0].isupper() and not is_title(words)
    if not is_exclamation(inner):
        return False
    reach = NEAR_CUE if is_title(words) else FARTHEST_CUE
    near = any(token in table.cues for token in range(end, end + reach))
    return previous is not None or near or inverted(table, end) is not None
