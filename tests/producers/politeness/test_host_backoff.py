"""One section of a newspaper that says 503 does not keep its other sections from being read."""

import asyncio
import contextlib
from datetime import UTC, datetime

from producers.fetch import FetchError, Response
from producers.politeness.host_backoff import HostBackoff
from producers.politeness.host_throttle import HostThrottle

HOST, NOW = "paper.example", datetime(2026, 11, 23, tzinfo=UTC)


def rests(*answers: tuple[str, int]) -> list[float]:
    """For how long the host is left alone after each of these answers (path, status)."""
    now = 0.0
    statuses = iter([status for _, status in answers])

    async def fetch(url: str, **_: object) -> Response:
        status = next(statuses)
        if status != 200:
            raise FetchError("no", url=url, status=status, headers={"retry-after": "600"})
        return Response(url, b"")

    throttle = HostThrottle(5.0, seconds=lambda: now)
    backoff = HostBackoff(fetch, throttle, lambda: NOW)
    waits = []
    for path, _ in answers:
        with contextlib.suppress(FetchError):
            asyncio.run(backoff(f"http://{HOST}/{path}"))
        waits.append(throttle.wait_s(HOST))
        now += 1_000
    return waits


def test_a_host_rests_for_as_long_as_it_asks() -> None:
    assert rests(("a", 503), ("a", 503), ("b", 503), ("b", 429)) == [600] * 4


def test_an_address_speaks_for_itself_once_its_host_answered_for_another() -> None:
    assert rests(("a", 503), ("b", 200), ("a", 503), ("a", 503)) == [600, 0, 0, 0]


def test_an_address_that_answered_again_speaks_for_its_host_again() -> None:
    assert rests(("a", 503), ("b", 200), ("a", 200), ("a", 503)) == [600, 0, 0, 600]


def test_too_many_requests_are_always_the_whole_host_s() -> None:
    assert rests(("a", 429), ("b", 200), ("a", 429)) == [600, 0, 600]
