"""A simulated day of 10,000 feeds, in virtual time: is anything missed, is anybody annoyed, does it fit?

    PYTHONPATH=.:tests/support python benchmarks/polling.py   # a day in memory, some ten minutes
    PYTHONPATH=.:tests/support python benchmarks/polling.py --feeds 300 --sockets  # the true fetcher, loopback

The publishers are tests/support/newsday/world.py's. Memory is the whole process's, the simulated world included.
"""

import argparse
import logging
import time

import structlog
from newsday.day import Day, Report, Sockets
from newsday.virtual_time import VirtualLoop, run
from newsday.world import World

from producers.polling.settings import PollSettings

# The list of feeds does not change here; reading it every ten seconds of virtual time would be all there is.
SETTINGS = PollSettings(feeds_every_s=3600)


def main() -> None:
    """Simulate, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sockets", action="store_true", help="over real sockets, at a tenth of the speed")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    start = time.process_time()
    day, report = run(lambda loop: simulate(loop, given))
    print_report(day, report, time.process_time() - start)


async def simulate(loop: VirtualLoop, given: argparse.Namespace) -> tuple[Day, Report]:
    """The day, by the way that was asked for."""
    if not given.sockets:
        day = Day(World(given.feeds, given.seed), loop, SETTINGS)
        return day, await day.run(day.in_memory, given.hours * 3600)
    sockets = Sockets()
    async with sockets.listening():
        day = Day(World(given.feeds, given.seed, sockets.port), loop, SETTINGS)
        async with sockets.fetcher(day) as fetcher:
            return day, await day.run(fetcher, given.hours * 3600)


def print_report(day: Day, report: Report, cpu_s: float) -> None:
    """One figure a line."""
    publishers = day.world.publishers
    served = report.feed_requests - report.refused
    rows = [
        ("feeds, on hosts", f"{len(publishers):,} on {len({one.host for one in publishers}):,}"),
        ("requests", f"{report.requests:,}, of them for feeds {report.feed_requests:,}"),
        ("polls a feed", f"{report.feed_requests / len(publishers):.1f}"),
        ("share of 304s", f"{report.not_modified / served:.1%}"),
        ("articles published", f"{report.articles:,}"),
        ("missed", f"{report.missed:,}"),
        ("twice", f"{report.twice:,}"),
        ("shown for under two minutes (nobody could)", f"{report.unreachable:,}"),
        ("in their documents still, not yet taken", f"{report.not_yet:,}"),
        ("most requests to a host at once", f"{report.most_at_once}"),
        ("least pause between two, s", f"{report.least_pause_s:.2f} (rule: {day.settings.host_pause_s:g})"),
        ("busiest host, requests", f"{report.busiest_host:,}"),
        *((f"published to seen, p{share}, min", f"{wait / 60:.1f}") for share, wait in report.latency_s.items()),
        ("peak memory, MB", f"{report.peak_mb}"),
        ("processor time, s", f"{cpu_s:.0f}"),
    ]
    for name, value in rows:
        print(f"{name:42} {value}")


if __name__ == "__main__":
    main()
