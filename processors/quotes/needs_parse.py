"""Decides which paragraphs need the dependency parser: the parser is most of the cost of reading an article.

Knows words and marks; runs before there is a parse.
"""

import re
from collections.abc import Sequence

from processors.quotes.direct import is_speech
from processors.quotes.lexicon import Lexicon, quotations_of
from processors.quotes.marks import Quotation

FEWEST_WORDS_OUTSIDE = 2
"""A paragraph that is all quotation says nothing of its speaker: a tree would not either."""
_WORD = re.compile(r"\w+")


def needs_parse(text: str, lexicon: Lexicon) -> bool:
    """Whether a paragraph can hold speech whose words or speaker only a tree shows."""
    found = quotations_of(text, lexicon)
    outside = _WORD.findall(_outside(text, found).lower())
    if len(outside) >= FEWEST_WORDS_OUTSIDE and any(is_speech(text[one.start : one.end]) for one in found):
        return True
    if text.endswith(":"):  # "The mayor issued a statement:", and a paragraph of quotation
        return True
    return any(
        (not _is_noun(before, word, lexicon) and _reports(word, after, lexicon))
        or (word in lexicon.nouns and after in lexicon.nouns[word])
        for before, word, after in zip(["", *outside], outside, [*outside[1:], ""], strict=False)
    )


def _reports(word: str, after: str, lexicon: Lexicon) -> bool:
    """Whether a word of reporting means it: some do only where what they report follows, "ruled that", "points out"."""
    return word in lexicon.strong_words or (after in lexicon.leading and word in lexicon.reporting)


def _is_noun(before: str, word: str, lexicon: Lexicon) -> bool:
    """Whether the word before makes a noun of a word of reporting: "the report", "those claims"; not "some say"."""
    return before in lexicon.determiners and (before not in lexicon.pronouns or word in lexicon.nouns)


def _outside(text: str, found: Sequence[Quotation]) -> str:
    """The text without what stands in marks."""
    starts = [0, *(one.end for one in found)]
    ends = [*(one.start for one in found), len(text)]
    return " ".join(text[start:end] for start, end in zip(starts, ends, strict=True))
