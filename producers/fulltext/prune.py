"""Boilerplate removal before extraction: a page's tree without what stands among the paragraphs of the article.

Knows nothing of sites: a list of links, a lone link and a caption look alike everywhere.
"""

import re
from collections.abc import Iterator
from importlib.resources import files

from lxml import html

# Letters of a list, or of each of its items, that belong to links; what is above leads elsewhere. Before an
# item's link there may stand a word on its subject.
_LINKED_LIST, _LINKED_ITEM = 0.8, 0.5
_LINKED_LINE = 0.9
# A box beside the article holds less of the page's text than this share; what holds more is the article.
_LARGEST_BOX = 1 / 3
_HEADLINE_LINK = "(.//h1 | .//h2 | .//h3 | .//h4)[1]//a/@href | .//a[@rel='bookmark' or .//h2 or .//h3]/@href"
# A line of links is short; a paragraph that is one link is a mistake in the markup.
_LONGEST_LINE = 250
# Shorter ones are captions, bylines and teasers.
_LONG_PARAGRAPH = 80


def prune(tree: html.HtmlElement) -> None:
    """Take out boxes, lists and lines that are links, and captions; what follows each of them stays."""
    dead = [element for element in tree.iter("ul", "ol") if _is_link_list(element)]
    dead += [element for element in tree.iter("p") if _is_link_line(element)]
    dead += list(tree.iter("figcaption"))
    dead += _boxes(tree)
    for element in dead:
        if element.getparent() is not None:
            element.drop_tree()


def headlines(tree: html.HtmlElement) -> list[str]:
    """What the page calls itself, in its headings and for sharing."""
    shared = tree.xpath('//meta[@property="og:title"]/@content')
    return [" ".join(heading.itertext()) for heading in tree.iter("h1")] + [str(title) for title in shared]


def paragraph_mass(tree: html.HtmlElement) -> int:
    """Characters in long paragraphs: about what an article of this page must have."""
    lengths = (len(_text(element)) for element in tree.iter("p"))
    return sum(length for length in lengths if length > _LONG_PARAGRAPH)


def leads_away(element: html.HtmlElement) -> bool:
    """Whether its headline is a link to another page, as a teaser's is."""
    return any("#" not in str(link) for link in element.xpath(_HEADLINE_LINK))


def unruby(tree: html.HtmlElement) -> None:
    """Join words with their readings (ruby), which extraction takes for lines of their own."""
    html.etree.strip_tags(tree, "ruby", "rb", "rp", "rt", "rtc")


def _boxes(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What a page says is beside its article, by a name or by being an article within the article."""
    mass = paragraph_mass(tree)
    largest = _LARGEST_BOX * mass
    inner = {element for element in tree.iter("article") if next(element.iterancestors("article"), None) is not None}
    # what together is most of the page's text, and no teasers, is the article itself in parts
    parts = sum(paragraph_mass(element) for element in inner if not leads_away(element)) > mass / 2
    for element in tree.iter("div", "section", "aside", "article", "ul", "ol", "dl", "p"):
        named = f"{element.get('class', '')} {element.get('id', '')}"
        within = not parts and element in inner
        if (within or (len(named) > 1 and _BOX.search(named))) and paragraph_mass(element) < largest:
            yield element


def _is_link_list(element: html.HtmlElement) -> bool:
    if len(element) < 2:
        return False
    return _linked(element) >= _LINKED_LIST or all(_linked(item) >= _LINKED_ITEM for item in element)


def _is_link_line(element: html.HtmlElement) -> bool:
    return len(_text(element)) < _LONGEST_LINE and _linked(element) >= _LINKED_LINE


def _linked(element: html.HtmlElement) -> float:
    """The share of an element's characters that belong to links; of an empty one, none."""
    length = len(_text(element))
    return sum(len(_text(link)) for link in element.iter("a")) / length if length else 0.0


def _text(element: html.HtmlElement) -> str:
    return "".join(element.itertext()).strip()


def _box() -> re.Pattern[str]:
    lines = files("producers.fulltext").joinpath("boxes.txt").read_text("utf-8").splitlines()
    words = "|".join(line for line in lines if line and not line.startswith("#"))
    return re.compile(rf"(?:(?<![a-z])|(?<=[a-z])(?=[A-Z]))(?i:{words})(?![a-z])")


_BOX = _box()
