"""Tokenises a paragraph without a model: words, quotation marks and sentences, by regular expressions.

Makes the same `TokenTable` as token_table.py, without tags and tree. Knows no rule.
"""

import re
from bisect import bisect_left
from functools import cache

from processors.quotes.lexicon import Lexicon, quotations_of
from processors.quotes.token_table import OUTSIDE, TokenTable, count_words, quotation_of, token_ranges
from processors.quotes.word_order import WordOrder

_TOKEN = r"(?:[cdjlmnst]|qu|lorsqu|jusqu|puisqu)['’](?=\w)|\w+(?:['’]\w+)*|''|``|[^\w\s]"
_ENDS = frozenset(".!?…")


def scan(text: str, offset: int, lexicon: Lexicon, begin_at: int = 0) -> TokenTable:
    """The table of a paragraph; `offset`: its place in the article, `begin_at`: its dateline's end (code points)."""
    matches = list(_token(lexicon.order.glued).finditer(text))
    starts = [match.start() for match in matches]
    words = [match.group() for match in matches]
    lower = [word.lower() for word in words]
    found = quotations_of(text, lexicon)
    inside = quotation_of(starts, found)
    begin = bisect_left(starts, begin_at)
    return TokenTable(
        offset=offset,
        begin=begin,
        text=text,
        starts=starts,
        ends=[match.end() for match in matches],
        words=words,
        lower=lower,
        tags=[],
        deps=[],
        heads=[],
        kids=[],
        left=[],
        right=[],
        sentence=_sentences(words, inside, lexicon.order, begin),
        marks=found,
        quotation=inside,
        spans=token_ranges(inside, len(found)),
        words_before=count_words(words),
        cues=_cues(words, lower, inside, lexicon),
    )


@cache
def _token(glued: frozenset[str]) -> re.Pattern[str]:
    """Words and signs; of the parts in `glued`, "-se" ends a word and "dell'" begins one."""
    ends = [rf"(?<=\w){re.escape(part)}\b" for part in glued if part.startswith("-")]
    begins = [rf"\b{re.escape(part)}(?=\w)" for part in glued if not part.startswith("-")]
    return re.compile("|".join([*sorted(ends), *sorted(begins), _TOKEN]), re.IGNORECASE)


def _cues(words: list[str], lower: list[str], inside: list[int], lexicon: Lexicon) -> dict[int, str]:
    """Words of reporting outside the marks, but for those that are mostly something else."""
    nominal = lexicon.determiners | lexicon.order.determiners
    return {
        token: lexicon.reporting[word]
        for token, word in enumerate(lower)
        if word in lexicon.strong_words
        and word in lexicon.reporting
        and inside[token] == OUTSIDE
        and not (token and lower[token - 1] in nominal)
        and not (lexicon.order.capital_nouns and words[token][0].isupper())
    }


def _sentences(words: list[str], inside: list[int], order: WordOrder, begin: int) -> list[int]:
    """For each token the first token of its sentence; a quotation is never divided; `begin`: behind the dateline."""
    first, sentence = 0, []
    for token in range(len(words)):
        if token == begin or (
            token > begin
            and (words[token - 1] in _ENDS or inside[token - 1] != OUTSIDE)  # few tokens, and costs less than the call
            and _begins(words, inside, token, order)
        ):
            first = token
        sentence.append(first)
    return sentence


def _begins(words: list[str], inside: list[int], token: int, order: WordOrder) -> bool:
    """Whether a sentence begins here: a capital or a mark, behind an end that is no abbreviation's."""
    if inside[token] != OUTSIDE and inside[token - 1] == inside[token]:
        return False
    word, before = words[token], token - 1
    if not (word[0].isupper() or word[0].isdigit() or inside[token] != OUTSIDE):
        return False
    if inside[before] != OUTSIDE:
        return before > 0 and words[before - 1] in _ENDS
    if words[before] not in _ENDS or before == 0:
        return False
    last = words[before - 1]
    if order.close and last.isdigit():  # "… de 2015. O Exército disse": no ordinal, as it would be in German
        return True
    return words[before] != "." or not (
        (len(last) == 1 and last.isalpha()) or last.isdigit() or last.lower() in order.abbreviations
    )
