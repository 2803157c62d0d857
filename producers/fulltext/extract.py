"""trafilatura asked twice where its quick answer cannot be right, and its answer trimmed.

The quick mode costs a third less and is as good on most pages; where it misses most of a page's
paragraphs, or brings what is in none of them, the thorough mode is asked.
"""

import logging
from datetime import UTC, datetime

from lxml import html
from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from producers.fulltext.lead import lead, with_lead
from producers.fulltext.live import live_text
from producers.fulltext.live_data import live_data
from producers.fulltext.page import Page
from producers.fulltext.prune import headlines, paragraph_mass, prune, unruby
from producers.fulltext.trim import trim, without_site
from producers.fulltext.walls import find_wall, is_marked_article
from producers.parse.decode import decode
from producers.parse.markup import absolute, clean
from producers.parse.recover import join_pairs
from producers.repair.encoding import undo_decoding

# It warns of every page without an article; whoever asks here is told by an empty Page.
logging.getLogger("trafilatura").setLevel(logging.ERROR)

# The longest articles have 100 KB in 1 MB of markup; what is larger is a listing or an application.
_MAX_CHARACTERS = 4_000_000
# Share of the text in long paragraphs that the quick answer should have; outside, it is asked again.
_TOO_LITTLE, _TOO_MUCH = 0.6, 1.5
# How many times a page's paragraphs its data must hold to be what the page leaves to scripts to show.
_NOT_SHOWN = 2


def extract(source: bytes | str, url: str | None = None) -> Page:
    """Full text of a page; an empty Page where there is none. Never raises for what a page contains."""
    text = source if isinstance(source, str) else decode(source, {})
    if len(text) > _MAX_CHARACTERS:
        return Page()
    text = undo_decoding(join_pairs(text))
    tree = _tree(text)
    if tree is None:
        return Page()
    article = is_marked_article(tree, text)
    titles, opening, live = headlines(tree), lead(tree), live_text(tree) or _listed_alone(text, tree)
    found = _extract(text, tree, url)
    if found is None and not live:
        return Page(wall=find_wall(text, article))
    found = found or Document()
    body = with_lead(trim(live or clean(found.text or ""), [*titles, found.title or ""]), opening)
    return Page(
        text=body,
        title=without_site(found.title or "", titles) or None,
        published=_day(found.date),
        url=absolute(url or "", found.url),
        language=found.language,
        wall=find_wall(text, article, found.title or "", body),
        article=article,
    )


def _listed_alone(text: str, tree: html.HtmlElement) -> str:
    """A live blog's updates by its data, where the page itself shows next to nothing of them."""
    listed = live_data(text)
    return listed if len(listed) > _NOT_SHOWN * paragraph_mass(tree) else ""


def _tree(text: str) -> html.HtmlElement | None:
    tree = load_html(text)
    if tree is not None:
        unruby(tree)
        prune(tree)
    return tree


def _extract(text: str, tree: html.HtmlElement, url: str | None) -> Document | None:
    mass = paragraph_mass(tree)
    quick = _ask(tree, url, fast=True)
    length = len(quick.text or "") if quick else 0
    if _TOO_LITTLE * mass <= length <= _TOO_MUCH * mass:
        return quick
    # Extraction takes the tree apart, so it is built again.
    thorough = _ask(_tree(text), url, fast=False)
    if quick is None or thorough is None:
        return thorough or quick
    too_little = length < _TOO_LITTLE * mass
    return thorough if too_little == (len(thorough.text or "") > length) else quick


def _ask(tree: html.HtmlElement | None, url: str | None, fast: bool) -> Document | None:
    if tree is None:
        return None
    found = bare_extraction(tree, url=url, fast=fast, include_comments=False, with_metadata=True)
    return found if isinstance(found, Document) else None


def _day(date: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(date).replace(tzinfo=UTC) if date else None
    except ValueError:
        return None
