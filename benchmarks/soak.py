"""A steady wire for minutes or hours: does anything grow, fall behind or slow down?

    PYTHONPATH=.:tests/support python benchmarks/soak.py --minutes 30 [--runtime cluster] [--rate 20] [--out FILE]

Publishes articles at a steady rate to an installation that works in processes of its own (`LocalPipeline`, or
`wirewatch work all` on the servers of the tests), tells one article in ten to a webhook here, and looks every few
seconds at what those processes hold. Prints the first third of the time beside the last; ends with status 1 where what
was published has not all been told and indexed, or the ledger is not balanced.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from statistics import mean
from typing import Any

from loopback import site
from soak_parts import Installed, Sample, Webhook, article, cluster, local, sample

from alerts.subscriptions import identity
from runtime.ports import Control
from schemas.alert import Subscription
from schemas.outcome import Output
from schemas.topics import ARTICLES, SUBSCRIPTIONS
from wirewatch.compose.open import open_control, open_reader

# How often it is looked at: two hundred looks in half an hour are enough for a mean of a third.
LOOK_SECONDS = 5.0
# Not measured: models are loaded, caches and indexes filled.
WARM = 40
# One article in so many is told.
TOLD = 10
# After the last article, the rest must be through by then.
ENOUGH_SECONDS = 300


def main() -> None:
    """Run, and print the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=20, help="articles a second")
    parser.add_argument("--runtime", choices=["local", "cluster"], default="local")
    parser.add_argument("--workers", type=int, default=1, help="children that enrich")
    parser.add_argument("--out", type=Path, help="the report, as JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        webhook = Webhook(stack.enter_context(site()))
        start = cluster if given.runtime == "cluster" else local
        installed = stack.enter_context(start(Path(folder), given.workers))
        samples, published = _run(installed, webhook, given.minutes * 60, given.rate)
        checked = _checked(installed, webhook, published)
        report = _report(samples, webhook.seconds(), given.minutes * 60) | checked
    print(f"{given.runtime}: {published} articles at {given.rate:g} a second for {given.minutes:g} minutes")
    for name, value in report.items():
        print(f"{name:28} {value}")
    if given.out:
        given.out.write_text(json.dumps(report | {"samples": [asdict(one) for one in samples]}))
    sys.exit(0 if report["balanced"] and report["told"] == report["to be told"] else 1)


def _run(installed: Installed, webhook: Webhook, seconds: float, rate: float) -> tuple[list[Sample], int]:
    told = Subscription(id=identity("soak"), name="soak", query="soaktold", channels=(webhook.channel,), policy="every")
    samples: list[Sample] = []
    with open_control(installed.settings) as control:
        control.publish([Output(SUBSCRIPTIONS, told)])
        _publish(control, webhook, range(-WARM, 0))
        _until(lambda: not sum(control.waiting().values()))
        began = time.monotonic()
        number = 0
        look_at = began
        while (now := time.monotonic()) < began + seconds:
            due = int((now - began) * rate)
            _publish(control, webhook, range(number, due))
            number = max(number, due)
            if now >= look_at:
                samples.append(sample(installed, now - began, sum(control.waiting().values())))
                look_at += LOOK_SECONDS
            time.sleep(max(0.0, began + (number + 1) / rate - time.monotonic()))
        _until(lambda: not sum(control.waiting().values()))
        samples.append(sample(installed, time.monotonic() - began, 0))
    return samples, number


def _publish(control: Control, webhook: Webhook, numbers: range) -> None:
    if not numbers:
        return
    outputs = [Output(ARTICLES, article(number, told=number % TOLD == 0)) for number in numbers]
    webhook.sent |= {number: time.monotonic() for number in numbers if number % TOLD == 0 and number >= 0}
    control.publish(outputs)


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + ENOUGH_SECONDS
    while not holds() and time.monotonic() < ends:
        time.sleep(0.5)


def _checked(installed: Installed, webhook: Webhook, published: int) -> dict[str, Any]:
    """What must have become of all that was published."""
    _until(lambda: len(webhook.told) >= len(webhook.sent))
    with open_reader(installed.settings) as reader:
        balance = reader.ledger(prove=True)
    return {
        "indexed": balance.indexed,
        "balanced": balance.balanced and balance.fetched == published + WARM == balance.indexed,
        "to be told": len(webhook.sent),
        "told": len(webhook.told),
    }


def _report(samples: Sequence[Sample], latencies: Sequence[tuple[float, float]], end: float) -> dict[str, Any]:
    """The first third beside the last. `latencies`: (seconds after the beginning, seconds until told)."""
    report: dict[str, Any] = {}
    for name in ("memory_mib", "handles", "files_mib", "waiting"):
        thirds = [[getattr(one, name) for one in samples if _third(one.at, end) == third] for third in (0, 2)]
        report[name] = " -> ".join(f"{mean(values):.1f}" if values else "-" for values in thirds)
    for share in (50, 95, 99):
        thirds = [sorted(took for at, took in latencies if _third(at, end) == third) for third in (0, 2)]
        found = [f"{values[(len(values) - 1) * share // 100]:.2f} s" if values else "-" for values in thirds]
        report[f"told after, {share} of 100"] = " -> ".join(found)
    return report


def _third(at: float, end: float) -> int:
    return min(2, int(3 * at / end))


if __name__ == "__main__":
    main()
