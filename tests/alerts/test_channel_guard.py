"""What a channel may reach, and that whatever it does is its own trouble and nobody else's."""

import socket
import subprocess
import syslog
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from loopback import Asked, Reply, Site, site

from alerts import telling
from alerts.channel_guard import UNGUARDED, ChannelGuard, Forbidden
from alerts.channel_watch import watching
from alerts.channels import Away, Message, Refused, kind, masked, notify, problem_of
from producers.fetch.ssrf import forbidden
from runtime.memory import InlinePool
from runtime.subprocess_pool import SubprocessPool

GUARD = ChannelGuard.of(forbidden, "", "")
LOCAL = ChannelGuard.of(forbidden, "127.0.0.1", "")
MESSAGE = Message("key-1", "Tomahawk: talks", "They talk.")

# At each of these Apprise, or what it calls, raises something of its own.
RAISING = (
    "json://[::1",
    "mailto://user:s3cret@[::1",
    "json://h/?+X-Desk=Ж",
    "jsons://h/?+X-Desk=Ж",
    "xml://h/?+Ж=1",
    "json://127.0.0.1:1/?cto=-1",
    "json://127.0.0.1:1/\udcff",
)
INSIDE = (
    "json://10.0.0.1/hook",
    "json://169.254.169.254/latest",
    "json://localhost/hook",
    "json://2130706433/hook",
    "json://[::ffff:127.0.0.1]/hook",
    "rsyslog://127.0.0.1",
    "mailto://news.example?smtp=127.0.0.1&mode=insecure&from=a@news.example&to=b@news.example",
)
HERE = ("syslog://", "SysLog://", "dbus://", "gnome://", "macosx://", "windows://", "glib://")
FILES = ("workflows://host.example/a/b/c?template=/etc/hostname", "fcm://project/token?keyfile=/etc/hostname")


@pytest.fixture
def hook() -> Iterator[Site]:
    with site() as running:
        running.pages["/here"] = Reply(200)
        yield running


@pytest.mark.parametrize("address", RAISING)
def test_an_address_at_which_a_library_raises_is_refused_in_one_line(address: str) -> None:
    problem = problem_of(address, UNGUARDED)
    assert problem is not None
    assert "\n" not in problem
    assert "s3cret" not in problem + masked(address) + kind(address)
    with pytest.raises((Refused, Away)):
        notify(address, MESSAGE, UNGUARDED)


@pytest.mark.parametrize("address", [*INSIDE, *HERE, *FILES])
def test_what_is_inside_is_refused_before_and_when_it_is_told(address: str) -> None:
    assert "allow" in (problem_of(address, GUARD) or "")
    with pytest.raises(Refused, match="allow"):
        notify(address, MESSAGE, GUARD)


def test_a_setting_lets_it_in_by_name(hook: Site) -> None:
    address = f"json://127.0.0.1:{hook.port}/here"
    for hosts in ("127.0.0.1", f"other.example, 127.0.0.1:{hook.port}"):
        guard = ChannelGuard.of(forbidden, hosts, "")
        assert problem_of(address, guard) is None
        notify(address, MESSAGE, guard)
    assert len(hook.asked) == 2
    assert problem_of("syslog://", ChannelGuard.of(forbidden, "", "syslog")) is None
    assert problem_of(f"json://127.0.0.1:{hook.port + 1}/", ChannelGuard.of(forbidden, "", "")) is not None


def test_a_redirect_and_a_name_lead_nowhere_inside(hook: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    hook.pages["/away"] = Reply(307, headers={"Location": f"http://localhost:{hook.port}/here"})
    with pytest.raises(Refused, match="localhost is at"):
        notify(f"json://127.0.0.1:{hook.port}/away", MESSAGE, LOCAL)
    assert hook.paths() == ["/away"]
    # a name that was public when the alert was added, and is not any more
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **named: real("127.0.0.1", *rest, **named))
    with pytest.raises(Refused, match="loopback"):
        notify(f"json://news.example:{hook.port}/here", MESSAGE, GUARD)
    assert hook.paths() == ["/away"]


