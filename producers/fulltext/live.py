"""Live blogs: a page's updates, each with its time, instead of the one update that extraction takes for the article.

Known by their structure: neighbours of one kind, each with a time or each an article within the article, that together
hold most of the page's text and lead nowhere else. Knows no site.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import html

from producers.fulltext.prune import leads_away, paragraph_mass
from producers.parse.markup import clean

# Fewer are parts of an article; what holds less of the page's long paragraphs stands beside the article.
_FEWEST, _LEAST = 3, 0.6
# A post's time stands in its head, at most so deep; a shorter post says nothing.
_DEPTH, _SHORTEST = 5, 20
_POSTS = ("article", "section", "div", "li")
_PARTS = ("h2", "h3", "h4", "h5", "p", "li", "blockquote")
# 14:05, 2.05 pm, 14h05, 14:05 Uhr
_CLOCK = re.compile(r"\W*(\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?)(?:\s?\w{1,4})?\W*", re.IGNORECASE)
_IN_DATETIME = re.compile(r"T(\d\d:\d\d)")
# Readers' posts have times too; every system names them so.
_READERS = re.compile(r"comment|disqus|respon[ds]|repl(?:y|ies)", re.IGNORECASE)


class _Blog(NamedTuple):
    holder: html.HtmlElement
    posts: list[html.HtmlElement]
    mass: int


def live_text(tree: html.HtmlElement) -> str:
    """What stands before the updates, and the updates in their order, each after its time; empty for other pages."""
    blogs = [blog for holder in _holders(tree) if (blog := _blog(holder))]
    if not blogs:
        return ""
    best = max(blogs, key=lambda blog: blog.mass)
    if best.mass < _LEAST * paragraph_mass(tree):
        return ""
    return "\n".join([*_opening(tree, best.holder), *(line for post in best.posts for line in _lines(post))])


def _holders(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Elements around times, and articles around articles."""
    found: dict[html.HtmlElement, None] = {}
    for element in tree.iter("time", "span", "p", "div", "strong", "b", "a"):
        if element.tag == "time" or (element.text and len(element.text) < _SHORTEST and _CLOCK.fullmatch(element.text)):
            for depth, around in enumerate(element.iterancestors()):
                if depth > _DEPTH:
                    break
                found[around] = None
    for element in tree.iter("article"):
        if (around := element.getparent()) is not None and any(True for _ in element.iterancestors("article")):
            found[around] = None
    return [element for element in found if len(element) >= _FEWEST]


def _blog(holder: html.HtmlElement) -> _Blog | None:
    if any(_READERS.search(_named(element)) for element in (holder, *holder.iterancestors())):
        return None
    nested = holder.tag == "article" or any(True for _ in holder.iterancestors("article"))
    posts = [
        child
        for child in holder.iterchildren(*_POSTS)
        if (_time(child) or (nested and child.tag == "article")) and not leads_away(child) and _long(child)
    ]
    if len(posts) < _FEWEST or any(_READERS.search(_named(post)) for post in posts):
        return None
    return _Blog(holder, posts, sum(map(paragraph_mass, posts)))


def _lines(post: html.HtmlElement) -> Iterator[str]:
    if time := _time(post):
        yield time
    for line in _said(part for part in post.iter(*_PARTS) if part is not post):
        if not _CLOCK.fullmatch(line):
            yield line


def _opening(tree: html.HtmlElement, holder: html.HtmlElement) -> Iterator[str]:
    """The paragraphs before the updates that are no lines of the page's own."""
    before = []
    for element in tree.iter("p", holder.tag):
        if element is holder:
            break
        if element.tag == "p" and paragraph_mass(element):
            before.append(element)
    return _said(before)


def _said(elements: Iterable[html.HtmlElement]) -> Iterator[str]:
    """The lines of elements, of those within each other once."""
    taken: set[html.HtmlElement] = set()
    for element in elements:
        if taken.isdisjoint(element.iterancestors()) and (line := _text(element)):
            taken.add(element)
            yield line


def _time(post: html.HtmlElement) -> str:
    """The update's time as the page shows it."""
    for element in post.iter("time"):
        if shown := _text(element):
            return shown
        if given := _IN_DATETIME.search(element.get("datetime", "")):
            return given[1]
    first = next((text for text in map(str, post.itertext()) if text.strip()), "").strip()
    clock = _CLOCK.fullmatch(first) if len(first) < _SHORTEST else None
    return clock[1] if clock else ""


def _long(post: html.HtmlElement) -> bool:
    return len(_text(post)) >= _SHORTEST and next(post.iter("p", "li", "blockquote"), None) is not None


def _named(element: html.HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('itemtype', '')}"


def _text(element: html.HtmlElement) -> str:
    return " ".join(clean("".join(map(str, element.itertext()))).split())
