"""The HTTP face of the installation that the settings name: what web/ is given of it, and the server."""

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import cast

from alerts.channel_guard import ChannelGuard
from alerts.channels import problem_of
from producers.fetch.ssrf import forbidden
from runtime.ports import Control, ControlError, Reader
from schemas.outcome import Output
from schemas.topics import USERS
from web.app import create_app
from web.installation import FoundFeed, Installation, SiteError
from web.passwords import PasswordError
from web.server import HttpServer
from web.users import FIRST, added, nobody_yet
from wirewatch.compose.feed_probe import FetchError, Looking
from wirewatch.compose.local import LocalPipeline
from wirewatch.compose.open import open_control, open_reader
from wirewatch.pipeline import topology
from wirewatch.settings import Settings


def serve(installation: Installation, settings: Settings, *, or_on_a_free_port: bool = False) -> HttpServer:
    """The server, begun. Raises ControlError where the address is none of this machine's, or the port is taken."""
    host, port = settings.http_host, settings.http_port
    _let_in_the_first(installation, settings)
    app = create_app(installation)
    try:
        return HttpServer(app, host, port).start()
    except OSError as error:
        if or_on_a_free_port and error.errno == errno.EADDRINUSE:
            return HttpServer(app, host, 0).start()
        raise ControlError(
            f"the HTTP API cannot be served on {host} port {port} ({error.strerror}): set WIREWATCH_HTTP_PORT"
        ) from error


def _let_in_the_first(installation: Installation, settings: Settings) -> None:
    """Where nobody ever might sign in, the settings' password is the newsroom's. Raises ControlError, Hold."""
    if not settings.http_password or not nobody_yet(installation.reader):
        return
    try:
        first = added(FIRST, settings.http_password, "editor", installation.clock())
    except PasswordError as error:
        raise ControlError(f"setting http_password: {error}") from error
    with installation.acting() as control:
        control.publish([Output(USERS, first)])


def of_pipeline(pipeline: LocalPipeline) -> Installation:
    """What this process works itself."""
    return _installation(pipeline.settings, pipeline, lambda: nullcontext(pipeline))


@contextmanager
def opened(settings: Settings) -> Iterator[Installation]:
    """What other processes work, or nobody. Raises ControlError, Hold."""
    if settings.kafka:
        with open_control(settings) as control:
            # the cluster's is both ports: its connections are made once
            yield _installation(settings, cast(Reader, control), lambda: nullcontext(control))
    else:
        with open_reader(settings) as reader:
            yield _installation(settings, reader, lambda: open_control(settings))


def _installation(
    settings: Settings, reader: Reader, acting: Callable[[], AbstractContextManager[Control]]
) -> Installation:
    def find_feeds(url: str) -> Sequence[FoundFeed]:
        try:
            with closing(Looking(settings)) as looking:
                found = looking.site(url)
        except FetchError as error:
            raise SiteError(str(error)) from error
        if not found:
            raise SiteError(f"{url} has no feed that could be found: give the feed's own address, or `unseen`")
        return [FoundFeed(one.url, one.title, one.entries) for one in found]

    guard = ChannelGuard.of(forbidden, settings.channel_hosts, settings.channel_kinds)

    def channel_problem(address: str) -> str | None:
        return problem_of(address, guard)

    topics = {topic.name: topic for topic in topology().topics}
    return Installation(reader, acting, find_feeds, channel_problem, topics=topics)
