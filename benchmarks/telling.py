"""What telling costs: seconds of the processor by stage, where an article meets 150 alerts, one of them with a channel.

    PYTHONPATH=.:tests/support python benchmarks/telling.py [--alerts 15000] [--matching 150] [--articles 40]

One thread runs the stages one after the other on a file of its own, as the local runtime does; the channel takes
whatever it is told at once. Two rounds, for what is written costs more the more there is.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from soak_parts import article

from alerts.deliver import DeliverStep
from alerts.in_force import InForce
from alerts.match import MatchStep
from alerts.stages import DELIVER, MATCH
from runtime.forget import KeptOut
from runtime.local import account
from runtime.local.log import Log
from runtime.portions import portions
from runtime.topology import Topology
from schemas.alert import Subscription
from schemas.article import WireArticle
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.stage import Stage, Step
from schemas.topics import SUBSCRIPTIONS, WIRE
from stores.sqlite.database import Database
from stores.sqlite.store import EmbeddedStore
from stores.stages import RECORD, StoreStep
from wirewatch.pipeline import STAGES

ROUNDS = 2


class Spent(Counter[str]):
    """Seconds of the processor by what they were spent on."""

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """While this runs."""
        began = time.process_time()
        yield
        self[what] += time.process_time() - began  # type: ignore[assignment]  # seconds, of which a Counter makes sums

    def __str__(self) -> str:
        return ", ".join(f"{what} {seconds:.2f} s" for what, seconds in self.items())


def main() -> None:
    """Run, and print what was spent."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--alerts", type=int, default=15_000)
    parser.add_argument("--matching", type=int, default=150, help="alerts that an article meets")
    parser.add_argument("--articles", type=int, default=40)
    given = parser.parse_args()
    topics = given.alerts // given.matching
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "wire.db")
        topology = Topology(STAGES)
        log, store = Log(database, read=topology.read), EmbeddedStore(database)
        account.keep(database, topology.way)
        asked = (_alert(topic, number) for topic in range(topics) for number in range(given.matching))
        log.publish([Output(SUBSCRIPTIONS, one) for one in asked])
        spent = Spent()
        match = MatchStep(InForce(log))
        with spent.on(f"reading {given.alerts} queries"):
            match.tick(utc_now())
        print(spent)
        deliver = DeliverStep(log, InForce(log), notify=lambda address, message: None)
        record = StoreStep(store.record, store.forget, log)
        for number in range(ROUNDS):
            numbers = range(number * given.articles, (number + 1) * given.articles)
            log.publish([Output(WIRE, _article(each, each % topics)) for each in numbers])
            spent = Spent()
            for stage, step in ((MATCH, match), (DELIVER, deliver), (RECORD, record)):
                with spent.on(stage.name):
                    _work(log, stage, step)
            print(f"{given.articles} articles: {spent}, together {sum(spent.values()):.2f} s")
        database.close()


def _work(log: Log, stage: Stage, step: Step[Any]) -> None:
    """As runtime.local.worker does it."""
    kept_out = KeptOut(step, log)
    while entries := log.batch(stage):
        for portion in portions(step, entries, lambda entry: entry.record):
            log.commit(stage, portion, kept_out([entry.record for entry in portion]))
    log.publish(step.tick(utc_now()))


def _alert(topic: int, number: int) -> Subscription:
    told = ("json://127.0.0.1/",) if number == 0 else ()
    query = f"topic{topic} OR never{topic}x{number}"
    return Subscription(id=f"{topic} {number}", name=f"{topic} {number}", query=query, channels=told, policy="every")


def _article(number: int, topic: int) -> WireArticle:
    """As the story stage hands it on; read for no names."""
    made = article(number, told=False)
    text = f"{made.text} It is of topic{topic}."
    return WireArticle(**{**dict(made), "text": text}, story_id=made.id, first_seen=utc_now())


if __name__ == "__main__":
    main()
