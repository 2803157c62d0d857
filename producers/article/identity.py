"""Who an article is: its canonical address, its id, and its revision.

Knows nothing of where the address leads: nothing is fetched, a redirect is not followed here.
"""

import hashlib

from producers.article.canonical import canonical_url

__all__ = ["article_id", "canonical_url", "id_of_form", "revision"]


def article_id(url: str | None, feed: str | None = None, guid: str | None = None, title: str = "") -> str:
    """Hash of the canonical address; without one, of feed and guid; without that, of feed and title.

    A guid or link that repeats inside one feed is no identity: callers leave it out.
    """
    if url:
        return id_of_form(canonical_url(url))
    if guid:
        return _digest("guid", feed or "", guid)
    return _digest("title", feed or "", title)


def id_of_form(form: str) -> str:
    """The id by an address that is in the form in which it is to be hashed (producers.article.canonical)."""
    return _digest("url", form)


def revision(title: str, text: str) -> str:
    """Hash of what a reader reads: an edit changes it, another fetch of the same does not."""
    return _digest("revision", title, text)


def _digest(*parts: str) -> str:
    # 128 bits: no two of the world's articles meet by chance
    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
