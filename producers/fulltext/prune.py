"""A page's tree without what stands among the paragraphs but is no part of the article.

Knows nothing of sites: a list of links, a lone link and a caption look alike everywhere.
"""

from lxml import html

# Letters of a list that belong to links; what is above leads elsewhere.
_LINKED_LIST = 0.8
_LINKED_LINE = 0.9
# A line of links is short; a paragraph that is one link is a mistake in the markup.
_LONGEST_LINE = 250
# Shorter ones are captions, bylines and teasers.
_LONG_PARAGRAPH = 80


def prune(tree: html.HtmlElement) -> None:
    """Take out lists and lines that are links, and captions; what follows each of them stays."""
    dead = [element for element in tree.iter("ul", "ol") if len(element) > 1 and _linked(element) >= _LINKED_LIST]
    dead += [element for element in tree.iter("p") if _is_link_line(element)]
    dead += list(tree.iter("figcaption"))
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


def _is_link_line(element: html.HtmlElement) -> bool:
    return len(_text(element)) < _LONGEST_LINE and _linked(element) >= _LINKED_LINE


def _linked(element: html.HtmlElement) -> float:
    """The share of an element's characters that belong to links; of an empty one, none."""
    length = len(_text(element))
    return sum(len(_text(link)) for link in element.iter("a")) / length if length else 0.0


def _text(element: html.HtmlElement) -> str:
    return "".join(element.itertext()).strip()
