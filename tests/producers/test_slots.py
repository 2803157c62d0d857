"""Slots: never more at once than there are, whoever gives up; the urgent first."""

import asyncio
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from newsday.virtual_time import START, VirtualLoop, run

from producers.politeness.slots import Slots

WORK = st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 9), st.one_of(st.none(), st.integers(0, 30)))


@given(st.integers(1, 3), st.lists(WORK, max_size=20))
def test_no_slot_is_lost_or_held_twice(free: int, works: list[tuple[bool, int, int, int | None]]) -> None:
    """Each work is new or not, may lose something by a moment, takes so long, and is perhaps given up at a time."""
    inside = most = 0

    async def main(loop: VirtualLoop) -> None:
        slots = Slots(free)

        async def work(new: bool, lost: int, takes_s: int) -> None:
            nonlocal inside, most
            async with slots.one(new=new, lost=START + timedelta(seconds=lost)):
                inside += 1
                most = max(most, inside)
                try:
                    await asyncio.sleep(takes_s)
                finally:
                    inside -= 1

        tasks = []
        for new, lost, takes_s, given_up in works:
            tasks.append(asyncio.ensure_future(work(new, lost, takes_s)))
            if given_up is not None:
                loop.call_later(given_up, tasks[-1].cancel)
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(work(False, 0, 1) for _ in range(free)))

    run(main)
    assert inside == 0
    assert most == free


def test_the_most_urgent_goes_first_and_what_is_new_last() -> None:
    async def main(_loop: VirtualLoop) -> list[str]:
        slots, done = Slots(1), []

        async def work(name: str, new: bool, lost: int) -> None:
            async with slots.one(new=new, lost=START + timedelta(seconds=lost)):
                done.append(name)
                await asyncio.sleep(1)

        works = [("first", True, 0), ("new", True, 1), ("later", False, 9), ("soon", False, 2), ("newer", True, 1)]
        await asyncio.gather(*(work(*one) for one in works))
        return done

    assert run(main) == ["first", "soon", "later", "new", "newer"]


def test_one_that_is_given_up_when_its_turn_has_just_come_passes_it_on() -> None:
    async def main(_loop: VirtualLoop) -> bool:
        slots = Slots(1)

        async def work() -> bool:
            async with slots.one(new=False, lost=START):
                return True

        async with slots.one(new=False, lost=START):
            given_up = asyncio.ensure_future(work())
            await asyncio.sleep(1)
        given_up.cancel()
        return await asyncio.wait_for(work(), 5)

    assert run(main)
