"""What commands share: the settings in force, the open installation, and how a problem is told."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from runtime.local.lock import FileInUse
from runtime.local.rpc import NotReached, PipelineClient
from runtime.ports import Control, Reader
from schemas.clock import utc_now
from schemas.feed import Feed
from schemas.topics import FEEDS
from stores.query import Query, QueryError, parse
from stores.sqlite.database import DatabaseError
from wirewatch.compose.local import LocalPipeline
from wirewatch.compose.local_reader import LocalReader
from wirewatch.settings import Settings, SettingsError, load

if TYPE_CHECKING:
    from wirewatch.compose.cluster_control import ClusterPipeline

options: dict[str, Any] = {}
"""Settings given on the command line; they go before environment and file."""


class Problem(Exception):  # noqa: N818 - it is told to a person, in one line
    """Why a command could not be done: what, where, and what to do."""


def settings() -> Settings:
    """The settings in force."""
    try:
        return load(**options)
    except SettingsError as error:
        raise Problem(str(error)) from error


@contextmanager
def reading() -> Iterator[Reader]:
    """The installation opened to read, beside whoever writes it."""
    force = settings()
    if force.kafka:
        with _cluster(force) as wire:
            yield wire
        return
    if not force.db.exists():
        raise Problem(f"there is no {force.db} yet: `wirewatch import FILE` or `wirewatch up` makes one")
    try:
        with LocalReader(force) as desk:
            yield desk
    except DatabaseError as error:
        raise Problem(str(error)) from error


@contextmanager
def writing() -> Iterator[Control]:
    """The installation opened to write: the cluster, or a running `up`, or this process itself."""
    force = settings()
    if force.kafka:
        with _cluster(force) as wire:
            yield wire
        return
    try:
        local = LocalPipeline(force)
    except FileInUse:
        with _remote(force) as remote:
            yield remote
    except DatabaseError as error:
        raise Problem(str(error)) from error
    else:
        with local:
            yield local


@contextmanager
def _remote(force: Settings) -> Iterator[Control]:
    try:
        remote = PipelineClient(force.db)
        try:
            yield remote
        finally:
            remote.close()
    except NotReached as error:
        raise Problem(str(error)) from error


def _cluster(force: Settings) -> "ClusterPipeline":
    if not force.elasticsearch:
        raise Problem("WIREWATCH_KAFKA is set and WIREWATCH_ELASTICSEARCH is not: set both, or neither")
    # here: Kafka's and Elasticsearch's clients take a second to load, which no local command should pay
    from wirewatch.compose.cluster_control import ClusterPipeline

    return ClusterPipeline(force)


@contextmanager
def working() -> Iterator[LocalPipeline]:
    """The installation opened by this process alone, to run its stages."""
    try:
        wire = LocalPipeline(settings())
    except (FileInUse, DatabaseError) as error:
        raise Problem(str(error)) from error
    with wire:
        yield wire


def watched(desk: Reader) -> list[Feed]:
    """The feeds that are watched, by address."""
    feeds = (feed for feed in desk.state.items(FEEDS, Feed) if not feed.deleted)
    return sorted(feeds, key=lambda feed: feed.url)


def query(text: str, in_quote: bool = False) -> Query:
    """A query of the command line, or a Problem that says where it is wrong; `in_quote`: on a quote's words."""
    try:
        return parse(text, utc_now(), in_quote)
    except QueryError as error:
        raise Problem(f"the query does not parse: {error}") from error


def local_time(moment: datetime.datetime | None) -> str:
    """A moment for people, in UTC, to the minute."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""
