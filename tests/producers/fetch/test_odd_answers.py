"""Answers that are not by the book, and that every browser reads: a header's odd lines, framing, cookies in a chain."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from producers.fetch import Fetcher, FetchError, Limits, Response

Answer = Callable[[str, dict[str, str]], bytes]
OK = "HTTP/1.1 200 OK\r\n"
END = "Connection: close\r\n\r\nhello"


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server that says, byte for byte, what `answer` gives for a path and headers."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                link, _ = listening.accept()
            except OSError:
                return
            with link:
                head = b""
                while b"\r\n\r\n" not in head and (more := link.recv(65536)):
                    head += more
                first, *lines = head.decode().split("\r\n")
                given = (line.partition(":") for line in lines)
                link.sendall(answer(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in given}))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def fetch(url: str) -> Response:
    async def run() -> Response:
        limits = Limits(body_bytes=100_000, total_s=5.0)
        async with Fetcher(agent="test", limits=limits, allow_hosts=["127.0.0.1", "localhost"]) as fetcher:
            answer = await fetcher(url)
            assert isinstance(answer, Response)
            return answer

    return asyncio.run(run())


@pytest.mark.parametrize(
    "head",
    [
        "X-Cache : hit\r\nContent-Length: 5\r\n",
        "cached by the lock keeper\r\nContent-Length: 5\r\n",
        "X-Long: one\r\n two\r\nContent-Length: 5\r\n",
        " begins with a fold\r\nContent-Length: 5\r\n",
        "Vary: Accept\0Encoding\r\nContent-Length: 5\r\n",
        "X-Größe: 1\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: identity\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: \r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 9\r\n",
        "Content-Length: unknown\r\n",
        "Content-Length : 5\r\n",
        "",
    ],
)
def test_an_odd_line_does_not_cost_the_answer(head: str) -> None:
    with server(lambda *_: (OK + head + END).encode()) as origin:
        assert fetch(origin).body == b"hello"


@pytest.mark.parametrize("coding", ["chunked", "Chunked, identity", "chunked\r\nTransfer-Encoding: chunked"])
def test_chunks_are_joined_whatever_else_is_said(coding: str) -> None:
    body = f"{OK}Transfer-Encoding: {coding}\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    with server(lambda *_: body.encode()) as origin:
        assert fetch(origin).body == b"hello"


@pytest.mark.parametrize("head", ["Content-Length: 60", "Transfer-Encoding: chunked"])
def test_a_feed_that_came_whole_is_read_whatever_is_said_of_its_length(head: str) -> None:
    def answered(body: str) -> bytes:
        chunk = f"{len(body):x}\r\n{body}\r\n" if "chunked" in head else body
        return f"{OK}{head}\r\nConnection: close\r\n\r\n{chunk}".encode()

    with server(lambda *_: answered("<rss><channel/></rss>\n")) as origin:
        assert fetch(origin).body == b"<rss><channel/></rss>\n"
    with server(lambda *_: answered("<rss><channel/></r")) as origin, pytest.raises(FetchError, match="asked again"):
        fetch(origin)


def test_lines_that_end_in_line_feeds_alone_and_an_interim_answer() -> None:
    told = f"HTTP/1.1 103 Early Hints\r\nLink : </a>\r\n\r\n{OK}odd\r\nContent-Length: 5\r\n{END}"
    with server(lambda *_: told.encode()) as origin:
        assert fetch(origin).body == b"hello"
    with server(lambda *_: f"\r\n{OK}Content-Length: 5\r\n{END}".encode()) as origin:
        assert fetch(origin).body == b"hello"
    with server(lambda *_: (OK + "Content-Length: 5\r\n" + END).replace("\r\n", "\n").encode()) as origin:
        assert fetch(origin).body == b"hello"


def redirect(to: str, *cookies: str) -> bytes:
    lines = "".join(f"Set-Cookie: {cookie}\r\n" for cookie in cookies)
    return f"HTTP/1.1 302 Found\r\n{lines}Location: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


@pytest.mark.parametrize(
    "cookie", ["tide=in; Path=/; HttpOnly", "tide=in", "tide=in; expires=Fri, 01 Jan 2100 00:00:00 GMT"]
)
def test_a_cookie_comes_back_within_the_chain(cookie: str) -> None:
    def answer(path: str, headers: dict[str, str]) -> bytes:
        if headers.get("cookie") == "tide=in":
            return (OK + END).encode()
        return redirect(path, cookie)

    with server(answer) as origin:
        assert fetch(f"{origin}/feed").body == b"hello"


def test_a_detour_sets_the_cookie() -> None:
    def answer(path: str, headers: dict[str, str]) -> bytes:
        if path == "/gate":
            return redirect("/feed", "seen=1", "age=2")
        return (OK + END).encode() if headers.get("cookie") == "seen=1; age=2" else redirect("/gate")

    with server(answer) as origin:
        assert fetch(f"{origin}/feed").body == b"hello"


@pytest.mark.parametrize("cookie", ["tide=in; Secure", "broken", "tide=in; Domain=example"])
def test_a_circle_stays_a_circle(cookie: str) -> None:
    with server(lambda path, _: redirect(path, cookie)) as origin, pytest.raises(FetchError, match="in a circle"):
        fetch(f"{origin}/feed")


def test_a_cookie_goes_to_no_other_host() -> None:
    told: list[dict[str, str]] = []

    def other(_: str, headers: dict[str, str]) -> bytes:
        told.append(headers)
        return (OK + END).encode()

    with (
        server(other) as away,
        server(lambda *_: redirect(away.replace("127.0.0.1", "localhost"), "a=1; Domain=localhost", "b=2")) as origin,
    ):
        assert fetch(f"{origin}/feed").body == b"hello"
    assert "cookie" not in told[0]
