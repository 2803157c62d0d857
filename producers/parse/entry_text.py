"""An entry's elements as publishers write them -> as feedparser reads them: the full text where it looks for content,
captions gone, CDATA sections that were escaped or doubled taken off.

Works on the tree; knows nothing of what is made of a text.
"""

import html
import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from producers.parse.words import share_of, words

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MEDIA = "search.yahoo.com/mrss"
_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
# Where the press puts whole articles: yandex:full-text, turbo:content, fulltext, articleBody, encoded in a mistyped
# namespace.
_FULL = re.compile(
    r"(?:\w+_)?(?:full[-_]?(?:text|content|story|article|body)|(?:article|story|news|main|post)[-_]?(?:body|text|content)|"
    r"content[-_]?(?:encoded|full|html)?|encoded|text|body[-_]?(?:text|html|content)?)",
    re.IGNORECASE,
)
# What feedparser reads as a text or as something else by its name; what is not here and holds prose is a full text.
_KNOWN = re.compile(
    r"title|link|guid|id|description|summary|subtitle|abstract|tagline|keywords|transcript|"
    r"(?:\w*_)?(?:category|tags?|related|comments?|author|creator|copyright|rights|credit|caption)\w*",
    re.IGNORECASE,
)
_OWN = frozenset({"description", "summary", "content", "encoded", "abstract"})
# Shorter ones may be anything; a paragraph of news has 300 characters.
_PROSE, _SENTENCES = 300, 2
_SENTENCE = re.compile(r"[^\W\d]{2}[.!?…]['”»\"]?(?:\s|<|$)|[。！？।]")
_AGREES = 0.25
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)", re.IGNORECASE)
_CDATA = re.compile(r"\s*(?:(?:<|&lt;)!\[CDATA\[\s*)+(.*?)\s*(?:\]\]\s*(?:>|&gt;)\s*)*", re.DOTALL)
# A section's marks stand at a text's start; the longest of them, after blanks.
_MARK = 40
TRANSCRIPT = "wirewatch_transcript"
"""The name of the element that says where an entry's transcript is: the one of its forms that is read best."""
# Those that say who speaks come first.
_FORMS = ("json", "vtt", "srt", "subrip", "html", "plain")
_OPENS = ("<![CDATA[", "&lt;![CDATA[")


class _Kind(NamedTuple):
    """What an element's name says of it."""

    own: bool
    told: bool
    full: bool
    unknown: bool


def settle(root: etree._Element) -> None:
    """Put each entry's text where it is read."""
    for holder in list(root.iter("{*}channel", "{*}feed", "{*}item", "{*}entry")):
        for element in holder:
            if (text := element.text) and "![CDATA[" in text[:_MARK]:
                _unwrap(element)
        if str(holder.tag).endswith(("item", "entry")):
            _settle(holder)
            _choose_transcript(holder)


def _settle(entry: etree._Element) -> None:
    children = [(element, _kind(str(element.tag))) for element in entry]
    told = max([_length(element) for element, kind in children if kind.own], default=0)
    _drop_captions(entry, bool(told))
    for element, kind in children:
        if not (kind.full or kind.unknown) or _length(element) < max(1, told):
            continue
        if kind.full or _is_full_text(element, [child for child, kind in children if kind.told], told):
            if len(element):
                _flatten(element)
            element.tag = _CONTENT


@lru_cache(maxsize=1_024)
def _kind(tag: str) -> _Kind:
    space, _, name = tag.rpartition("}")
    name = name.lower()
    if _MEDIA in space or tag == _CONTENT or (name == "content" and space[1:] in _ATOM):
        return _Kind(own=_MEDIA not in space, told=False, full=False, unknown=False)
    full = bool(_FULL.fullmatch(name))
    own = name in _OWN
    return _Kind(own, own or name == "title", full, not full and not _KNOWN.fullmatch(name))


def _choose_transcript(entry: etree._Element) -> None:
    """Of the forms in which an entry names its transcript, one under a name that feedparser leaves alone."""
    named = [element for element in entry.iter("{*}transcript") if element.get("url")]
    if named:
        best = min(named, key=_form)
        for element in named:
            if element is not best and (parent := element.getparent()) is not None:
                parent.remove(element)
        best.tag = TRANSCRIPT
        best.text = None


def _form(element: etree._Element) -> int:
    said = f"{element.get('type', '')} {element.get('url', '').partition('?')[0]}".lower()
    return next((place for place, form in enumerate(_FORMS) if form in said), len(_FORMS))


def _is_full_text(element: etree._Element, told: list[etree._Element], longest: int) -> bool:
    """Whether an element of no known name holds prose, longer than the rest, that speaks of what the rest does."""
    if _length(element) <= max(_PROSE, longest):
        return False
    text = _said(element)
    if len(_SENTENCE.findall(text)) < _SENTENCES:
        return False
    return share_of(words(" ".join(map(_said, told))), words(text)) >= _AGREES


def _drop_captions(entry: etree._Element, told: bool) -> None:
    """A picture's description is no text of the entry's; a film's is, where the entry has no other."""
    for element in list(entry.iter("{*}description", "{*}text")):
        if _MEDIA in str(element.tag) and (parent := element.getparent()) is not None and (told or _is_picture(parent)):
            parent.remove(element)


def _is_picture(media: etree._Element) -> bool:
    kind = f"{media.get('medium', '')} {media.get('type', '')}"
    return "image" in kind or (not kind.strip() and bool(_PICTURE.search(media.get("url", ""))))


def _unwrap(element: etree._Element) -> None:
    """Take off a CDATA section's marks that came to be text: escaped, or written twice."""
    text = element.text
    if not text or not text.lstrip().startswith(_OPENS):
        return
    if len(element):
        _flatten(element)
        text = element.text or ""
    inner = _CDATA.fullmatch(text)
    if inner:
        # where the marks were escaped once more, so was all between them
        element.text = html.unescape(inner[1]) if text.lstrip().startswith("&lt;") else inner[1]


def _flatten(element: etree._Element) -> None:
    """Markup within the element as its text."""
    text = element.text or ""
    inner = [text if "<" in text else html.escape(text, quote=False)]
    for child in list(element):
        for part in child.iter("*"):
            part.tag = part.tag.rpartition("}")[2]
        inner.append(etree.tostring(child, encoding="unicode"))
        element.remove(child)
    element.text = "".join(inner)


def _said(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _length(element: etree._Element) -> int:
    return len(element.text or "") if not len(element) else sum(map(len, element.itertext()))
