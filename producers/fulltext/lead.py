"""The lead that stands apart from the other paragraphs, between headline and picture, and is part of the article.

It is told from teasers of other articles by this: the page describes itself in the same words. Knows
nothing of how the rest is extracted.
"""

import re
from collections.abc import Iterator

from lxml import html

from producers.parse.markup import clean

_DESCRIPTIONS = '//meta[@name="description" or @property="og:description" or @name="twitter:description"]/@content'
# Shorter ones are names of sections; longer ones are the article's first paragraphs, and found with them.
_SHORTEST, _LONGEST = 50, 600
# So many characters of a description seldom go over a change of markup.
_PROBE = 30
# A description is often cut; before the lead there may stand a place or an agency.
_ROOM, _PLACE = 1.6, 25
_BLOCKS = frozenset({"p", "div", "h2", "h3", "h4", "li", "section", "header", "blockquote", "td", "article", "main"})
_ELSEWHERE = frozenset({"a", "nav", "footer", "aside", "script", "style", "noscript", "template", "head", "figure"})
_NOT_WORD = re.compile(r"\W+")
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")


def lead(tree: html.HtmlElement) -> str:
    """The page's lead as it stands on the page; empty where its description stands nowhere by itself."""
    for description in dict.fromkeys(_descriptions(tree)):
        for element in _holders(tree, description):
            text = _text(element)
            if len(text) <= _ROOM * len(description) and text.find(description[:_PROBE]) <= _PLACE:
                return text
    return ""


def with_lead(body: str, found: str) -> str:
    """The body, its lead before it unless it holds that already."""
    bare, whole = _NOT_WORD.sub("", found), _NOT_WORD.sub("", body)
    if not bare or bare[:_PROBE] in whole or bare[-_PROBE:] in whole:
        return body
    return f"{found}\n{body}"


def _descriptions(tree: html.HtmlElement) -> Iterator[str]:
    for content in tree.xpath(_DESCRIPTIONS):
        text = _CUT.sub("", _spaced(clean(str(content))))
        if _SHORTEST <= len(text) <= _LONGEST:
            yield text


def _holders(tree: html.HtmlElement, description: str) -> Iterator[html.HtmlElement]:
    """The blocks in which the description stands, in the page's order."""
    middle = len(description) // 2
    probes = (description[:_PROBE], description[middle : middle + _PROBE])
    for element in tree.iter(html.etree.Element):
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if text and len(text) >= _PROBE and any(probe in _spaced(text) for probe in probes):
                block = _block(holder)
                if block is not None:
                    yield block


def _block(element: html.HtmlElement | None) -> html.HtmlElement | None:
    """The block around an element; None where it leads elsewhere or is not shown."""
    block = None
    while element is not None:
        if element.tag in _ELSEWHERE:
            return None
        if block is None and element.tag in _BLOCKS:
            block = element
        element = element.getparent()
    return block


def _text(element: html.HtmlElement) -> str:
    parts = element.xpath(".//text()[not(parent::style or parent::script)]")
    return _spaced(clean("".join(parts)))


def _spaced(text: str) -> str:
    return " ".join(text.split())