def test_nothing_is_sent_when_an_address_is_only_tried(hook: Site) -> None:
    assert problem_of(f"json://127.0.0.1:{hook.port}/here", LOCAL) is None
    assert hook.asked == []


def test_what_is_judged_in_one_telling_is_not_in_the_next(hook: Site) -> None:
    with pytest.raises(Refused):
        notify(f"json://127.0.0.1:{hook.port}/here", MESSAGE, GUARD)
    with socket.create_connection(("127.0.0.1", hook.port)):
        pass
    notify(f"json://127.0.0.1:{hook.port}/here", MESSAGE, LOCAL)


def test_a_template_that_is_allowed_is_read(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text("no json")
    address = f"workflows://host.example/a/b/c?template={tmp_path / 'card.json'}"
    assert problem_of(address, ChannelGuard.of(forbidden, "", "files")) is None


def test_a_channel_that_never_ends_its_answer_is_away_and_the_next_one_is_told(
    hook: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dripping(asked: Asked) -> Reply:
        def drops() -> Iterator[bytes]:
            while not hook.stopping.wait(0.1):
                yield b"x"

        return Reply(200, pieces=drops())

    monkeypatch.setattr(telling, "LONGEST_SECONDS", 3.0)
    hook.pages["/drip"] = dripping
    pool = SubprocessPool(telling.child(LOCAL), 1)

    def tell(address: str) -> None:
        telling.told_by(pool)(address, MESSAGE)

    try:
        tell(f"json://127.0.0.1:{hook.port}/here")
        with pytest.raises(Away, match="took longer"):
            tell(f"json://127.0.0.1:{hook.port}/drip")
        tell(f"json://127.0.0.1:{hook.port}/here")
        with pytest.raises(Refused, match="loopback"):
            tell("json://localhost/here")
    finally:
        pool.close()
    assert hook.paths() == ["/here", "/drip", "/here"]


@pytest.mark.parametrize(("status", "ended"), [(503, Away), (404, Refused)])
def test_what_a_channel_answers_is_the_same_by_a_child(hook: Site, status: int, ended: type[Exception]) -> None:
    by_child = telling.told_by(InlinePool(telling.child(LOCAL)))  # its work, done here
    address = f"json://127.0.0.1:{hook.port}/here"
    by_child(address, MESSAGE)
    assert hook.paths() == ["/here"]
    hook.pages["/here"] = Reply(status)
    said = []
    for tell in (by_child, partial(notify, guard=LOCAL)):
        with pytest.raises(ended) as raised:
            tell(address, MESSAGE)
        said.append(str(raised.value))
    assert said[0] == said[1]


def test_what_needs_no_host_is_judged_by_where_it_goes(hook: Site) -> None:
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind(("127.0.0.1", 0))
    sending = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    local = ChannelGuard.of(forbidden, "127.0.0.1", "dbus")
    with listening, sending:
        with watching(local, "kind://host.example/"):
            sending.connect(listening.getsockname())
            sending.sendmsg([b"to where it was connected"])
            with pytest.raises(FileNotFoundError):  # it may ask, and nobody is there
                socket.socket(socket.AF_UNIX).connect("/nowhere.sock")
        assert listening.recv(100) == b"to where it was connected"
        with pytest.raises(Forbidden, match="loopback"), watching(GUARD, "kind://host.example/"):
            sending.sendto(b"x", ("localhost", hook.port))


def test_a_file_a_program_and_a_local_socket_are_refused_whatever_the_address_calls_them() -> None:
    address = "kind://host.example/a?of-its-own=%2Fetc%2Fhostname"
    doings: list[Callable[[], object]] = [
        lambda: Path("/etc/hostname").read_text(),
        lambda: subprocess.run(["true"], check=False),
        lambda: socket.socket(socket.AF_UNIX).connect("/nowhere.sock"),
        lambda: syslog.syslog("a line"),
    ]
    for doing in doings:
        with pytest.raises(Forbidden), watching(GUARD, address), suppress(Forbidden):  # a library may catch it
            doing()
    assert Path("/etc/hostname").read_text()
