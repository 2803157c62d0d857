"""A fetch that remembers which hosts want to be left alone: 429 and 503, for feeds and pages alike."""

from producers.fetch.answer import Fetch, FetchError, Limits, NotModified, Onward, Response, retry_after_of
from producers.politeness.pace import HostPace
from producers.safety import host_of
from schemas.clock import Clock

# 429 without a time: what a large crawler of news found enough. Of 503 only a named time counts: it
# is as often one broken page as a tired host.
REST_S = {429: 30.0, 503: 0.0}
# Retry-After is obeyed up to a day: no host is forgotten.
LONGEST_S = 86_400.0


class Considerate:
    """Passes requests on; when a host asks for rest, its gate is closed for so long."""

    def __init__(self, fetch: Fetch, pace: HostPace, clock: Clock) -> None:
        self._fetch = fetch
        self._pace = pace
        self._clock = clock

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
            return await self._fetch(url, etag=etag, modified=modified, limits=limits, onward=onward)
        except FetchError as error:
            if error.status in REST_S:
                rest_s = retry_after_of(error, self._clock()) or REST_S[error.status]
                self._pace.rest(host_of(error.url or url), min(rest_s, LONGEST_S))
            raise
