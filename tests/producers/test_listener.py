"""What listens bounds header, body, time and number of calls before it reads them, and answers whatever is sent."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from http import HTTPStatus

import pytest

from producers.listener import Bounds, Call, Listener, Refusal, Reply

BOUNDS = Bounds(header_bytes=1_000, seconds=0.5, calls=3)
MOST = 100


class Echo:
    """Answers with what it was sent; "/broken" raises, "/closed" takes nothing."""

    def body_limit(self, call: Call) -> int:
        if call.path == "/closed":
            raise Refusal(HTTPStatus.NOT_FOUND)
        return MOST

    def reply(self, call: Call, body: bytes) -> Reply:
        if call.path == "/broken":
            raise RuntimeError("no")
        return Reply(200, f"{call.method} {call.path}?{call.query} {call.headers.get('x-who')} ".encode() + body)


Ask = Callable[[bytes], bytes]


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener("test", Echo(), 0, BOUNDS)) as listener:
        yield listener


@pytest.fixture
def ask(listener: Listener) -> Ask:
    def ask(sent: bytes) -> bytes:
        with _connected(listener) as calling:
            calling.sendall(sent)
            return _answer(calling)

    return ask


def _connected(listener: Listener) -> socket.socket:
    return socket.create_connection(("127.0.0.1", listener.port), timeout=60)


def _answer(calling: socket.socket) -> bytes:
    got = b""
    while part := calling.recv(65_536):
        got += part
    return got


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_a_call_is_handed_over_whole_and_answered(ask: Ask) -> None:
    answer = ask(b"POST /a/b?c=d HTTP/1.1\r\nHost: x\r\nX-Who: \xd0\x96\r\nContent-Length: 5\r\n\r\nhello, and more")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert body == "POST /a/b?c=d Ð\x96 hello".encode()
    assert b"Content-Length: %d" % len(body) in head
    assert ask(b"HEAD /a HTTP/1.0\r\n\r\n").endswith(b"\r\n\r\n")


LENGTHS = {
    "-1": 400,
    "abc": 400,
    "+5": 400,
    "5.0": 400,
    "": 400,
    "5, 5": 400,
    "\u0665": 400,
    "101": 413,
    "99999999999999999999": 413,
    "9" * 900: 413,
}


@pytest.mark.parametrize(("length", "status"), LENGTHS.items())
def test_a_length_that_is_none_or_too_much_is_refused(ask: Ask, length: str, status: int) -> None:
    assert _status(ask(b"POST / HTTP/1.1\r\nContent-Length: " + length.encode() + b"\r\n\r\n")) == status


REFUSED = {
    b"POST / HTTP/1.1\r\n\r\nbody": 411,
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n": 411,
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!": 400,
    b"POST /closed HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello": 404,
    b"GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello": 413,
    b"GET / HTTP/1.1\r\nX: " + b"x" * 1_500: 431,
    b"GET /" + b"x" * 1_500: 431,
    b"DELETE / HTTP/1.1\r\n\r\n": 405,
    b"GET  / HTTP/1.1\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\nno colon\r\n\r\n": 400,
    b"GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n": 400,
    b"GET http://inside/ HTTP/1.1\r\n\r\n": 400,
    b"\x16\x03\x01\x02\x00\r\n\r\n": 400,
    b"GET /broken HTTP/1.1\r\n\r\n": 500,
}


@pytest.mark.parametrize(("sent", "status"), REFUSED.items())
def test_what_is_not_by_the_book_has_an_answer(
    ask: Ask, capfd: pytest.CaptureFixture[str], sent: bytes, status: int
) -> None:
    assert _status(ask(sent)) == status
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("path", [b"//[::1/x", b"/%zz", b"/\xff", b"/?feed=%ff&feed=\xd0\x96"])
def test_odd_addresses_are_addresses(ask: Ask, path: bytes) -> None:
    assert _status(ask(b"GET " + path + b" HTTP/1.1\r\n\r\n")) == 200


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nContent-Length: 90\r\n\r\n"])
def test_whoever_sends_a_letter_at_a_time_is_not_waited_for(listener: Listener, sent: bytes) -> None:
    with _connected(listener) as calling:
        calling.sendall(sent)
        calling.settimeout(0.05)
        for _ in range(80):  # four seconds of letters, where half a second is allowed
            try:
                answer = calling.recv(1_000)
                break
            except TimeoutError:
                calling.sendall(b"x")
    assert _status(answer) == 408


def test_one_call_too_many_is_sent_away_and_the_next_is_taken(listener: Listener, ask: Ask) -> None:
    waiting = [_connected(listener) for _ in range(BOUNDS.calls)]
    assert _status(ask(b"GET / HTTP/1.1\r\n\r\n")) == 503
    assert [_status(_answer(calling)) for calling in waiting] == [408] * BOUNDS.calls
    for calling in waiting:
        calling.close()
    while (status := _status(ask(b"GET / HTTP/1.1\r\n\r\n"))) == 503:
        pass  # the last of them is not quite gone
    assert status == 200


def test_a_caller_who_hangs_up_costs_nothing(listener: Listener, ask: Ask, capfd: pytest.CaptureFixture[str]) -> None:
    for sent in (b"", b"GET", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf"):
        with _connected(listener) as calling:
            calling.sendall(sent)
            calling.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    assert _status(ask(b"GET / HTTP/1.1\r\n\r\n")) == 200
    assert "Traceback" not in "".join(capfd.readouterr())
