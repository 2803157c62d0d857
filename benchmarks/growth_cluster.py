"""What a long life costs on Kafka: topics as they are after so many articles, and what is asked of them.

    PYTHONPATH=.:tests/support python benchmarks/growth_cluster.py [--articles 1000000] [--alerts 1000000] [--days 10]

Starts the Kafka of the tests, and puts outcomes, stories and tellings on it, spread over so many days up to now. Each
command then runs in a process of its own: seconds of wall time and of CPU, and the most memory that it held.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from aiokafka import AIOKafkaProducer  # type: ignore[import-untyped]  # it ships no types
from fleet.place import apart, environment
from growth import FIRST, delivery, identity, measure, member, outcomes
from servers.kafka import Kafka

from runtime.kafka.codec import SCHEMA_VERSION, Cluster
from runtime.kafka.topics import create
from schemas.topics import DELIVERIES, OUTCOMES, STORIES, Topic
from wirewatch.compose.cluster import cluster_of, layout_of
from wirewatch.pipeline import topology
from wirewatch.settings import Settings

Message = tuple[bytes, bytes, int]
"""Key, value, and when it was sent (ms since 1970)."""


# Of all records the same: reading them costs as much as if they were not.
HEADERS = [("revision", b"0" * 16), ("trace", b"0" * 32), ("seen", b"2026-11-27T12:00:00.000000+00:00")]
# As busy workers send them.
BATCH_BYTES = 100_000
MAIN = "from wirewatch.cli.app import main; main()"
KEEP = """
from runtime.kafka import account
from runtime.kafka.publisher import KafkaPublish
from wirewatch.compose.cluster import cluster_of
from wirewatch.settings import load
cluster = cluster_of(load())
publish = KafkaPublish(cluster)
keep = account.Keeper(cluster, publish)
account.LOOK_SECONDS = 0.0
while keep._behind() >= account.ENOUGH:
    keep()
publish.close()
"""
# The ledger's part of `ledger --against-store`, with a store that has all, or all but one in ten thousand.
AGAINST = """
import sys
sys.path.insert(0, "benchmarks")
from growth import identity
from runtime.kafka.ledger import indexed
from wirewatch.compose.cluster import cluster_of
from wirewatch.pipeline import topology
from wirewatch.settings import load
articles, lacks = map(int, sys.argv[1:])
stored = (identity("article", number) for number in range(articles) if lacks == 0 or number % lacks != 1)
print(len(indexed(cluster_of(load()), topology().way, stored)), file=sys.stderr)
"""
# The ledger's part of `trace`: the store is not here.
TRACE = """
import sys
from wirewatch.compose.open import open_reader
from wirewatch.settings import load
with open_reader(load()) as reader:
    assert reader.trace(sys.argv[1])
"""
# Opens a stage as its worker does, and gives story its first article.
START = f"""
import sys
from runtime.kafka.state import KafkaState
from wirewatch.collector import collect_rarely
from wirewatch.compose.cluster import cluster_of
from wirewatch.compose.cluster_services import services_of
from wirewatch.pipeline import topology
from wirewatch.settings import load
{FIRST}
collect_rarely()
settings = load()
state = KafkaState(cluster_of(settings))
stage = topology().stage(sys.argv[1])
state.catch_up(*stage.restores)
step = stage.open(services_of(settings, state))
if stage.name == "story":
    first(step)
"""


def main() -> None:
    """Fill a Kafka, and print what each command costs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--alerts", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kafka = Kafka(Path(folder))
        kafka.start()
        try:
            settings = apart(kafka.bootstrap, "http://127.0.0.1:9")  # no command here asks the store
            create(cluster_of(settings), layout_of(settings), topology().topics)
            asyncio.run(_fill(cluster_of(settings), given.articles, given.alerts, given.days))
            print(f"{given.articles:,} articles, {given.alerts:,} alerts told, in {given.days} days", flush=True)
            _ask(settings, given.articles)
        finally:
            kafka.stop()


def _ask(settings: Settings, articles: int) -> None:
    os.environ |= environment(settings)
    measure("keeping the account", ["-c", KEEP])
    measure("ledger", ["-c", MAIN, "ledger", "--json"])
    measure("trace", ["-c", TRACE, identity("article", articles // 2)])
    measure("dead list", ["-c", MAIN, "dead", "list"])
    measure("ledger against all", ["-c", AGAINST, str(articles), "0"])
    measure("against, 0.01 % gone", ["-c", AGAINST, str(articles), "10000"])
    measure("ledger --prove", ["-c", MAIN, "ledger", "--prove", "--json"])
    for stage in ("story", "deliver"):
        measure(f"start of {stage}", ["-c", START, stage])


async def _fill(cluster: Cluster, articles: int, alerts: int, days: int) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=cluster.bootstrap, max_batch_size=BATCH_BYTES, compression_type="lz4")
    await producer.start()
    try:
        for topic, messages in (
            (OUTCOMES, _outcomes(articles, alerts, days)),
            (STORIES, _stories(articles, days)),
            (DELIVERIES, _deliveries(articles, alerts, days)),
        ):
            began = time.monotonic()
            number = await _send(producer, cluster, topic, messages)
            print(
                f"{number:,} records on {topic.name} in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True
            )
    finally:
        await producer.stop()


async def _send(producer: AIOKafkaProducer, cluster: Cluster, topic: Topic, messages: Iterable[Message]) -> int:
    name = cluster.name(topic)
    partitions = sorted(await producer.partitions_for(name))
    batches = {each: producer.create_batch() for each in partitions}
    number = 0
    headers = [("schema", f"{topic.record.__name__}/{SCHEMA_VERSION}".encode()), *HEADERS]
    for key, value, at in messages:
        each = partitions[zlib.crc32(key) % len(partitions)]
        sent = {"key": key, "value": value, "timestamp": at, "headers": headers}
        if batches[each].append(**sent) is None:
            await producer.send_batch(batches[each], name, partition=each)
            batches[each] = producer.create_batch()
            batches[each].append(**sent)
        number += 1
    for each, batch in batches.items():
        await producer.send_batch(batch, name, partition=each)
    await producer.flush()
    return number


def _outcomes(articles: int, alerts: int, days: int) -> Iterator[Message]:
    """By hand: a model for each of five million rows would take longer than all that is measured."""
    for id, stage, revision, outcome, reason, at in outcomes(articles, alerts, days):
        said = f',"reason":"{reason}"' if reason else ""
        fields = f'"id":"{id}","revision":"{revision}","stage":"{stage}","outcome":"{outcome}"{said},"at":"{at}"'
        yield id.encode(), f"{{{fields}}}".encode(), _ms(datetime.fromisoformat(at))


def _stories(articles: int, days: int) -> Iterator[Message]:
    for number in range(articles):
        one = member(number, articles, days)
        yield one.id.encode(), one.model_dump_json(exclude_defaults=True).encode(), _ms(one.first_seen)


def _deliveries(articles: int, alerts: int, days: int) -> Iterator[Message]:
    for number in range(alerts):
        one = delivery(number, articles, alerts, days)
        yield one.id.encode(), one.model_dump_json(exclude_defaults=True).encode(), _ms(one.at)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


if __name__ == "__main__":
    main()
