"""Addresses that only lead on to another: what aggregators, mail programs and networks write in an article's place.

Known by their structure, not by their hosts' names: the last part of the path says that it leads on, or a label below
the host's domain does, and a parameter holds a whole address of another host. A page about an address (a review, a
log-in that returns) has neither.
"""

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

# What the last part of such a path is called, without its extension.
_LEADS_ON = re.compile(
    r"url|l|ck|away|redir(?:ect)?(?:or)?|rd|r|out(?:bound)?|exit|leave|go|goto|(?:api)?click(?:through)?|track|link|"
    r"linkfilter|aclk|cread|iv"
)
# What a host below a domain is called that does nothing else.
_HOST_LEADS_ON = re.compile(r"redir(?:ect)?s?|out|exit|away|go|goto|clicks?|track(?:ing)?|links?|safelinks")
# The parameter that holds the address, by its usual names.
_TARGETS = (
    "url",
    "u",
    "q",
    "uddg",
    "to",
    "target",
    "dest",
    "destination",
    "goto",
    "redirect",
    "z",
    "ru",
    "link",
    "ued",
    "adurl",
)
# Yahoo's searches have it in the path: …/RU=https%3a%2f%2fsite%2fpath/RK=…
_IN_PATH = re.compile(r"/RU=(https?%3[aA][^/]+)/R[A-Z]=")
# A wrapper in a wrapper in a wrapper was not seen; what goes on longer is built to.
_DEEPEST = 3


def unwrapped(url: str) -> str:
    """The address that a wrapper leads to; any other address as it is."""
    for _ in range(_DEEPEST):
        inner = _inner(url)
        if inner is None:
            break
        url = inner
    return url


def led_to(link: str | None) -> tuple[str | None, str | None]:
    """Where a link leads, and the link itself where that is another address."""
    target = unwrapped(link) if link else link
    return target, link if target != link else None


def _inner(url: str) -> str | None:
    if "http" not in url[8:].lower():
        return None
    try:
        parts = urlsplit(url)
        if found := _IN_PATH.search(parts.path):
            return _of_another_host(unquote(found[1]), parts.hostname)
        if not _leads_on(parts):
            return None
        given = dict(parse_qsl(parts.query))
        return next((hit for name in _TARGETS if (hit := _of_another_host(given.get(name, ""), parts.hostname))), None)
    except ValueError:
        return None


def _leads_on(parts: SplitResult) -> bool:
    last = parts.path.rstrip("/").rpartition("/")[2].partition(".")[0].lower()
    below = (parts.hostname or "").split(".")[:-2]
    return bool((last and _LEADS_ON.fullmatch(last)) or any(map(_HOST_LEADS_ON.fullmatch, below)))


def _of_another_host(target: str, host: str | None) -> str | None:
    target = target.strip()
    parts = urlsplit(target)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.hostname == host:
        return None
    return target
