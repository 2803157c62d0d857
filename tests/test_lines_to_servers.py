"""A line to a server passes on what comes; parted, it passes nothing and ends nothing, and mended all of it arrives."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest
from servers.line import Line


@pytest.fixture
def ends() -> Iterator[tuple[Line, socket.socket, socket.socket]]:
    """The line, who has come by it, and the server's end of that."""
    with closing(Line()) as line, socket.create_server(("127.0.0.1", 0)) as server:
        line.lead_to(server.getsockname()[1])
        with socket.create_connection(("127.0.0.1", line.port)) as near, server.accept()[0] as far:
            near.settimeout(10)
            far.settimeout(10)
            yield line, near, far


def test_what_is_sent_while_it_is_parted_arrives_when_it_is_mended(
    ends: tuple[Line, socket.socket, socket.socket],
) -> None:
    line, near, far = ends
    near.sendall(b"before")
    assert far.recv(99) == b"before"
    line.part()
    near.sendall(b"asked")
    far.sendall(b"answered")
    far.settimeout(0.2)
    with pytest.raises(TimeoutError):
        far.recv(99)
    far.settimeout(10)
    line.mend()
    assert (far.recv(99), near.recv(99)) == (b"asked", b"answered")


def test_an_end_comes_through_when_it_is_mended(ends: tuple[Line, socket.socket, socket.socket]) -> None:
    line, near, far = ends
    line.part()
    near.close()
    far.settimeout(0.2)
    with pytest.raises(TimeoutError):
        far.recv(99)
    far.settimeout(10)
    line.mend()
    assert far.recv(99) == b""


def test_who_comes_when_the_server_is_away_sees_an_end() -> None:
    with closing(Line()) as line:
        with socket.create_server(("127.0.0.1", 0)) as gone:
            line.lead_to(gone.getsockname()[1])
        with socket.create_connection(("127.0.0.1", line.port)) as near:
            near.settimeout(10)
            assert near.recv(99) == b""
