"""robots.txt (RFC 9309): which pages of a host may be read, and how slowly.

Asked for pages only: a feed's address was given to us by a person, and is made for programs.
Rules are kept packed: ten thousand hosts are some tens of megabytes, parsed some gigabytes.
"""

import zlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from producers.fetch.answer import Fetch, FetchError, Limits, NotModified
from schemas.clock import Clock

TOKEN = "wirewatch"
"""The name by which a robots.txt can address us; it begins our user agent."""
KEPT = timedelta(hours=24)  # RFC 9309 §2.4
KEPT_AFTER_FAULT = timedelta(hours=1)
HOSTS = 20_000
LIMITS = Limits(body_bytes=500 * 1024, total_s=10.0)  # RFC 9309 §2.5: at least 500 KiB are read
# A longer Crawl-delay is a way to say no that robots.txt says better; the host gets this pause.
LONGEST_DELAY_S = 60.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page may be read, and the pause that its host asks for (0 where it asks for none)."""

    allowed: bool
    delay_s: float = 0.0
    known: bool = True
    """Whether the rules could be had; where they could not, they may be within the hour."""


class Robots:
    """What hosts allow, fetched once a day each."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._known: OrderedDict[str, tuple[datetime, bytes | None]] = OrderedDict()

    async def verdict(self, url: str) -> Verdict:
        """May this page be read? Never raises: where the rules cannot be had, the answer is no."""
        parts = urlsplit(url)
        rules = await self._rules(f"{parts.scheme}://{parts.netloc}")
        if rules is None:
            return Verdict(False, known=False)
        if not rules:
            return Verdict(True)
        parsed = Protego.parse(rules)
        delay = min(parsed.crawl_delay(TOKEN) or 0.0, LONGEST_DELAY_S)
        return Verdict(parsed.can_fetch(url, TOKEN), delay)

    async def _rules(self, site: str) -> str | None:
        until, packed = self._known.get(site, (None, None))
        if until is None or until <= self._clock():
            rules, kept = await self._asked(site)
            packed = None if rules is None else zlib.compress(rules.encode())
            self._known[site] = (self._clock() + kept, packed)
            if len(self._known) > HOSTS:
                self._known.popitem(last=False)
        return None if packed is None else zlib.decompress(packed).decode()

    async def _asked(self, site: str) -> tuple[str | None, timedelta]:
        try:
            answer = await self._fetch(f"{site}/robots.txt", limits=LIMITS)
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return "", KEPT  # §2.3.1.3: no rules, all may be read
            return None, KEPT_AFTER_FAULT  # §2.3.1.4: unreachable, nothing may
        assert not isinstance(answer, NotModified)
        return answer.body.decode("utf-8", "replace"), KEPT
