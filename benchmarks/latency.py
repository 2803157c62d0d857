"""How long an article takes from being fetched to its alert at a webhook, in one process, one article at a time.

Run: .venv/bin/python benchmarks/latency.py [ARTICLES]
Measures wall time from publishing on the log to the webhook's receipt, over loopback, with the real model.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from alerts.subscriptions import identity
from producers.article.build import from_row
from schemas.alert import Subscription
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.topics import ARTICLES, SUBSCRIPTIONS
from wirewatch.compose.local import LocalPipeline
from wirewatch.demo_server import DemoServer
from wirewatch.settings import Settings

PARAGRAPH = (
    "The mayor of Halvern spoke of the Tomahawk for the {number}th time on Tuesday. “We will wait {number} days and "
    "not one more,” said Edith Quayle, who heads the council. She added that the harbour would stay open. "
)


def row(number: int) -> dict[str, str]:
    """An article of about 500 words."""
    text = "\n".join(PARAGRAPH.format(number=number * 31 + part) for part in range(12))
    return {"id": str(number), "title": f"Report {number}", "text": text, "language": "en"}


def main() -> None:
    """Print the distribution."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    server = DemoServer(utc_now())
    told = Subscription(
        id=identity("t"), name="t", query="tomahawk", channels=(server.webhook,), policy="every", cooldown_minutes=0
    )
    seconds = []
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalPipeline(Settings(db=Path(folder) / "wire.db", channel_hosts="127.0.0.1")) as wire,
    ):
        wire.publish([Output(SUBSCRIPTIONS, told)])
        wire.start()
        for each in range(-2, number):  # the first ones load the model
            started = time.monotonic()
            wire.publish([Output(ARTICLES, from_row(row(each), "benchmark", utc_now()))])
            server.told.get(timeout=120)
            seconds.append(time.monotonic() - started)
    server.close()
    ranked = sorted(seconds[2:])
    print(f"{number} articles of about 500 words, one at a time, from the log to the webhook:")
    print(
        f"median {statistics.median(ranked):.3f} s, 95 % {ranked[int(len(ranked) * 0.95) - 1]:.3f} s, "
        f"longest {ranked[-1]:.3f} s"
    )


if __name__ == "__main__":
    main()
