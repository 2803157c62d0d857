"""The news agency that an article credits: in its by-line, its dateline or its last line. Knows words, not stories.

What only names an agency is no credit: "told Reuters", a photo's, "AP contributed to this report". Where several are
credited, the publisher has put the article together, and none is its origin.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import regex

from stores.origins.agencies import KEYS
from stores.origins.by_line import by_line

# A dateline stands in the first line or two, a credit in the last: so many characters hold them, and little else.
_HEAD, _TAIL = 400, 400


def credited(authors: Iterable[str], text: str) -> str | None:
    """The key of the one agency that the article credits; None where it credits none, or several."""
    head, tail = text.strip()[:_HEAD], text.strip()[-_TAIL:]
    if _WITH_AGENCIES.search(tail):
        return None
    for found in (by_line(authors), _in_head(head), _in_tail(tail)):
        keys = set(found)
        if keys:
            return keys.pop() if len(keys) == 1 else None
    return None


class _Patterns(NamedTuple):
    head: tuple[regex.Pattern[str], ...]
    tail: tuple[regex.Pattern[str], ...]
    name: regex.Pattern[str]


@cache
def _patterns() -> _Patterns:
    names = "|".join(regex.escape(name) for name in sorted(KEYS, key=len, reverse=True))
    one = rf"(?:{names})(?![\p{{L}}\p{{N}}])"
    joined = r"(?:\s*(?:,|/|&|\+|;|\||[-–—]|and|und|et|e|E|y|i|и|та)\s*)"
    listed = rf"(?<many>{one}(?:{joined}{one})*)"
    begin = r"(?:^|\n)\s*"
    origin = r"(?:Source|Quelle|Fonte|Fuente|Источник|Джерело|来源)\s*[:：]\s*"
    return _Patterns(
        head=(
            # LONDON (Reuters) - …; WASHINGTON, D.C. (AP) — …; BERLIN, 3 May (dpa): … The place stands before it.
            regex.compile(rf"{begin}[^\n()“”\"]{{0,70}}\(\s*{listed}\s*\)\s*(?:[-–—:.]|\n|(?=\p{{Lu}}))"),
            regex.compile(rf"\d\d:\d\d\s*\(\s*{listed}\s*\)"),
            regex.compile(rf"{begin}[^\n()“”\"]{{0,60}}/\s*{listed}\s*/"),
            regex.compile(rf"{begin}(?:By\s+|Por\s+|{origin})?{listed}\s*(?:\||\n|$)"),
            regex.compile(rf"{begin}By [^\n]{{3,80}}[,|]\s*{listed}\s*(?:\n|$)"),
            regex.compile(rf"\bCopyright\s+(?:©\s*)?\d{{4}},?\s+{listed}"),
        ),
        tail=(
            regex.compile(rf"(?:\n|[.!?”\"»*]\s*)[/\\–—-]{{1,2}}\s*{listed}[\s.*)]*$"),
            regex.compile(rf"\n\s*\(?{listed}\)?[\s.*]*$"),
            regex.compile(rf"[.!?”\"»]\s*\n?\s*(?:\p{{Ll}}{{2,4}}(?:/\p{{Ll}}{{2,4}})*\s+)?\({listed}\)\s*$"),
            regex.compile(rf"(?:Copyright|©|\(c\))\s*(?:©\s*)?\d{{4}},?\s+{listed}"),
            regex.compile(rf"(?:\n|[.”\"]\s){origin}{listed}[\s.]*$"),
        ),
        name=regex.compile(one),
    )


# Reuters closes its reports so, whoever prints them.
_REPORTING = regex.compile(r"\(\s*(?:Additional r|R)eporting by [^()]{3,300}\)", regex.IGNORECASE)
_EDITED = regex.compile(r"(?:[Ee]diting|[Ww]riting) by ")


_WITH_AGENCIES = regex.compile(
    r"(?:[Ww]ith|WITH|[Ff]rom|[Mm]it|[Cc]om|COM|[Aa]vec|[Cc]on)\s+(?:[Aa]gencies|AGENCIES|[Aa]genturen|[Aa]gências|AGÊNCIAS"
    r"|[Aa]gences|[Aa]gencias)[\p{L} ]{0,20}[.)]?\s*$"
)


def _in_head(text: str) -> Iterator[str]:
    yield from _first(_patterns().head, text)


def _in_tail(text: str) -> Iterator[str]:
    if (closing := _REPORTING.search(text)) and _EDITED.search(closing[0]):
        yield "reuters"
    yield from _first(_patterns().tail, text)


def _first(patterns: Iterable[regex.Pattern[str]], text: str) -> Iterator[str]:
    match = next((found for pattern in patterns if (found := pattern.search(text))), None)
    if match:
        yield from _names(match["many"])


def _names(credit: str) -> Iterator[str]:
    return (KEYS[name] for name in _patterns().name.findall(credit))
