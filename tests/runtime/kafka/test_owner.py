"""Who owns a stage, by what a broker says of its group."""

from typing import Any

import pytest

from runtime.kafka import owner
from runtime.kafka.codec import Cluster
from runtime.kafka.owner import Owner
from schemas.outcome import Hold


class Left(Exception):  # noqa: N818 - stands for the end of the process
    """The worker ended itself."""


class Admin:
    """Says of the group what a test says."""

    def __init__(self, state: str, **members: list[int] | None) -> None:
        self._group = {"error": None, "group_state": state, "members": [_member(*each) for each in members.items()]}

    def describe_groups(self, names: list[str]) -> dict[str, Any]:
        return dict.fromkeys(names, self._group)


def _member(name: str, partitions: list[int] | None) -> dict[str, Any]:
    assigned = [{"topic": "t-alerts", "partitions": partitions}]
    return {"member_id": name, "member_assignment": "" if partitions is None else {"assigned_partitions": assigned}}


@pytest.fixture
def me(monkeypatch: pytest.MonkeyPatch) -> Owner:
    def leave(why: str) -> None:
        raise Left(why)

    monkeypatch.setattr(owner, "leave", leave)
    return Owner(Cluster("nowhere:1", "t-"), "deliver", "t-alerts", lambda: "me")


def test_the_owner_goes_on(me: Owner) -> None:
    me._admin = Admin("Stable", me=[0], other=[])
    me.confirm()


@pytest.mark.parametrize("members", [{"other": [0]}, {"me": [], "other": [0]}, {"me": None, "other": [0]}, {}])
def test_whoever_has_no_partition_ends(me: Owner, members: dict[str, list[int] | None]) -> None:
    me._admin = Admin("Stable", **members)
    with pytest.raises(Left, match="another's"):
        me.confirm()


@pytest.mark.parametrize(
    ("state", "members", "nobodys"),
    [
        ("Stable", {"me": []}, True),
        ("Stable", {"me": [], "other": []}, True),
        ("Stable", {"me": [], "other": [0]}, False),
        ("Stable", {"me": [0]}, False),
        ("PreparingRebalance", {"me": None}, False),
    ],
)
def test_partitions_that_nobody_was_given_are_nobodys(
    me: Owner, state: str, members: dict[str, list[int] | None], nobodys: bool
) -> None:
    me._admin = Admin(state, **members)
    assert me.is_nobodys() is nobodys


def test_while_partitions_are_given_out_it_waits(me: Owner) -> None:
    me._admin = Admin("CompletingRebalance", me=None)
    with pytest.raises(Hold, match="given out anew"):
        me.confirm()
