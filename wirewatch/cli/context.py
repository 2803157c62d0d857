"""What commands share: the settings in force, the open installation, and how a problem is told."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from schemas.clock import utc_now
from schemas.feed import Feed
from schemas.state import State
from schemas.topics import FEEDS
from stores.embedded.database import Database, DatabaseError
from stores.embedded.store import EmbeddedStore
from stores.query import Query, QueryError, parse
from stores.store import Store
from wirewatch.local.app import LocalWire
from wirewatch.local.calls import NotReached, RemoteWire
from wirewatch.local.lock import FileInUse
from wirewatch.local.log import Log
from wirewatch.settings import Settings, SettingsError, load
from wirewatch.wire import Wire

options: dict[str, Any] = {}
"""Settings given on the command line; they go before environment and file."""


class Problem(Exception):  # noqa: N818 - it is told to a person, in one line
    """Why a command could not be done: what, where, and what to do."""


@dataclass(frozen=True)
class Desk:
    """What reading commands work with."""

    store: Store
    state: State
    database: Database


def settings() -> Settings:
    """The settings in force."""
    try:
        return load(**options)
    except SettingsError as error:
        raise Problem(str(error)) from error


@contextmanager
def reading() -> Iterator[Desk]:
    """The installation opened to read, beside whoever writes it."""
    path = settings().db
    if not path.exists():
        raise Problem(f"there is no {path} yet: `wirewatch import FILE` or `wirewatch up` makes one")
    try:
        database = Database(path)
        try:
            yield Desk(EmbeddedStore(database), Log(database), database)
        finally:
            database.close()
    except DatabaseError as error:
        raise Problem(str(error)) from error


@contextmanager
def writing() -> Iterator[Wire]:
    """The installation opened to write: a running `up` is asked to, else this process does it."""
    path = settings().db
    wire: LocalWire | RemoteWire
    try:
        wire = LocalWire(settings())
    except FileInUse:
        try:
            wire = RemoteWire(path)
        except NotReached as error:
            raise Problem(str(error)) from error
    except DatabaseError as error:
        raise Problem(str(error)) from error
    try:
        yield wire
    except NotReached as error:
        raise Problem(str(error)) from error
    finally:
        wire.close()


@contextmanager
def working() -> Iterator[LocalWire]:
    """The installation opened by this process alone, to run its stages."""
    try:
        wire = LocalWire(settings())
    except (FileInUse, DatabaseError) as error:
        raise Problem(str(error)) from error
    with wire:
        yield wire


def watched(desk: Desk) -> list[Feed]:
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
