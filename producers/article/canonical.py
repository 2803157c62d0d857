"""The forms of an address: canonical (what is one article), precise (what may tell two apart), former (before).

Pure text; nothing is fetched.
"""

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from producers.parse.wrappers import unwrapped

# ports that go without saying
_PORTS = {"http": 80, "https": 443}
# one page under several names: www.site, m.site, amp.site, en.m.wikipedia.org
_LABELS = frozenset({"www", "m", "mobile", "amp"})
# Under a country's two letters, registries sell names one level down from these: mobile.com.au is somebody's name.
_SECOND_LEVELS = frozenset(
    {"ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "gub", "ltd", "me", "mil", "ne", "net", "nom", "or", "org"}
)
_SESSION = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_AMP_PATH = re.compile(r"^/(?:amp|amphtml)(?=/)|/(?:amp|amphtml)(?:\.html)?/?$|\.amp(?=\.html$|$)", re.IGNORECASE)
_INDEX = re.compile(r"/index\.(?:html?|php|aspx?)$", re.IGNORECASE)
# Behind these stands what a list is about, and it may be about AMP.
_LISTS = re.compile(r"/(?:tags?|topics?|categor(?:y|ies)|labels?|keywords?|search|authors?|wiki)$", re.IGNORECASE)
# Google's and Cloudflare's copies: …/amp/s/site/path, …/c/s/site/path; "s" says https.
_AMP_CACHE = re.compile(r"^/(?:amp|c|v)/(?:s/)?([^/]+\.[^/]+/.*)$")
_AMP_HOSTS = re.compile(r"(?:^|\.)(?:google\.[a-z.]+|ampproject\.org)$")
# Characters that stand for themselves in a path (RFC 3986, pchar and the slash).
_PATH_SAFE = "/:@!$&'()*+,;=-._~"
# Parameters by which an article came, where their value says so: "source=rss" names nothing, "source=harbour" may.
_VIA = re.compile(r"source|src|from|via|ref|partner|emc|origin|medium|channel|f|output")
_CHANNELS = re.compile(
    r"(?:from_?)?(?:rss|feeds?|atom|xml|twitter|facebook|fb|whatsapp|telegram|linkedin|reddit|instagram|email|e-?mail|"
    r"newsletter|push|notification|app|social|share|home|home_?page|google|google_?news|bing|yahoo|flipboard|"
    r"apple_?news|smartnews|msn)(?:[\d._-].*)?"
)
# What no publisher has for anything else, so that it never tells two articles apart.
_SURE = re.compile(r"utm_.+|_ga|_gl|\w*clid|mc_[ce]id|xtor|phpsessid|jsessionid|session_?id")
_NO_NAME = re.compile(r"xtor=|utm_|:~:|ref=|comments?$|respond$", re.IGNORECASE)


def _tracking(*names: str) -> re.Pattern[str]:
    lines = [line for name in names for line in files(__package__).joinpath(name).read_text("utf-8").splitlines()]
    return re.compile("|".join(line for line in lines if line and not line.startswith("#")))


@dataclass(frozen=True, slots=True)
class _Form:
    """How much is taken away."""

    tracking: re.Pattern[str]
    by_value: bool = True
    ordered: bool = True
    names_kept: bool = True
    """Labels and parts of the path called amp or mobile stay where they are the name itself."""
    unwrap: bool = True


_PRESENT = _Form(_tracking("tracking.txt", "tracking_since.txt"))
_PRECISE = _Form(_SURE, by_value=False)
_FORMER = _Form(_tracking("tracking.txt"), by_value=False, ordered=False, names_kept=False, unwrap=False)


# Asked for several times of each entry of a document, and again of most at its next poll; some 10 MB.
@lru_cache(maxsize=32_768)
def canonical_url(url: str) -> str:
    """The address without what does not name the article: an identity, not meant for fetching.

    The scheme is always https, and wrappers, www, mobile and AMP forms, default ports, fragments, tracking
    parameters, session ids and index pages are gone; parameters stand in the order of their names. What is
    no http address comes back trimmed.
    """
    return _settled(url, _PRESENT)


def precise_url(url: str) -> str:
    """As canonical_url, but with all that may name one of several articles of one page: fragment and parameters."""
    fragment = url.partition("#")[2].strip()
    if "?" not in url and not fragment:
        return canonical_url(url)
    return _settled(url, _PRECISE) + (f"#{fragment}" if fragment and not _NO_NAME.match(fragment) else "")


def former_url(url: str) -> str:
    """The canonical form until 0.1: articles stored under it are known by it (producers.polling.naming)."""
    return _settled(url, _FORMER)


def is_front(url: str) -> bool:
    """Whether the address is a site's front page, which is no article's."""
    rest = canonical_url(url).partition("://")[2]
    return "/" not in rest and "?" not in rest


def _settled(url: str, form: _Form) -> str:
    url = url.strip()
    # Some forms hide others (an AMP copy of a mobile page): until nothing changes.
    while (shorter := _shorter(url, form)) != url:
        url = shorter
    return url


def _shorter(url: str, form: _Form) -> str:
    if form.unwrap:
        url = unwrapped(url)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _PORTS or not host:
        return url
    if _AMP_HOSTS.search(host) and (copied := _AMP_CACHE.match(parts.path)):
        return f"https://{copied[1]}"
    authority = _host(host, form) + (f":{port}" if port and port not in _PORTS.values() else "")
    query = _query(parts.query, form)
    return f"https://{authority}{_path(parts.path, form)}{'?' + query if query else ''}"


def _host(host: str, form: _Form) -> str:
    """Lower case, punycode, without the labels that name a form of the site; what was registered keeps them."""
    try:
        host = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    labels = host.split(".")
    own = 2 + (form.names_kept and len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS)
    kept = [label for label in labels[:-own] if label not in _LABELS]
    return ".".join(kept + labels[-own:])


def _path(path: str, form: _Form) -> str:
    """Dots resolved, escapes in one form, without AMP's marks, session, index page and last slash."""
    path = quote(unquote(_SESSION.sub("", path), errors="surrogateescape"), safe=_PATH_SAFE, errors="surrogateescape")
    path = "/" + (posixpath.normpath(path) if path.strip("/") else "").strip("/")
    without = _AMP_PATH.sub("", path)
    if not form.names_kept or _is_article(without):
        path = without
    return _INDEX.sub("", path).rstrip("/")


def _is_article(path: str) -> bool:
    """Whether a path may still name an article: not a list's, and more than one plain word."""
    segments = path.strip("/").split("/")
    return not _LISTS.search(path) and (len(segments) > 1 or any(not mark.isalpha() for mark in segments[0]))


def _query(query: str, form: _Form) -> str:
    """The parameters that name the article."""
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
        if not form.tracking.fullmatch(name.lower()) and not (form.by_value and _is_channel(name, value))
    ]
    return urlencode(sorted(kept) if form.ordered else kept, errors="surrogateescape")


def _is_channel(name: str, value: str) -> bool:
    return bool(_VIA.fullmatch(name.lower()) and _CHANNELS.fullmatch(value.lower()))
