"""A seed of chaos: prints its schedule, carries it out and says what was found; ends with 1 where anything was."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from fleet.articles import generated, read
from loopback import site

from chaos.channel import Channels
from chaos.cluster import cluster
from chaos.installation import Installation
from chaos.local import local
from chaos.run import Run, faults
from chaos.schedule import schedule

# Articles a minute: two cores that others use too are not behind with them.
RATE = 300
RUNTIMES: dict[str, Callable[[Path], AbstractContextManager[Installation]]] = {"local": local, "cluster": cluster}


def main() -> None:
    """Run one seed."""
    parser = argparse.ArgumentParser(prog="chaos")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--runtime", choices=RUNTIMES, default="local")
    parser.add_argument("--subscriptions", type=int, default=500)
    parser.add_argument("--articles", type=Path, help="JSON lines with id, title and text; by default made ones")
    parser.add_argument("--undisturbed", action="store_true", help="only the changes, no faults")
    given = parser.parse_args()
    count = int(given.minutes * RATE)
    base = read([given.articles], count) if given.articles else generated(count, "a")
    folder = tempfile.mkdtemp(prefix="chaos-")
    with ExitStack() as stack:
        channels = Channels(stack.enter_context(site()))
        installed = stack.enter_context(RUNTIMES[given.runtime](Path(folder)))
        kinds = () if given.undisturbed else tuple(faults(installed, channels))
        acts = schedule(given.seed, given.minutes * 60, kinds)
        print(*acts, sep="\n", flush=True)
        report = Run(installed, channels, given.seed, base, given.subscriptions).go(acts, given.minutes * 60)
    print(f"seed {given.seed}, {given.runtime}: {report.counts}, ended by itself: {installed.ended}")
    if report.findings:
        print(*report.findings, f"what the processes said is kept in {folder}", sep="\n")
        sys.exit(1)
    print("nothing was found")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
