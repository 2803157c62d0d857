"""Addresses with a secret in them (a name and password, a token): what of them may be seen.

The rule is this module's alone: a record of a feed divides its address by it, and errors and logs are cleaned by it.
"""

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

# Parameters whose value is nobody's business, by whatever marks their words are joined.
_SECRET = re.compile(
    r"(?:[a-z]+[-_.]?)?(?:token|passw(?:or)?d|passwd|passphrase|secret)"
    r"|(?:api|app|access|auth|private|feed|rss|user|client|subscriber|member)[-_.]?key"
    r"|pwd|pass|passkey|auth|authorization|bearer|credentials?|jwt"
)
# These may also name what a feed is about: a secret where the value is no word.
_PERHAPS = re.compile(r"key|k|sig|signature|code|hash|sid|session(?:[-_]?id)?|u?uid|access|private|hmac")
_RANDOM = re.compile(r"(?=[^\d]*\d)(?=[^a-zA-Z]*[a-zA-Z])[\w.~+/=%-]{16,}")
# An address in the midst of words ends at a blank or a quotation mark.
_IN_TEXT = re.compile(r"\b[a-zA-Z][a-zA-Z+.-]*:/{1,2}[^\s\"'“”‘’<>]+")
_AUTHORITY = re.compile(r"([a-zA-Z][a-zA-Z+.-]*:/{1,2})([^/?#]*)(.*)", re.DOTALL)


@lru_cache(maxsize=16_384)  # asked for every feed at every reading of the list
def public(url: str) -> str:
    """The address without name, password and parameters that are secrets; one without any comes back unchanged."""
    url = without_userinfo(url)
    if "?" not in url and "#" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("?")[0].partition("#")[0]  # nobody can ask it: what is left says which it was
    query = _kept(parts.query)
    fragment = _kept(parts.fragment) if "=" in parts.fragment else parts.fragment
    if (query, fragment) == (parts.query, parts.fragment):
        return url
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def without_secrets(text: str) -> str:
    """The text with every address in it as `public` shows it."""
    return _IN_TEXT.sub(lambda found: public(found[0]), text) if ":/" in text else text


def cleaned_of(url: str, secrets: frozenset[str]) -> str:
    """The address without any parameter that has one of these values, and without name and password."""
    try:
        parts = urlsplit(without_userinfo(url))
    except ValueError:
        return public(url)
    kept = [part for part in parts.query.split("&") if part.partition("=")[2] not in secrets]
    return urlunsplit(parts._replace(query="&".join(kept)))


def with_login_of(url: str, private: str | None) -> str:
    """The address with the name and password of a private one, where that is of the very same host and port."""
    ours, theirs = _AUTHORITY.fullmatch(url), _AUTHORITY.fullmatch(private or "")
    if ours is None or theirs is None or "@" not in theirs[2]:
        return url
    login, _, host = theirs[2].rpartition("@")
    is_same = (ours[1].lower(), ours[2].lower()) == (theirs[1].lower(), host.lower())
    return f"{ours[1]}{login}@{ours[2]}{ours[3]}" if is_same else url


def secrets_of(url: str) -> frozenset[str]:
    """The values of its parameters that are secrets, as they stand in it."""
    query = url.partition("?")[2].partition("#")[0]
    return frozenset(part.partition("=")[2] for part in query.split("&") if _is_secret(part)) - {""}


def without_userinfo(url: str) -> str:
    """The address without name and password."""
    if "@" not in url or (parts := _AUTHORITY.fullmatch(url)) is None:
        return url
    start, authority, rest = parts.groups()
    port = authority.rpartition(":")[2] if ":" in authority else ""
    # no port: a password with a slash or a question mark in it, which is not by the book, and no less a password
    if "@" in rest and "@" not in authority and port and not port.isdecimal() and not port.endswith("]"):
        authority, rest = "", rest.rpartition("@")[2]
    return start + authority.rpartition("@")[2] + rest


def _kept(query: str) -> str:
    return "&".join(part for part in query.split("&") if not _is_secret(part))


def _is_secret(part: str) -> bool:
    name, _, value = part.partition("=")
    name = name.lower()
    return bool(value) and bool(_SECRET.fullmatch(name) or (_PERHAPS.fullmatch(name) and _RANDOM.fullmatch(value)))
