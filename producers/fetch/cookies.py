"""Cookies within one chain of redirects: some servers set one and send back to the same address until it comes.

Nothing is kept beyond the chain: nobody is followed, and no feed is asked as somebody.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

# What a chain of five redirects may set in all; browsers take 50 a site, of 4 KB.
MOST, LONGEST = 50, 4096


class Cookies:
    """Those of one chain."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[str, bool]] = {}

    def take(self, url: str, lines: Sequence[str]) -> bool:
        """Keep what an answer's Set-Cookie lines say; whether that changes what will be sent."""
        host, before = _host(url), dict(self._kept)
        for line in lines:
            pair, *attributes = line.split(";")
            name, equals, value = pair.strip().partition("=")
            if not equals or not name or len(pair) > LONGEST or len(self._kept) >= MOST:
                continue
            said = {key.strip().lower(): text.strip() for key, _, text in (one.partition("=") for one in attributes)}
            domain = said.get("domain", "").lstrip(".").lower()
            # a cookie for the site as a whole; never for a suffix that many sites share, such as "com"
            wide = "." in domain and (host == domain or host.endswith(f".{domain}"))
            self._kept[f".{domain}" if wide else host, name] = (value, "secure" in said)
        return self._kept != before

    def line(self, url: str) -> str | None:
        """The Cookie header for an address, if any goes there."""
        host, secure = _host(url), url.lower().startswith("https:")
        sent = [
            f"{name}={value}"
            for (domain, name), (value, wants_secure) in self._kept.items()
            if (host == domain.lstrip(".") or (domain[0] == "." and host.endswith(domain))) and secure >= wants_secure
        ]
        return "; ".join(sent) or None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()
