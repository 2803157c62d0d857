"""The token table: a paragraph as plain lists over its tokens, with its dependency tree and its quotation marks.

The rules read these lists, because asking spaCy's objects token by token costs more than all rules together. Knows no
rule.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from spacy import attrs

from processors.model.paragraph import Paragraph
from processors.quotes.lexicon import Lexicon, quotations_of
from processors.quotes.marks import Quotation

OUTSIDE = -1
MOST_KIDS = 64
"""Dependents kept of one word: no verb of a sentence has so many, and lists of words must not cost their square."""
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Tags of verbs that make a sentence: "rains", "rained", "may"."""
NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP"})
"""Tags of words that may be the subject of a verb right behind them."""
_ATTRIBUTES = [attrs.IDX, attrs.LENGTH, attrs.TAG, attrs.DEP, attrs.HEAD, attrs.SENT_START]


@dataclass(slots=True)
class TokenTable:
    """A paragraph: every list has one item a token, or none where nothing was parsed; ranges are half-open."""

    offset: int
    """Code point offset of the paragraph in the article."""
    begin: int
    """First token behind the dateline: what stands before it neither speaks nor is said."""
    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    kids: list[list[int]]
    left: list[int]
    """First token of the token's subtree."""
    right: list[int]
    """Last token of the token's subtree, inclusive."""
    sentence: list[int]
    """First token of the token's sentence."""
    marks: Sequence[Quotation]
    quotation: list[int]
    """Which quotation the token stands in, or OUTSIDE."""
    spans: list[tuple[int, int]]
    """The tokens of each quotation, half-open; empty where no token starts in it."""
    words_before: list[int]
    """How many words, tokens with a letter or digit, stand before each token; one item more than tokens."""
    cues: dict[int, str]
    """Token -> base form of each word of reporting that is a verb here, and the writer's, not a speaker's."""

    def __len__(self) -> int:
        return len(self.words)

    def is_word(self, token: int) -> bool:
        """Whether the token holds a letter or digit."""
        return self.words_before[token + 1] > self.words_before[token]

    def is_conjunction(self, token: int) -> bool:
        """Whether the tree calls it a conjunction; without a tree nothing is one."""
        return bool(self.deps) and self.deps[token] == "cc"

    def sentence_of(self, token: int) -> tuple[int, int]:
        """The tokens of the sentence that a token stands in."""
        first = self.sentence[token]
        return first, bisect_right(self.sentence, first)

    def has_finite_verb(self, start: int, end: int) -> bool:
        """Whether one of the tokens is a verb that makes a sentence."""
        return any(self.tags[token] in FINITE for token in range(start, end))

    def inner(self, number: int) -> str:
        """What stands between the marks of a quotation."""
        return self.text[self.marks[number].inner_start : self.marks[number].inner_end]

    def word_count(self, start: int, end: int) -> int:
        """How many of the tokens are words."""
        return self.words_before[max(start, end)] - self.words_before[start]


def surface(paragraph: Paragraph, article: str) -> str:
    """The paragraph's text cut from the article's: putting it together from its tokens costs as much as the rules."""
    if not len(paragraph.doc):
        return ""
    last = paragraph.doc[-1]
    return article[paragraph.start : paragraph.start + last.idx + len(last)]


def tabulate(paragraph: Paragraph, text: str, lexicon: Lexicon, begin_at: int = 0) -> TokenTable:
    """The table of a parsed paragraph; `text` is its own; `begin_at`: where it goes on behind a dateline."""
    doc = paragraph.doc
    rows = doc.to_array(_ATTRIBUTES).astype("int64").T.tolist()
    starts, lengths, tags, deps, offsets, sentence_starts = rows
    strings = doc.vocab.strings
    names = {key: strings[key % (1 << 64)] for key in {*tags, *deps}}
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    heads = [token + offset for token, offset in enumerate(offsets)]
    left, right = _edges(heads)
    lower = [word.lower() for word in words]
    tags = [names[key] for key in tags]
    deps = [names[key] for key in deps]
    found = quotations_of(text, lexicon)
    inside = quotation_of(starts, found)
    begin = bisect_left(starts, begin_at)
    return TokenTable(
        offset=paragraph.start,
        begin=begin,
        text=text,
        starts=starts,
        ends=ends,
        words=words,
        lower=lower,
        tags=tags,
        deps=deps,
        heads=heads,
        kids=_kids(heads),
        left=left,
        right=right,
        sentence=_sentences(sentence_starts, begin),
        marks=found,
        quotation=inside,
        spans=token_ranges(inside, len(found)),
        words_before=count_words(words),
        cues={
            token: lexicon.reporting[word]
            for token, word in enumerate(lower)
            if word in lexicon.reporting
            and tags[token][:1] == "V"
            and inside[token] == OUTSIDE
            and not (deps[token] == "amod" and tags[token - 1] not in NOMINAL)  # "60 pledged delegates"
        },
    )


def _kids(heads: list[int]) -> list[list[int]]:
    kids: list[list[int]] = [[] for _ in heads]
    for token, head in enumerate(heads):
        if head != token and len(kids[head]) < MOST_KIDS:
            kids[head].append(token)
    return kids


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    """First and last token of each subtree: every token widens its ancestors until one is wide enough."""
    left, right = list(range(len(heads))), list(range(len(heads)))
    for token in range(len(heads)):
        head = heads[token]
        while left[head] > token and heads[head] != head:
            left[head] = token
            head = heads[head]
        left[head] = min(left[head], token)
    for token in reversed(range(len(heads))):
        head = heads[token]
        while right[head] < token and heads[head] != head:
            right[head] = token
            head = heads[head]
        right[head] = max(right[head], token)
    return left, right


def _sentences(sentence_starts: list[int], begin: int) -> list[int]:
    first, sentence = 0, []
    for token, begins in enumerate(sentence_starts):
        if begins == 1 or token == begin:
            first = token
        sentence.append(first)
    return sentence


def quotation_of(starts: list[int], found: Sequence[Quotation]) -> list[int]:
    """For each token the quotation that its start lies in."""
    inside = [OUTSIDE] * len(starts)
    for number, quotation in enumerate(found):
        for token in range(bisect_left(starts, quotation.start), bisect_left(starts, quotation.end)):
            inside[token] = number
    return inside


def count_words(words: list[str]) -> list[int]:
    """For each token how many words stand before it, and the sum at the end."""
    return [0, *accumulate([word.isalnum() or (len(word) > 1 and any(map(str.isalnum, word))) for word in words])]


def token_ranges(inside: list[int], count: int) -> list[tuple[int, int]]:
    """For each quotation its tokens."""
    if not count:
        return []
    ranges = [(0, 0)] * count
    for token, number in enumerate(inside):
        if number != OUTSIDE:
            first = ranges[number][0] if ranges[number][1] else token
            ranges[number] = (first, token + 1)
    return ranges
