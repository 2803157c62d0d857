"""Backing off from hosts that say 429 or 503 (Retry-After): a fetch that remembers it, for feeds and pages alike."""

from collections import OrderedDict

from producers.fetch.answer import Fetch, FetchError, Limits, NotModified, Onward, Response, retry_after_of
from producers.fetch.ssrf import host_of
from producers.politeness.host_throttle import HostThrottle
from schemas.clock import Clock

# 429 without a time: what a large crawler of news found enough. Of 503 only a named time counts: it
# is as often one broken page as a tired host.
REST_S = {429: 30.0, 503: 0.0}
# Retry-After is obeyed up to a day: no host is forgotten.
LONGEST_S = 86_400.0


# Hosts with an address that said 503, as they are remembered; a newspaper with three hundred sections is one.
TIRED = 10_000


class HostBackoff:
    """Passes requests on; when a host asks for rest, its gate is closed for so long.

    An address that says 503 again, although its host answered for others meanwhile, speaks for itself alone.
    """

    def __init__(self, fetch: Fetch, throttle: HostThrottle, clock: Clock) -> None:
        self._fetch = fetch
        self._throttle = throttle
        self._clock = clock
        self._tired: OrderedDict[str, dict[str, bool]] = OrderedDict()
        """Host -> addresses that said 503, and whether another of the host's was answered since."""

    async def __call__(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        limits: Limits | None = None,
        onward: Onward | None = None,
    ) -> Response | NotModified:
        """As Fetch has it. Raises FetchError."""
        try:
            answer = await self._fetch(url, etag=etag, modified=modified, limits=limits, onward=onward)
        except FetchError as error:
            if error.status in REST_S and not self._for_itself(error.url or url, error.status):
                rest_s = retry_after_of(error, self._clock()) or REST_S[error.status]
                self._throttle.rest(host_of(error.url or url), min(rest_s, LONGEST_S))
            raise
        self._answered(answer.url)
        return answer

    def _for_itself(self, url: str, status: int) -> bool:
        """Whether the trouble is this address's and not its host's."""
        if status != 503:
            return False
        host = self._tired.setdefault(host_of(url), {})
        if len(self._tired) > TIRED:
            self._tired.popitem(last=False)
        return host.setdefault(url, False)

    def _answered(self, url: str) -> None:
        if (tired := self._tired.get(host_of(url))) is not None:
            tired.pop(url, None)
            tired.update(dict.fromkeys(tired, True))
            if not tired:
                del self._tired[host_of(url)]
