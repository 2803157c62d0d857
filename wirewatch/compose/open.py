"""Opens the two ports (runtime.ports) of the installation that the settings name, whichever runtime it has.

All that a face of the system needs of it: the command line is one, an HTTP service would be another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from runtime.local import backup as local_backup
from runtime.local.lock import FileInUse
from runtime.ports import Control, ControlError, Reader
from stores.open import store_file
from stores.sqlite.database import DatabaseError
from wirewatch.pipeline import topology
from wirewatch.settings import Settings

if TYPE_CHECKING:
    from wirewatch.compose.cluster_control import ClusterPipeline
    from wirewatch.compose.cluster_reader import ClusterReader
    from wirewatch.compose.local import LocalPipeline


@contextmanager
def open_reader(settings: Settings) -> Iterator[Reader]:
    """The installation to read, beside whoever writes it. Raises ControlError where there is none, or Hold."""
    if settings.kafka:
        with _cluster_reader(settings) as reader:
            yield reader
    elif not settings.db.exists():
        raise ControlError(f"there is no {settings.db} yet: `wirewatch import FILE` or `wirewatch up` makes one")
    else:
        # here: what is only read loads nothing of what works the stages
        from wirewatch.compose.local_reader import LocalReader

        with _told(), LocalReader(settings) as local:
            yield local


@contextmanager
def open_control(settings: Settings) -> Iterator[Control]:
    """The installation to act on: the cluster, or the process that works on the file, or this process itself.

    Raises ControlError where it cannot be opened, or Hold.
    """
    if settings.kafka:
        with _cluster_control(settings) as control:
            yield control
        return
    # here: what is only read asks nobody, and acts on nothing
    from web.client import Client, NotReached

    names = topology().names
    try:  # before anything is loaded of what works the stages
        client = Client(settings.db, names)
    except NotReached:
        client = None
    if client:
        yield client
        return
    from wirewatch.compose.local import LocalPipeline

    with _told():
        try:
            local = LocalPipeline(settings)
        except FileInUse:  # it has begun a moment ago, or does not answer
            yield Client(settings.db, names)
        else:
            with local:
                yield local


def check_servers(settings: Settings) -> None:
    """That the settings name a Kafka and a store that several hosts may write. Raises ControlError."""
    if not settings.kafka:
        raise ControlError("this needs servers: set WIREWATCH_KAFKA and WIREWATCH_ELASTICSEARCH (docs/operations.md)")
    if store_file(settings):
        raise ControlError("WIREWATCH_KAFKA is set and WIREWATCH_ELASTICSEARCH is not: set both, or neither")


def restore(settings: Settings, path: Path) -> str:
    """Make the installation that the settings name, which must be empty, out of a backup; what there is, for a person.

    Raises ControlError, or Hold.
    """
    if not settings.kafka:
        local_backup.restore(path, settings.db)
        return f"{settings.db} is made of {path}"
    from wirewatch.compose.cluster_restore import restore_cluster

    return restore_cluster(settings, path)


@contextmanager
def open_pipeline(settings: Settings) -> "Iterator[LocalPipeline]":
    """The file, by this process alone, to work its stages. Raises ControlError."""
    # here, as above
    from wirewatch.compose.local import LocalPipeline

    with _told(), LocalPipeline(settings) as pipeline:
        yield pipeline


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (FileInUse, DatabaseError) as error:
        raise ControlError(str(error)) from error


def _cluster_reader(settings: Settings) -> "ClusterReader":
    check_servers(settings)
    # here: Kafka's and Elasticsearch's clients take a second to load, which no local command should pay
    from wirewatch.compose.cluster_reader import ClusterReader

    return ClusterReader(settings)


def _cluster_control(settings: Settings) -> "ClusterPipeline":
    check_servers(settings)
    # here, as above
    from wirewatch.compose.cluster_control import ClusterPipeline

    return ClusterPipeline(settings)
