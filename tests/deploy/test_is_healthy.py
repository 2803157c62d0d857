"""deploy/is-healthy: asks the HTTP API where that is served, else a worker's metrics."""

import subprocess
import sys
from typing import Any, cast

from composing import ROOT
from prometheus_client import CollectorRegistry, start_http_server
from servers.process import free_port

from web.app import create_app
from web.installation import Installation
from web.server import HttpServer


def _healthy(**environment: str) -> bool:
    command = [sys.executable, "-IS", str(ROOT / "deploy" / "is-healthy")]
    return subprocess.run(command, env=environment, stderr=subprocess.DEVNULL).returncode == 0


def test_the_api_is_asked_where_it_is_served() -> None:
    nothing = cast(Any, None)
    closed = str(free_port())
    server = HttpServer(create_app(Installation(nothing, nothing, nothing, nothing)), "127.0.0.1", 0).start()
    try:
        assert _healthy(WIREWATCH_HTTP_PORT=str(server.port), WIREWATCH_METRICS_PORT=closed)
    finally:
        server.close()
    assert not _healthy(WIREWATCH_HTTP_PORT=closed, WIREWATCH_METRICS_PORT=closed)


def test_else_a_workers_metrics_are() -> None:
    port = free_port()
    server, thread = start_http_server(port, "127.0.0.1", CollectorRegistry())
    try:
        assert _healthy(WIREWATCH_METRICS_PORT=str(port))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert not _healthy(WIREWATCH_METRICS_PORT=str(port))
