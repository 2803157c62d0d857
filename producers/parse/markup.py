"""Markup reduced to text, and links made absolute: what feedparser is told not to do.

Knows nothing of pages: the full text of a page is producers.fulltext's.
"""

import html
import re
from urllib.parse import urljoin, urlsplit

from lxml import etree

from producers.parse.recover import join_pairs

# Runs of spaces, and spaces of other kinds; single ones, which are most, are passed over.
_SPACES = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
# Control characters that no text means, and halves of surrogate pairs, which no encoder takes. The C1
# controls stay: they are what is left of a wrong decoding, and repair needs them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REMOVED = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head")
_BLOCKS = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
]
# Only tags that HTML knows are markup in a title: "List<String>" is what its author wrote.
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|acronym|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|li|mark|nobr|ol|p|q|s|small|"
    r"span|strike|strong|sub|sup|svg|time|tt|u|ul|var|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
# wp-caption-text, image_caption: a class that ends with it or says that it is its text; a wrapper's does not.
_CAPTION = re.compile(
    r"(?:^|[\s_-])captions?(?:[-_]?text)(?:\s|$)|(?:image|photo|picture|media|figure)[-_]+captions?(?:\s|$)"
)
# A section within markup, where HTML knows none and drops what it holds; all of a block where it was escaped.
_SECTION = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)|(?<=>)\s*&lt;!\[CDATA\[(.*?)\]\]&gt;\s*(?=<|\Z)", re.DOTALL)
_DANGEROUS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


def to_line(markup: str) -> str:
    """One line of text from a title or a name."""
    if "<" in markup:
        markup = _INLINE_TAG.sub("", _DANGEROUS.sub(" ", markup))
    return " ".join(clean(html.unescape(join_pairs(markup))).split())


def to_text(markup: str) -> str:
    """Text with a line for each block; scripts, styles and all other markup gone."""
    markup = join_pairs(markup)
    if "![CDATA[" in markup:
        markup = _SECTION.sub(lambda section: section[1] or section[2] or "", markup)
    text = _text_of(markup) if "<" in markup else html.unescape(markup)
    lines = (line.strip() for line in _SPACES.sub(" ", clean(text)).split("\n"))
    return "\n".join(filter(None, lines))


def clean(text: str) -> str:
    """Without what cannot be stored or shown."""
    return _UNPRINTABLE.sub("", text)


def from_plain(text: str) -> str:
    """Plain text as HTML that reads the same."""
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


def is_plain(content_type: str | None) -> bool:
    """Whether a feed declares a piece of content to be text without markup."""
    return (content_type or "").lower() in ("text", "text/plain")


def absolute(base: str, link: str | None) -> str | None:
    """The link resolved against `base`, or None where that is not http or https.

    Where no base is known (a feed read from a file), a relative link stays as it is.
    """
    if not link:
        return None
    try:
        link = clean(link).strip()
        # No site has a folder of that name: the scheme was left out.
        resolved = urljoin(base, f"https://{link}" if link.lower().startswith("www.") else link)
        is_relative = not base and not urlsplit(resolved).scheme
    except ValueError:
        return None
    return resolved if is_relative else web_address(resolved)


def web_address(link: str | None) -> str | None:
    """The link, where it is a whole http or https address."""
    try:
        parts = urlsplit((link or "").strip())
    except ValueError:
        return None
    return (link or "").strip() if parts.scheme in ("http", "https") and parts.hostname else None


def _drop_captions(tree: etree._Element) -> None:
    """What stands under pictures goes, unless there is nothing else."""
    captions = [element for element in tree.iter("figcaption", "p", "div", "dd", "span") if _is_caption(element)]
    if sum(map(_letters, captions)) < _letters(tree):
        for element in captions:
            element.text = None
            element[:] = []


def _letters(element: etree._Element) -> int:
    return sum(len(str(text).strip()) for text in element.itertext())


def _is_caption(element: etree._Element) -> bool:
    return element.tag == "figcaption" or bool(_CAPTION.search(element.get("class", "")))


def _text_of(markup: str) -> str:
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    tree = etree.fromstring(f"<div>{clean(markup)}</div>", parser)
    if tree is None:
        return ""
    etree.strip_elements(tree, *_REMOVED, with_tail=False)
    if "caption" in markup:
        _drop_captions(tree)
    for element in tree.iter("br", *_BLOCKS):
        element.tail = "\n" + (element.tail or "")
        element.text = element.text if element.tag == "br" else "\n" + (element.text or "")
    return "".join(map(str, tree.itertext()))
