"""A simulated day: no article missed, none twice, every host left its pause.

benchmarks/polling.py runs the large one.
"""

from newsday.day import Day, Report, Sockets
from newsday.virtual_time import VirtualLoop, run
from newsday.world import World

from producers.polling.settings import PollSettings

SETTINGS = PollSettings(feeds_every_s=600)


def _check(report: Report) -> None:
    assert report.articles > 100
    assert (report.missed, report.twice) == (0, 0)
    assert report.most_at_once == 1
    assert report.least_pause_s >= SETTINGS.host_pause_s - 1e-6
    assert report.not_modified > report.feed_requests / 3


def test_a_day_of_many_publishers() -> None:
    async def day(loop: VirtualLoop) -> Report:
        today = Day(World(60, seed=5), loop, SETTINGS)
        return await today.run(today.in_memory)

    _check(run(day))


def test_some_hours_over_real_sockets() -> None:
    async def day(loop: VirtualLoop) -> Report:
        sockets = Sockets()
        async with sockets.listening():
            today = Day(World(12, seed=6, port=sockets.port), loop, SETTINGS)
            async with sockets.fetcher(today) as fetcher:
                return await today.run(fetcher, seconds=6 * 3600)

    _check(run(day))
