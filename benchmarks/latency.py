"""How long an article takes from being published to its webhook, where many are told; and how soon an alert is heeded.

    PYTHONPATH=.:tests/support python benchmarks/latency.py [--runtime cluster] [--alerts 100000] [--matching 150]
        [--rate 20] [--seconds 60]

An installation works in processes of its own (`LocalPipeline`, or `wirewatch work all` on the servers of the tests),
with the real model. Each article meets so many of the alerts; one of those has a webhook here, the others are kept and
shown. The alerts are added while it works, and then one more: each is heeded when it is first matched.

On a machine that others keep busy the seconds say little; beside them stand the seconds of the processor that the
installation used, its children included.
"""

import argparse
import json
import tempfile
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from loopback import Asked, Reply, Site, site
from soak_parts import Installed, article, cluster, cpu_by_part, cpu_seconds, local

from runtime.ports import Control
from schemas.alert import Subscription
from schemas.article import Article
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.topics import ARTICLES, SUBSCRIPTIONS
from wirewatch.compose.open import open_control

# Not measured: the model is loaded, caches are filled.
WARM = 40
PORTION = 5_000
"""Alerts in one message to the process that works: a few megabytes."""
PROBE_SECONDS = 0.2
"""Between the articles that try whether an alert is heeded: more would be work of their own."""
ENOUGH_SECONDS = 600.0
SHARES = (50, 95, 99)
PROBES = 1_000_000
"""Their numbers begin here, beyond those of all articles."""


class Hook:
    """A channel here: which alerts were told of which articles, and when."""

    def __init__(self, running: Site) -> None:
        running.pages["/"] = self._take
        self.channel = f"json://127.0.0.1:{running.port}/?cto=60&rto=60"
        self.told: dict[str, float] = {}
        """Title of an article -> seconds of the clock at its first telling."""
        self.matched: dict[str, datetime] = {}
        """Name of an alert -> when it was first matched."""

    def _take(self, asked: Asked) -> Reply:
        body = json.loads(asked.body)
        for one in body["articles"]:
            self.told.setdefault(one["title"], time.monotonic())
            at = datetime.fromisoformat(one["matched_at"])
            name = body["alert"]["name"]
            self.matched[name] = min(self.matched.get(name, at), at)
        return Reply(204)


