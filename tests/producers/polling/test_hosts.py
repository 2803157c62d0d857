"""Producers share the hosts by the partitions that a group assigns: one owner each, and nobody polls who is cut off."""

from hypothesis import given
from hypothesis import strategies as st

from producers.polling.hosts import AssignedHosts, EveryHost, partition_of

HOSTS = [f"site-{number}.example" for number in range(2000)]
PARTITIONS, SETTLE_S, SESSION_S = 64, 5.0, 8.0


class Group:
    """A group of producers in virtual time, as Kafka's is: what one gains, another lost before."""

    def __init__(self, *names: str) -> None:
        self.now = 1000.0
        self.members: dict[str, AssignedHosts] = {}
        self.assigned: dict[str, set[int]] = {}
        for name in names:
            self.join(name)
        self.pass_time(SETTLE_S, *names)

    def join(self, name: str, skew_s: float = 0.0) -> None:
        """`skew_s`: how far this machine's clock is from the others'."""
        self.members[name] = AssignedHosts(PARTITIONS, SETTLE_S, SESSION_S, lambda: self.now + skew_s)
        self.assigned[name] = set()
        self.rebalance()
        self.pass_time(0, *self.members)

    def expel(self, name: str) -> None:
        """The group has not heard of it; it does not know."""
        del self.assigned[name]
        self.rebalance()

    def rebalance(self) -> None:
        names = sorted(self.assigned)
        now = {name: {n for n in range(PARTITIONS) if names[n % len(names)] == name} for name in names}
        for name, before in self.assigned.items():
            self.members[name].lose(before - now[name])
        for name, before in self.assigned.items():
            self.members[name].gain(now[name] - before)
        self.assigned = now

    def pass_time(self, seconds: float, *confirmed: str) -> None:
        """Time passes, and these are confirmed at its end."""
        self.now += seconds
        for name in confirmed:
            member = self.members[name]
            member.confirm(member._seconds())

    def owners(self, host: str) -> list[str]:
        return [name for name, member in self.members.items() if member.mine(host)]


@given(st.text(min_size=1, max_size=30), st.integers(1, 200))
def test_a_host_has_one_partition_that_there_is(host: str, partitions: int) -> None:
    assert 0 <= partition_of(host, partitions) < partitions


def test_a_hosts_partition_never_changes() -> None:
    """Producers of different versions must agree while one after the other is replaced."""
    assert [partition_of(host, 64) for host in ("bbc.co.uk", "lemonde.fr", "")] == [52, 59, 52]


def test_hosts_are_spread_evenly() -> None:
    counts = [sum(partition_of(host, 4) == number for host in HOSTS) for number in range(4)]
    assert min(counts) > 400


def test_each_host_has_one_owner() -> None:
    group = Group("a", "b", "c")
    assert all(len(group.owners(host)) == 1 for host in HOSTS)


def test_nobody_owns_where_nobody_was_assigned_anything() -> None:
    hosts = AssignedHosts(PARTITIONS, SETTLE_S, SESSION_S, lambda: 0.0)
    hosts.confirm(0.0)
    assert not any(hosts.mine(host) for host in HOSTS)


def test_what_is_revoked_is_let_go_of_at_once() -> None:
    group = Group("a")
    group.members["a"].lose(range(PARTITIONS))
    assert not any(group.owners(host) for host in HOSTS)


def test_a_newcomer_waits_until_the_pause_after_the_last_request_has_passed() -> None:
    group = Group("a", "b")
    had = {host: group.owners(host)[0] for host in HOSTS}
    group.join("c")
    for second in range(int(SETTLE_S) + 1):
        owners = {host: group.owners(host) for host in HOSTS}
        assert all(len(each) <= 1 for each in owners.values())
        assert all(each in ([had[host]], []) for host, each in owners.items()) == (second < SETTLE_S)
        group.pass_time(1, "a", "b", "c")
    assert sum(group.owners(host) == ["c"] for host in HOSTS) > 400


def test_the_dead_are_replaced() -> None:
    group = Group("a", "b", "c")
    group.pass_time(SESSION_S, "a", "b")
    assert not any("c" in group.owners(host) for host in HOSTS)
    group.expel("c")
    group.pass_time(SETTLE_S, "a", "b")
    assert all(len(group.owners(host)) == 1 for host in HOSTS)


def test_one_that_is_cut_off_stops_before_others_take_over() -> None:
    group = Group("a", "b")
    for _ in range(int(SESSION_S)):
        group.pass_time(1, "a")
    assert not any("b" in group.owners(host) for host in HOSTS), "the group waits for as long before it gives them away"
    group.expel("b")
    for _ in range(int(SETTLE_S)):
        group.pass_time(1, "a")
        assert all(len(group.owners(host)) <= 1 for host in HOSTS)
    assert all(group.owners(host) == ["a"] for host in HOSTS)


def test_one_that_is_confirmed_again_goes_on_where_it_was() -> None:
    group = Group("a")
    group.pass_time(10 * SESSION_S)
    assert not any(group.owners(host) for host in HOSTS)
    group.pass_time(0, "a")
    assert all(group.owners(host) == ["a"] for host in HOSTS)


def test_a_confirmation_counts_from_when_it_was_asked_for() -> None:
    group = Group("a")
    group.pass_time(SESSION_S)
    group.members["a"].confirm(group.now - SESSION_S)
    assert not any(group.owners(host) for host in HOSTS)


def test_clocks_that_differ_change_nothing() -> None:
    group = Group("a")
    group.join("b", skew_s=-3600.0)
    group.pass_time(SETTLE_S, "a", "b")
    assert all(len(group.owners(host)) == 1 for host in HOSTS)
    assert {tuple(group.owners(host)) for host in HOSTS} == {("a",), ("b",)}


def test_pauses_are_longer_at_hosts_that_are_anothers_and_keep_the_rate_together() -> None:
    group = Group("a", "b", "c")
    for host in HOSTS[:50]:
        owner, *_ = group.owners(host)
        pauses = {name: member.pauses(host) for name, member in group.members.items()}
        assert pauses.pop(owner) == 1.0
        assert all(2.9 < pause < 3.1 for pause in pauses.values())
        assert sum(1 / pause for pause in pauses.values()) < 1
    nobody = AssignedHosts(PARTITIONS, SETTLE_S, SESSION_S)
    assert nobody.pauses("a.example") == PARTITIONS


def test_whoever_watches_is_told_of_every_change_and_of_nothing_else() -> None:
    group = Group("a")
    hosts, told = group.members["a"], []
    hosts.watch(lambda: told.append(group.now))
    hosts.lose([1])
    hosts.gain([1])
    assert len(told) == 2
    for _ in range(3):
        hosts.check()
        group.pass_time(1, "a")
    assert len(told) == 2, "a confirmation like the one before it"
    group.pass_time(SESSION_S)
    hosts.check()
    hosts.check()
    assert len(told) == 3, "it is cut off"
    group.pass_time(0, "a")
    assert len(told) == 4, "and is not any more"
    hosts.watch(None)
    hosts.lose([2])
    assert len(told) == 4


def test_the_only_producer_owns_every_host() -> None:
    assert EveryHost().mine("a.example")
    assert EveryHost().pauses("a.example") == 1.0
