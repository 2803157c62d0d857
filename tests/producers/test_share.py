"""Producers share the hosts: one owner each, few changes, and the dead are replaced within a minute."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from producers.share import BEAT_S, Share, living, owner
from schemas.feed import Heartbeat

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOSTS = [f"site-{number}.example" for number in range(2000)]
names = st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=8, unique=True)


class Cluster:
    """Producers with their heartbeats in one place, as a compacted topic would hold them."""

    def __init__(self, *members: str) -> None:
        self.now = NOW
        self.beats = {name: Heartbeat(name=name, since=NOW - timedelta(hours=1), at=NOW) for name in members}
        self.shares = {name: self.share(name) for name in members}

    def share(self, name: str) -> Share:
        return Share(name, lambda: list(self.beats.values()), lambda: self.now)

    def join(self, name: str) -> None:
        self.beats[name] = Heartbeat(name=name, since=self.now, at=self.now)
        self.shares[name] = self.share(name)

    def pass_time(self, seconds: float, *alive: str) -> None:
        for _ in range(int(seconds / BEAT_S)):
            self.now += timedelta(seconds=BEAT_S)
            for name in alive:
                self.beats[name] = self.beats[name].model_copy(update={"at": self.now})

    def owners(self, host: str) -> list[str]:
        return [name for name, share in self.shares.items() if share.mine(host)]


@given(names, st.text(min_size=1, max_size=20))
def test_everybody_names_the_same_owner(members: list[str], host: str) -> None:
    assert owner(host, members) == owner(host, reversed(members))
    assert owner(host, members) in members


@given(names, st.text(min_size=1, max_size=20))
def test_a_death_moves_only_what_the_dead_had(members: list[str], host: str) -> None:
    had = owner(host, members)
    for dead in members:
        if dead != had:
            assert owner(host, [name for name in members if name != dead]) == had


def test_shares_are_about_equal() -> None:
    counts = [sum(owner(host, ["a", "b", "c", "d"]) == name for host in HOSTS) for name in "abcd"]
    assert min(counts) > 400


def test_nobody_owns_where_nobody_lives() -> None:
    assert owner("h", []) is None


def test_each_host_has_one_owner() -> None:
    cluster = Cluster("a", "b", "c")
    assert all(len(cluster.owners(host)) == 1 for host in HOSTS)


def test_the_dead_are_replaced_within_a_minute_and_never_doubled() -> None:
    cluster = Cluster("a", "b", "c")
    before = {host: cluster.owners(host)[0] for host in HOSTS}
    for second in range(0, 60, 5):
        cluster.pass_time(5, "a", "b")
        owners = [cluster.owners(host) for host in HOSTS]
        assert all(len(each) <= 1 for each in owners), second
    assert {host: cluster.owners(host)[0] for host in HOSTS if before[host] != "c"} == {
        host: name for host, name in before.items() if name != "c"
    }
    assert all(cluster.owners(host) for host in HOSTS)


def test_a_newcomer_takes_only_what_was_let_go() -> None:
    cluster = Cluster("a", "b")
    cluster.join("c")
    for second in range(0, 40, 5):
        cluster.pass_time(5, "a", "b", "c")
        assert all(len(cluster.owners(host)) <= 1 for host in HOSTS), second
    assert sum(cluster.owners(host) == ["c"] for host in HOSTS) > 400


def test_a_newcomer_waits_until_those_who_look_seldom_have_let_go() -> None:
    cluster = Cluster("a", "b")
    cluster.join("c")
    before: dict[str, list[str]] = {}
    for _ in range(8):
        now = {host: cluster.owners(host) for host in HOSTS}
        for host, owners in before.items():  # a and b act on what they saw five seconds ago
            assert not ("c" in now[host] and set(owners) & {"a", "b"})
        before = now
        cluster.pass_time(5, "a", "b", "c")


def test_one_whose_beats_do_not_arrive_stops_before_others_take_over() -> None:
    cluster = Cluster("a", "b")
    mine = next(host for host in HOSTS if cluster.owners(host) == ["b"])
    cluster.pass_time(20, "a")
    assert cluster.owners(mine) == []
    cluster.pass_time(10, "a")
    assert cluster.owners(mine) == ["a"]


def test_alone_a_producer_owns_all_after_it_has_settled() -> None:
    cluster = Cluster()
    cluster.join("a")
    cluster.pass_time(20, "a")
    assert all(cluster.owners(host) == ["a"] for host in HOSTS)


def test_pauses_are_longer_at_hosts_that_are_anothers() -> None:
    cluster = Cluster("a", "b", "c")
    share = cluster.shares["a"]
    assert {share.pauses(host) for host in HOSTS if share.mine(host)} == {1.0}
    assert {share.pauses(host) for host in HOSTS if not share.mine(host)} == {3.0}


def test_the_living_are_those_whose_beats_are_recent() -> None:
    beats = [
        Heartbeat(name="old", since=NOW - timedelta(hours=1), at=NOW - timedelta(seconds=31)),
        Heartbeat(name="new", since=NOW - timedelta(seconds=5), at=NOW),
        Heartbeat(name="good", since=NOW - timedelta(hours=1), at=NOW - timedelta(seconds=25)),
    ]
    assert living(beats, "me", NOW) == ["good"]
