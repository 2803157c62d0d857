"""The stages as the cluster runs them: each made in the process that works it, out of the settings.

wirewatch/pipeline.py has the list; here a stage gets its parts: state read from Kafka, the store on Elasticsearch.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from elasticsearch import Elasticsearch

from alerts.deliver import DeliverStep
from alerts.match import MatchStep
from processors.agents import Work
from processors.story import StoryStep
from schemas.access import Access
from schemas.alert import Alert, Subscription
from schemas.article import Enriched
from schemas.broker import Cluster
from schemas.clock import Clock, utc_now
from schemas.ledger import Forgotten
from schemas.outcome import Outcome, Output
from schemas.story import StoryMember
from schemas.topics import DELIVERIES, FORGOTTEN, STORIES, SUBSCRIPTIONS
from stores.elastic.store import ElasticStore
from stores.store import Store
from wirewatch.cluster.forgetting import kept_out, writing
from wirewatch.cluster.observing import Observing
from wirewatch.cluster.state import KafkaState, read_once
from wirewatch.cluster.topics import Layout
from wirewatch.pipeline import ENRICH_BATCH, enrich_step, enriching, stage_with
from wirewatch.settings import Settings
from wirewatch.version import CODE_VERSION

# A worker that did nothing for so long beyond the longest that its batch may take is stuck.
STALL_SECONDS = 120.0
# Retention is counted in days, and months are dropped whole.
RETIRE_EVERY = timedelta(hours=1)
# The longest that one request to Elasticsearch may take before it counts as away.
STORE_SECONDS = 20.0


def cluster_of(settings: Settings) -> Cluster:
    """The Kafka that the settings name."""
    access = Access(
        settings.kafka_security,
        settings.kafka_authority,
        settings.kafka_mechanism,
        settings.kafka_user,
        settings.kafka_password,
    )
    return Cluster(settings.kafka, settings.kafka_prefix, access)


def layout_of(settings: Settings) -> Layout:
    """How the settings want topics to be made."""
    return Layout(settings.partitions, settings.replication, settings.topic_days)


def store_of(settings: Settings) -> ElasticStore:
    """The store that the settings name."""
    user = settings.elasticsearch_user
    client = Elasticsearch(
        settings.elasticsearch,
        basic_auth=(user, settings.elasticsearch_password) if user else None,
        request_timeout=STORE_SECONDS,
        max_retries=0,  # the worker holds, and tries again without a limit
    )
    return ElasticStore(client, prefix=settings.index_prefix, replicas=settings.replicas)


def work_of(name: str, settings: Settings, state: KafkaState) -> Work:
    """The work of one stage. Its memory is the state, which is the caller's to close."""
    makers: Mapping[str, Callable[[Settings, KafkaState], Work]] = {
        "enrich": _enrich,
        "story": _story,
        "index": _index,
        "match": _match,
        "deliver": _deliver,
        "record": _record,
    }
    return replace(makers[name](settings, state), code_version=CODE_VERSION)


def _enrich(settings: Settings, state: KafkaState) -> Work:
    children = enriching(settings)
    # The worst batch: every article of it takes as long as it may.
    longest = settings.enrich_seconds * ENRICH_BATCH / settings.workers
    step = kept_out(state, enrich_step(children))
    return Work(stage_with("enrich", step), stall_seconds=longest + STALL_SECONDS)


def _story(settings: Settings, state: KafkaState) -> Work:
    """The single writer: on each assignment its memory is made anew from what all writers before it have left."""
    taken: list[StoryStep] = []

    def take_over() -> None:
        members = read_once(cluster_of(settings), STORIES, StoryMember)
        taken[:] = [StoryStep(members, hours=settings.story_hours)]

    def step(batch: Sequence[Enriched]) -> Sequence[Outcome]:
        return taken[0](batch)

    return Work(stage_with("story", kept_out(state, step)), take_over=take_over, stall_seconds=STALL_SECONDS)


def _index(settings: Settings, state: KafkaState) -> Work:
    """Writes the store, and drops its old months: whoever writes it may."""
    store = store_of(settings)
    retiring = Retiring(store, timedelta(days=settings.retention_days))
    step = writing(state, store.write, store.forget)
    return Work(stage_with("index", step), due=retiring, stall_seconds=STALL_SECONDS)


def _match(settings: Settings, state: KafkaState) -> Work:
    step = MatchStep(InForce(state))
    return Work(stage_with("match", kept_out(state, step)), stall_seconds=STALL_SECONDS)


def _deliver(settings: Settings, state: KafkaState) -> Work:
    """One at a time: on each assignment its memory of what was told is made anew."""
    taken: list[DeliverStep] = []

    def take_over() -> None:
        state.catch_up(DELIVERIES)
        taken[:] = [DeliverStep(state, InForce(state))]

    def step(batch: Sequence[Alert]) -> Sequence[Outcome]:
        return taken[0](batch)

    def due() -> Sequence[Output]:
        return taken[0].release(utc_now())

    return Work(
        stage_with("deliver", kept_out(state, step)),
        take_over=take_over,
        confirmed=state.confirmed,
        due=due,
        stall_seconds=STALL_SECONDS,
    )


def _record(settings: Settings, state: KafkaState) -> Work:
    """Writes what became of alerts, and once a minute how all the stages and the feeds do."""
    store = store_of(settings)
    step = writing(state, store.record, store.forget)

    def forgotten() -> Mapping[str, Forgotten]:
        state.catch_up(FORGOTTEN)
        return state.mapping(FORGOTTEN, Forgotten)

    observing = Observing(cluster_of(settings), store.observer, forgotten, store.forget)
    return Work(stage_with("record", step), due=observing, stall_seconds=STALL_SECONDS)


class InForce:
    """The subscriptions in force, by id; the same object as long as none changes. Raises Hold."""

    def __init__(self, state: KafkaState) -> None:
        self._state = state
        self._seen: Mapping[str, Subscription] | None = None
        self._in_force: Mapping[str, Subscription] = {}

    def __call__(self) -> Mapping[str, Subscription]:
        every = self._state.mapping(SUBSCRIPTIONS, Subscription)
        if every is not self._seen:
            self._seen = every
            self._in_force = {id: subscription for id, subscription in every.items() if not subscription.deleted}
        return self._in_force


class Retiring:
    """Drops what is older than the retention, once in a while; called every few seconds. Raises Hold."""

    def __init__(self, store: Store, kept: timedelta, clock: Clock = utc_now) -> None:
        """`kept`: nothing keeps all."""
        self._store = store
        self._kept = kept
        self._clock = clock
        self._next = clock()

    def __call__(self) -> Sequence[Output]:
        """Nothing to publish, ever."""
        now = self._clock()
        if self._kept and now >= self._next:
            self._store.expire(now - self._kept)
            self._next = now + RETIRE_EVERY
        return ()
