"""Complements of reporting nouns: "a claim that it rains", "his promise to stay", "their demand is that we go".

Knows the tree and the lexicon's nouns; not verbs of saying, nor names.
"""

from collections.abc import Iterator

from processors.quotes.by_parse.gaps import nouns_up_to
from processors.quotes.by_parse.noun_phrases import noun_phrase, own_subject
from processors.quotes.by_parse.sharing import first_adverb
from processors.quotes.by_parse.subjects import subject_of
from processors.quotes.by_parse.unsaid import is_no_noun
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate, Range
from processors.quotes.token_table import OUTSIDE, TokenTable

FEWEST_WORDS = 4
"""Shorter, it is mostly a fixed phrase: "a promise to pay"."""
LEADS = frozenset({"that", "which", "who", "whether"})
"""First words of a clause behind a noun that is not "the promise she made"."""


def nouns(table: TokenTable, lexicon: Lexicon) -> list[QuoteCandidate]:
    """What the nouns of a paragraph report, in their order."""
    found: list[QuoteCandidate] = []
    for noun in range(len(table)):
        frames = lexicon.nouns.get(table.lower[noun])
        if not frames or table.tags[noun][0] != "N" or table.quotation[noun] != OUTSIDE:
            continue
        if not is_no_noun(table, lexicon, noun):
            found.extend(_reported_by(table, lexicon, noun))
    return found


def _reported_by(table: TokenTable, lexicon: Lexicon, noun: int) -> Iterator[QuoteCandidate]:
    frames = lexicon.nouns[table.lower[noun]]
    speaker = _speaker(table, noun)
    if speaker is None and table.lower[noun] in lexicon.owned:
        return
    for kid in (*table.kids[noun], *_predicates(table, noun)):
        start, end = table.left[kid], table.right[kid] + 1
        if kid > noun and _leads(table, kid) in frames and table.word_count(start, end) >= FEWEST_WORDS:
            yield QuoteCandidate(start, _before_participle(table, noun, end), (noun, noun + 1), speaker)


def _before_participle(table: TokenTable, noun: int, end: int) -> int:
    """Where the writer goes on with the next report: "denied the notion that it is old, explaining that …"."""
    reports = (cue for cue in table.cues if noun < cue < end and table.tags[cue] == "VBG")
    commas = (first_adverb(table, cue) - 1 for cue in reports)
    return next((comma for comma in commas if comma > noun and table.words[comma] == ","), end)


def _predicates(table: TokenTable, noun: int) -> list[int]:
    """What "is" says of the noun: "the hope is that …"."""
    verb = table.heads[noun]
    if table.deps[noun] != "nsubj" or table.lower[verb] not in ("is", "was"):
        return []
    return [kid for kid in table.kids[verb] if table.deps[kid] in ("ccomp", "xcomp")]


def _leads(table: TokenTable, kid: int) -> str:
    """The word that leads to what is said: "that", "to", "whether" or a preposition."""
    if table.deps[kid] == "prep":
        return table.lower[kid]
    if table.deps[kid] in ("acl", "ccomp", "xcomp", "relcl"):
        for word in table.kids[kid]:
            if table.deps[word] == "mark" or table.lower[word] == "to":
                return table.lower[word]
    return ""


def _speaker(table: TokenTable, noun: int) -> Range | None:
    """Whose noun it is: "his claim", "a claim by the police", else who makes it: "they made claims"."""
    for kid in table.kids[noun]:
        if table.deps[kid] == "poss":
            return noun_phrase(table, kid)
        if table.deps[kid] == "prep" and table.lower[kid] in ("by", "from"):
            for source in table.kids[kid]:
                if table.deps[source] == "pobj":
                    return noun_phrase(table, source)
        if table.deps[kid] == "relcl" and table.lower[table.left[kid]] not in LEADS:
            maker = own_subject(table, kid)
            if maker is not None and table.tags[maker] not in ("WDT", "WP"):
                return noun_phrase(table, maker)
    misread = _misread_verb(table, noun)
    if misread is not None:
        return misread
    verb = table.heads[noun]
    # "The roof fell in, raising questions about …": what happened asks nothing.
    if table.tags[verb] == "VBG" and table.deps[verb] == "advcl" and table.words[verb - 1] == ",":
        return None
    if table.deps[noun] == "dobj":
        return subject_of(table, verb)
    # "Said in a statement that …", where a parse hangs on the noun what was said.
    in_it = table.deps[noun] == "pobj" and table.lower[verb] == "in" and table.heads[verb] in table.cues
    return subject_of(table, table.heads[verb]) if in_it else None


def _misread_verb(table: TokenTable, noun: int) -> Range | None:
    """Who it is, where the tagger takes for a noun what is a verb: "Holm claims that …", "rails against it and vows to
    …"; and whose it is where it is one: "the town fell for Holm claims that …"."""
    subject = own_subject(table, noun)
    if subject is not None and subject < noun:
        return noun_phrase(table, subject)
    if table.deps[noun] == "conj" and table.tags[noun] == "NNS" and table.is_conjunction(noun - 1):
        first, last = table.sentence_of(noun)
        root = next((token for token in range(first, last) if table.heads[token] == token), noun)
        return subject_of(table, root) if root < noun and table.tags[root] == "VBZ" else None
    named = noun > 0 and table.heads[noun - 1] == noun and table.deps[noun - 1] in ("compound", "nmod", "amod")
    if not named or not table.words[noun - 1].istitle():
        return None
    found = nouns_up_to(table, noun)
    determined = found is None or any(table.tags[token] in ("DT", "PRP$", "JJ") for token in range(*found))
    return None if determined else found
