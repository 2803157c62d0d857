"""A producer without a group polls nothing, and says so where people look."""

import threading

import pytest
from fleet.waiting import until

from runtime.kafka import host_group
from runtime.kafka.codec import Cluster
from runtime.kafka.host_group import HostGroup
from runtime.status import StageStatus


def test_what_keeps_a_producer_from_its_hosts_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    group = HostGroup.__new__(HostGroup)
    threading.Thread.__init__(group, daemon=True)
    group._cluster, group._stop_asked, group._status = Cluster("nowhere:1"), threading.Event(), StageStatus("hosts")

    def belong(_: HostGroup) -> None:
        raise ValueError("a surprise")

    monkeypatch.setattr(host_group, "AGAIN_S", 0.01)
    monkeypatch.setattr(HostGroup, "_belong", belong)
    group.start()
    until(group.waits, within=60)
    group.stop()
    assert "a surprise" in group.waits()[0].why
