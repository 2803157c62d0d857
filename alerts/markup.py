"""HTML for mail, of strangers' words: they are never markup. Pure."""

from html import escape
from urllib.parse import urlsplit

from schemas.visible import visible


def shown(text: str) -> str:
    """A text within HTML, and within an attribute."""
    return escape(visible(text))


def linked(title: str, url: str | None) -> str:
    """A title that leads to its article, where that is on the web."""
    return f'<a href="{shown(url)}">{shown(title)}</a>' if url and _is_web(url) else shown(title)


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False
