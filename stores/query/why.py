"""Snippets: the sentences of an article that hold what was asked for, with the matches highlighted.

Made from the text by the analyser, so it is the same whichever engine found the article.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stores.analysis.languages import own_language
from stores.analysis.placed import PlacedTerms, placed, placed_names
from stores.analysis.sentences import sentences
from stores.query.field import Kind
from stores.query.fields import ANY, ARTICLE
from stores.query.term_positions import term_positions
from stores.query.tree import And, InQuote, Node, Or, Query, Words

# A sentence of a wire story has some 150 characters; a "sentence" of a table or a list may have thousands.
LONGEST = 320


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that a part of the query asked for; code points, half-open."""

    start: int
    end: int
    part: Words


@dataclass(frozen=True, slots=True)
class Snippet:
    """A sentence (or, of a very long one, the stretch around the first mark) and where it is marked.

    `marks` are code points into `sentence`, half-open; text[start:start + len(sentence)] is the sentence.
    """

    sentence: str
    marks: tuple[tuple[int, int], ...]
    start: int


def snippet(text: str, query: Query, language: str | None = None) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The one sentence that holds most of what was asked for, and where it is marked (code points into it).

    `language`: the text's, by its ISO code.
    Where the text holds nothing of it (the headline did, or a name), its first sentence without a mark.
    """
    for best in snippets(text, query, limit=1, language=language):
        return best.sentence, best.marks
    first = sentences(text)[:1]
    return (_snippet(text, *first[0], []).sentence, ()) if first else ("", ())


def snippets(text: str, query: Query, limit: int = 3, language: str | None = None) -> list[Snippet]:
    """The sentences that hold most of what was asked for, in the order of the text."""
    marks = highlights(text, query, language)
    if not marks:
        return []
    found = [(start, end, _within(marks, start, end)) for start, end in sentences(text)]
    best = sorted(found, key=lambda one: (-len({mark.part for mark in one[2]}), one[0]))[:limit]
    return [_snippet(text, start, end, held) for start, end, held in sorted(best, key=_start) if held]


def highlights(text: str, query: Query, language: str | None = None) -> list[Mark]:
    """Every stretch that a part of the query asked for, in the order of the text. What NOT refuses is no part."""
    parts = list(dict.fromkeys(_asked(query.root)))
    # a text is read once for all parts, and as names only where one is asked for
    read: dict[bool, PlacedTerms] = {}
    for is_name in {_is_name(part) for part in parts}:
        read[is_name] = placed_names(text) if is_name else placed(text, own_language(language))
    marks = (mark for part in parts for mark in _marks(part, read[_is_name(part)]))
    return sorted(marks, key=lambda mark: (mark.start, mark.end))


def _asked(node: Node) -> Iterator[Words]:
    match node:
        case Words():
            yield node
        case InQuote(part):
            yield from _asked(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked(part)
        case _:
            return


def _is_name(part: Words) -> bool:
    return part.field != ANY and ARTICLE[part.field].kind is Kind.NAME


def _marks(part: Words, read: PlacedTerms) -> Iterator[Mark]:
    for wanted in (part.names,) if _is_name(part) else (part.stems, *(own.marked for own in part.own)):
        for place in term_positions(wanted, read.terms, part.prefix, part.near):
            if part.near is None:
                yield Mark(read.span(place[0])[0], read.span(place[-1])[1], part)
            else:
                yield from (Mark(*read.span(at), part) for at in place)


def _within(marks: list[Mark], start: int, end: int) -> list[Mark]:
    return [mark for mark in marks if start <= mark.start and mark.end <= end]


def _start(sentence: tuple[int, int, list[Mark]]) -> int:
    return sentence[0]


def _snippet(text: str, start: int, end: int, marks: list[Mark]) -> Snippet:
    if end - start > LONGEST:
        if marks:
            start = _word_start(text, max(start, marks[0].start - LONGEST // 3), marks[0].start)
        end = min(end, start + LONGEST)
        marks = _within(marks, start, end)
    ranges = _merged([(mark.start - start, mark.end - start) for mark in marks])
    return Snippet(text[start:end], ranges, start)


def _word_start(text: str, at: int, latest: int) -> int:
    """The first beginning of a word from `at` on, or `latest`."""
    while 0 < at < latest and not text[at - 1].isspace():
        at += 1
    return at


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
