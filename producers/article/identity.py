"""Who an article is: its canonical address, its id, and its revision.

Knows nothing of where the address leads: nothing is fetched, a redirect is not followed here.
"""

import hashlib
import posixpath
import re
from importlib.resources import files
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

# ports that go without saying
_PORTS = {"http": 80, "https": 443}
# one page under several names: www.site, m.site, amp.site, en.m.wikipedia.org
_LABELS = frozenset({"www", "m", "mobile", "amp"})
_SESSION = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_AMP_PATH = re.compile(r"^/(?:amp|amphtml)(?=/)|/(?:amp|amphtml)(?:\.html)?/?$|\.amp(?=\.html$|$)", re.IGNORECASE)
_INDEX = re.compile(r"/index\.(?:html?|php|aspx?)$", re.IGNORECASE)
# Google's and Cloudflare's copies: …/amp/s/site/path, …/c/s/site/path; "s" says https.
_AMP_CACHE = re.compile(r"^/(?:amp|c|v)/(?:s/)?([^/]+\.[^/]+/.*)$")
_AMP_HOSTS = re.compile(r"(?:^|\.)(?:google\.[a-z.]+|ampproject\.org)$")
# Characters that stand for themselves in a path (RFC 3986, pchar and the slash).
_PATH_SAFE = "/:@!$&'()*+,;=-._~"


def canonical_url(url: str) -> str:
    """The address without what does not name the article: an identity, not meant for fetching.

    The scheme is always https, and www, mobile and AMP forms, default ports, fragments, tracking
    parameters, session ids and index pages are gone. What is no http address comes back trimmed.
    """
    url = url.strip()
    # Some forms hide others (an AMP copy of a mobile page): until nothing changes.
    while (shorter := _canonical(url)) != url:
        url = shorter
    return url


def article_id(url: str | None, feed: str | None = None, guid: str | None = None, title: str = "") -> str:
    """Hash of the canonical address; without one, of feed and guid; without that, of feed and title.

    A guid or link that repeats inside one feed is no identity: callers leave it out.
    """
    if url:
        return _digest("url", canonical_url(url))
    if guid:
        return _digest("guid", feed or "", guid)
    return _digest("title", feed or "", title)


def revision(title: str, text: str) -> str:
    """Hash of what a reader reads: an edit changes it, another fetch of the same does not."""
    return _digest("revision", title, text)


def _canonical(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _PORTS or not host:
        return url
    if _AMP_HOSTS.search(host) and (copied := _AMP_CACHE.match(parts.path)):
        return f"https://{copied[1]}"
    authority = _host(host) + (f":{port}" if port and port not in _PORTS.values() else "")
    query = _query(parts.query)
    return f"https://{authority}{_path(parts.path)}{'?' + query if query else ''}"


def _host(host: str) -> str:
    """Lower case, punycode, without the labels that name a form of the site; a bare suffix keeps them."""
    try:
        host = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    labels = host.split(".")
    kept = [label for label in labels[:-2] if label not in _LABELS]
    return ".".join(kept + labels[-2:])


def _path(path: str) -> str:
    """Dots resolved, escapes in one form, without AMP's marks, session, index page and last slash."""
    path = quote(unquote(_SESSION.sub("", path), errors="surrogateescape"), safe=_PATH_SAFE, errors="surrogateescape")
    path = posixpath.normpath(path) if path.strip("/") else ""
    path = _INDEX.sub("", _AMP_PATH.sub("", "/" + path.strip("/")))
    return path.rstrip("/")


def _query(query: str) -> str:
    """In their order, the parameters that name the article."""
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
        if not _TRACKING.fullmatch(name.lower())
    ]
    return urlencode(kept, errors="surrogateescape")


def _digest(*parts: str) -> str:
    # 128 bits: no two of the world's articles meet by chance
    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _tracking() -> re.Pattern[str]:
    lines = files("producers.article").joinpath("tracking.txt").read_text("utf-8").splitlines()
    return re.compile("|".join(line for line in lines if line and not line.startswith("#")))


_TRACKING = _tracking()
