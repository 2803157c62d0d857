"""One request a host at a time, with its pause; hosts do not wait for each other."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st
from newsday.virtual_time import VirtualLoop, run

from producers.politeness.host_throttle import SWEEP, HostThrottle


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 20), st.floats(0, 9)), max_size=30))
def test_requests_to_a_host_never_meet_and_keep_their_pause(asked: list[tuple[str, float, float]]) -> None:
    spans: dict[str, list[tuple[float, float]]] = {"a": [], "b": [], "c": []}

    async def main(loop: VirtualLoop) -> None:
        throttle = HostThrottle(5.0, seconds=loop.time)

        async def request(host: str, starts_s: float, takes_s: float) -> None:
            await asyncio.sleep(starts_s)
            async with throttle.turn(host):
                begun = loop.time()
                await asyncio.sleep(takes_s)
                spans[host].append((begun, loop.time()))

        await asyncio.gather(*(request(*one) for one in asked))

    run(main)
    assert sum(map(len, spans.values())) == len(asked)
    for host in spans.values():
        for (_, ended), (begun, _) in zip(sorted(host), sorted(host)[1:], strict=False):
            assert begun - ended >= 5.0 - 1e-6


def test_hosts_do_not_wait_for_each_other() -> None:
    async def main(loop: VirtualLoop) -> float:
        throttle = HostThrottle(5.0, seconds=loop.time)

        async def request(host: str) -> None:
            async with throttle.turn(host):
                await asyncio.sleep(1)

        await asyncio.gather(*(request(f"h{number}") for number in range(100)))
        return loop.time()

    assert run(main) == 1


def test_a_host_may_ask_for_rest_and_for_slowness() -> None:
    async def main(loop: VirtualLoop) -> list[float]:
        throttle = HostThrottle(5.0, seconds=loop.time)
        times = []
        throttle.rest("h", 120)
        assert throttle.wait_s("h") == 120
        assert throttle.wait_s("other") == 0
        throttle.slow("h", 30)
        for _ in range(3):
            async with throttle.turn("h"):
                times.append(loop.time())
        return times

    assert run(main) == [120, 150, 180]


def test_a_pause_may_be_longer_for_some_hosts() -> None:
    async def main(loop: VirtualLoop) -> float:
        throttle = HostThrottle(5.0, seconds=loop.time, factor=lambda host: 3.0 if host == "h" else 1.0)
        for _ in range(2):
            async with throttle.turn("h"):
                pass
        return loop.time()

    assert run(main) == 15


def test_a_failed_request_pauses_too_and_frees_the_gate() -> None:
    async def main(loop: VirtualLoop) -> float:
        throttle = HostThrottle(5.0, seconds=loop.time)
        for _ in range(2):
            try:
                async with throttle.turn("h"):
                    raise OSError
            except OSError:
                pass
        return loop.time()

    assert run(main) == 5


def test_idle_hosts_are_forgotten() -> None:
    async def main(loop: VirtualLoop) -> int:
        throttle = HostThrottle(1.0, seconds=loop.time)
        for number in range(SWEEP * 2):
            async with throttle.turn(f"h{number}"):
                await asyncio.sleep(0.01)
        return throttle.known

    assert run(main) < SWEEP
