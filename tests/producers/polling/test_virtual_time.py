"""The simulated day's clock: it moves whatever waits."""

import asyncio

from newsday.virtual_time import VirtualLoop, run


def test_two_that_wait_for_one_moment_get_there() -> None:
    """A nanosecond's fraction ahead and out of step, each used to find the other ready, and time stood still."""

    async def main(loop: VirtualLoop) -> int:
        looks = 0
        moment = 4640.0 + 1e-10
        await asyncio.sleep(4640.0)

        async def wait(steps: int) -> None:
            nonlocal looks
            for _ in range(steps):
                await asyncio.sleep(0)
            while (left_s := moment - loop.time()) > 0 and looks < 100:
                looks += 1
                await asyncio.sleep(left_s)

        await asyncio.gather(*map(wait, range(4)))
        return looks

    assert run(main) < 10