class Desk:
    """Who adds alerts and publishes articles. Alerts are of topics, so many of each, and an article has one topic."""

    def __init__(self, control: Control, hook: Hook, alerts: int, matching: int) -> None:
        self._control = control
        self._hook = hook
        self._matching = matching
        self._topics = max(1, alerts // matching)
        self.sent: dict[str, float] = {}
        self._probes = PROBES

    def add_all(self) -> float | None:
        """Add the alerts; seconds from then until one of the last portion is heeded. None: not in `ENOUGH_SECONDS`."""
        alerts = [self._alert(topic, number) for topic in range(self._topics) for number in range(self._matching)]
        for first in range(0, len(alerts), PORTION):
            self._control.publish([Output(SUBSCRIPTIONS, one) for one in alerts[first : first + PORTION]])
        return self._heeded(alerts[-self._matching].name, self._topics - 1)

    def add_one(self) -> float | None:
        """Add one more of a topic that is new; seconds until it is heeded."""
        added = self._alert(self._topics, 0)
        self._control.publish([Output(SUBSCRIPTIONS, added)])
        return self._heeded(added.name, self._topics)

    def publish(self, numbers: range) -> None:
        """Articles of these numbers."""
        articles = [self._article(number, abs(number) % self._topics) for number in numbers]
        now = time.monotonic()
        self.sent |= {one.title: now for one in articles}
        self._control.publish([Output(ARTICLES, one) for one in articles])

    def waiting(self) -> dict[str, int]:
        """Records before each stage."""
        return dict(self._control.waiting())

    def _heeded(self, name: str, topic: int) -> float | None:
        added, ends = utc_now(), time.monotonic() + ENOUGH_SECONDS
        while name not in self._hook.matched and time.monotonic() < ends:
            self._control.publish([Output(ARTICLES, self._article(self._probes, topic))])
            self._probes += 1
            time.sleep(PROBE_SECONDS)
        matched = self._hook.matched.get(name)
        return (matched - added).total_seconds() if matched else None

    def _alert(self, topic: int, number: int) -> Subscription:
        name = f"{topic} {number}"
        told = (self._hook.channel,) if number == 0 else ()
        query = f"topic{topic} OR never{topic}x{number}"
        return Subscription(id=name, name=name, query=query, channels=told, policy="every")

    def _article(self, number: int, topic: int) -> Article:
        made = article(number, told=False)
        return made.model_copy(update={"title": made.title.strip(), "text": f"{made.text} It is of topic{topic}."})


def main() -> None:
    """Run, and print what was seen."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runtime", choices=["local", "cluster"], default="local")
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--matching", type=int, default=150, help="alerts that an article meets")
    parser.add_argument("--rate", type=float, default=20, help="articles a second")
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        Path(folder).chmod(0o755)  # Elasticsearch refuses to be root, and is another user then
        hook = Hook(stack.enter_context(site()))
        start = cluster if given.runtime == "cluster" else local
        installed: Installed = stack.enter_context(start(Path(folder), 1))
        control = stack.enter_context(open_control(installed.settings))
        desk = Desk(control, hook, given.alerts, given.matching)
        print(f"{given.runtime}: {given.alerts} alerts, of which {given.matching} meet an article")
        _warm(desk, control)
        used, by_part = cpu_seconds(installed), cpu_by_part(installed)
        print(f"all were heeded {_seconds(desk.add_all())} after the last was added", flush=True)
        print(f"adding and heeding them took {cpu_seconds(installed) - used:.1f} s of the processor", flush=True)
        print(_spent(installed, by_part, 1), flush=True)
        _settle(control)
        print(f"one more was heeded {_seconds(desk.add_one())} after it was added", flush=True)
        _settle(control)
        used, by_part = cpu_seconds(installed), cpu_by_part(installed)
        _steady(desk, hook, given.rate, given.seconds)
        _settle(control)
        print(f"a second of it took {(cpu_seconds(installed) - used) / given.seconds:.2f} s of the processor")
        print(_spent(installed, by_part, given.seconds))


def _spent(installed: Installed, before: dict[str, float], seconds: float) -> str:
    after = cpu_by_part(installed)
    return "  " + ", ".join(f"{name} {(after[name] - before[name]) / seconds:.2f}" for name in before)


def _warm(desk: Desk, control: Control) -> None:
    desk.publish(range(-WARM, 0))
    _settle(control)
    desk.sent.clear()


def _steady(desk: Desk, hook: Hook, rate: float, seconds: float) -> None:
    """Publish at this rate, and print how long each took."""
    began, number = time.monotonic(), 0
    while (now := time.monotonic()) < began + seconds:
        due = int((now - began) * rate)
        if due > number:
            desk.publish(range(number, due))
            number = due
        time.sleep(max(0.0, began + (number + 1) / rate - time.monotonic()))
    behind = ", ".join(f"{records} before {stage}" for stage, records in desk.waiting().items() if records)
    print(f"when the last was published there waited: {behind or 'nothing'}", flush=True)
    ends = time.monotonic() + ENOUGH_SECONDS
    while not desk.sent.keys() <= hook.told.keys() and time.monotonic() < ends:
        time.sleep(0.1)
    took = sorted(hook.told[title] - at for title, at in desk.sent.items() if title in hook.told)
    shares = [f"{share} of 100 within {took[(len(took) - 1) * share // 100]:.2f} s" for share in SHARES if took]
    print(f"{len(took)} of {number} articles at {rate:g} a second were told: {', '.join(shares)}")


def _seconds(taken: float | None) -> str:
    return f"later than {ENOUGH_SECONDS:g} s" if taken is None else f"{taken:.2f} s"


def _settle(control: Control) -> None:
    ends = time.monotonic() + ENOUGH_SECONDS
    while sum(control.waiting().values()) and time.monotonic() < ends:
        time.sleep(0.5)


if __name__ == "__main__":
    main()
