"""Who an article is: its canonical address, its id, and its revision.

Knows nothing of where the address leads: nothing is fetched, a redirect is not followed here.
"""

import hashlib
from urllib.parse import urlsplit, urlunsplit


def canonical_url(url: str) -> str:
    """The address without what does not name the article. An identity, not meant for fetching."""
    parts = urlsplit(url.strip())
    return urlunsplit(("https", parts.netloc.lower(), parts.path, parts.query, ""))


def article_id(url: str | None, feed: str | None = None, guid: str | None = None, title: str = "") -> str:
    """Hash of the canonical address; without one, of feed and guid; without that, of feed and title."""
    if url:
        return _digest("url", canonical_url(url))
    if guid:
        return _digest("guid", feed or "", guid)
    return _digest("title", feed or "", title)


def revision(title: str, text: str) -> str:
    """Hash of what a reader would read: an edit changes it, a new fetch of the same does not."""
    return _digest("revision", title, text)


def _digest(*parts: str) -> str:
    # 128 bits: no two of the world's articles meet by chance
    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
