"""What Faust's compiled parts save: one worker of a stage that does next to nothing, from Kafka to Kafka.

    PYTHONPATH=.:tests/support python benchmarks/faust_builds.py

Run it with the Python of each environment to compare: `NO_CYTHON=1 pip install --no-binary faust-streaming
faust-streaming` makes the one of machines for which there is no wheel. The stage is the fleet's light enrich, which
signs articles. The CPU time is the worker's own, so that others on the machine matter little.
"""

import os
import tempfile
import time
from pathlib import Path

import faust
from fleet.articles import generated
from fleet.fleet import Fleet, Member
from fleet.place import Place, apart
from fleet.waiting import until
from servers.kafka import Kafka

RECORDS = 12_000
# By then the worker has its partitions and has met every path once.
WARM = 2_000
HANDLED = "wirewatch_handled_records_total"
ENOUGH_SECONDS = 600


def main() -> None:
    """Print one line."""
    compiled = any(Path(faust.__file__).parent.rglob("*.so"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kafka = Kafka(folder)
        kafka.start()
        fleet = Fleet(Place(apart(kafka.bootstrap, ""), folder))
        try:
            fleet.publish(generated(RECORDS, "a"))
            (worker,) = fleet.start("enrich")
            before = _reached(worker, WARM)
            after = _reached(worker, RECORDS)
        finally:
            fleet.end()
            kafka.stop()
    number, seconds, cpu = (end - begin for begin, end in zip(before, after, strict=True))
    print(
        f"faust {faust.__version__} {'compiled' if compiled else 'pure Python'}: {number:.0f} records,"
        f" {number / seconds:.0f} a second, {1000 * cpu / number:.2f} ms of CPU each"
    )


def _reached(worker: Member, number: int) -> tuple[float, float, float]:
    """Waits until so many are handled: how many, when, and the worker's CPU time until then, in seconds."""
    until(lambda: (worker.metric(HANDLED) or 0) >= number, within=ENOUGH_SECONDS)
    fields = Path(f"/proc/{worker.pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])  # user and system
    return worker.metric(HANDLED) or 0, time.monotonic(), ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
