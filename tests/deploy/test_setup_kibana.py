"""The second one-shot: what it brings into Kibana (a stand-in), and what it leaves as somebody made it.

What was delivered is remembered in a real Elasticsearch.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from composing import PASSWORDS, ROOT
from kibana_stand_in import Kibana, kibana

from oneshots.delivering import SETTINGS, deliver_objects, deliver_settings, other_key
from oneshots.kibana import Kibana as Client
from oneshots.memory import Memory
from oneshots.node import Node
from oneshots.refusing import RefusedError

pytestmark = pytest.mark.servers

Json = dict[str, Any]
OURS = [json.loads(line) for line in (ROOT / "kibana" / "newsroom.ndjson").read_text(encoding="utf-8").splitlines()]
DASHBOARD, SEARCH, VIEW = (
    "dashboard:wirewatch-newsroom",
    "search:wirewatch-tomahawk",
    "index-pattern:wirewatch-articles",
)


@dataclass
class Stack:
    """A Kibana, and what `up` does to it, again and again."""

    there: Kibana
    client: Client
    node: Node
    memory: str

    def up(self, objects: list[Json] = OURS, *, anew: bool = False) -> str:
        """What is said."""
        objects_told = deliver_objects(self.client, Memory(self.node, f"{self.memory}-objects"), objects, anew=anew)
        settings_told = deliver_settings(self.client, Memory(self.node, f"{self.memory}-settings"), anew=anew)
        return "\n".join([*objects_told, *settings_told])

    def key(self, key: str) -> list[str]:
        """What is said of this key."""
        return other_key(Memory(self.node, f"{self.memory}-keys"), key)

    def title(self, name: str) -> str:
        """An object's."""
        return str(self.there.objects[name]["attributes"]["title"])


@pytest.fixture
def stack(node: Node) -> Iterator[Stack]:
    """One that nobody has started yet."""
    with kibana(PASSWORDS["ELASTIC_PASSWORD"]) as there:
        client = Client(there.address, PASSWORDS["ELASTIC_PASSWORD"])
        node.wait()
        yield Stack(there, client, node, uuid4().hex)
        client.close()


def _newer(*names: str) -> list[Json]:
    """Ours of a later version, in which these have another title."""
    return [
        one | {"attributes": one["attributes"] | {"title": "Newer"}} if f"{one['type']}:{one['id']}" in names else one
        for one in OURS
    ]


def test_everything_is_there_after_the_first_time_and_nothing_is_put_again(stack: Stack) -> None:
    stack.up()
    assert len(stack.there.objects) == len(OURS)
    assert stack.there.settings == SETTINGS
    before = dict(stack.there.objects)
    said = stack.up()
    assert stack.there.objects == before
    assert "0 of" in said
    assert "somebody" not in said


def test_people_land_on_the_dashboard_with_articles_of_thirty_days_in_lucene(stack: Stack) -> None:
    stack.up()
    settings = stack.there.settings
    assert settings["defaultRoute"].rpartition("/")[2] == DASHBOARD.removeprefix("dashboard:")
    assert f"index-pattern:{settings['defaultIndex']}" in stack.there.objects
    assert settings["search:queryLanguage"] == "lucene"
    assert json.loads(settings["timepicker:timeDefaults"]) == {"from": "now-30d", "to": "now"}


def test_what_somebody_changed_is_kept_and_told(stack: Stack) -> None:
    stack.up()
    stack.there.edit(DASHBOARD, title="Theirs")
    stack.there.edit(SEARCH, title="Theirs")
    stack.there.settings["search:queryLanguage"] = "kuery"
    said = stack.up(_newer(DASHBOARD, SEARCH))
    assert [stack.title(DASHBOARD), stack.title(SEARCH)] == ["Theirs", "Theirs"]
    assert stack.there.settings["search:queryLanguage"] == "kuery"
    assert all(f"{name} is kept" in said for name in (DASHBOARD, SEARCH, "search:queryLanguage"))


def test_what_nobody_changed_becomes_newer(stack: Stack) -> None:
    stack.up()
    stack.there.edit(DASHBOARD, title="Theirs")
    stack.up(_newer(SEARCH))
    assert [stack.title(DASHBOARD), stack.title(SEARCH)] == ["Theirs", "Newer"]


def test_what_somebody_removed_stays_away(stack: Stack) -> None:
    stack.up()
    del stack.there.objects[SEARCH]
    del stack.there.settings["defaultRoute"]
    said = stack.up()
    assert SEARCH not in stack.there.objects
    assert "defaultRoute" not in stack.there.settings
    assert f"{SEARCH} is left out" in said


def test_what_somebody_removed_comes_back_where_something_new_refers_to_it(stack: Stack) -> None:
    stack.up()
    removed = next(one["id"] for one in _named(DASHBOARD)["references"] if one["type"] == "search")
    del stack.there.objects[f"search:{removed}"]
    stack.up(_newer(DASHBOARD))
    assert stack.title(DASHBOARD) == "Newer"
    assert f"search:{removed}" in stack.there.objects


def test_what_was_there_before_us_is_somebodys(stack: Stack) -> None:
    stack.there.imported(
        [one | {"attributes": {"title": "Theirs"}} for one in OURS if one["id"] == VIEW[14:]], overwrite=True
    )
    stack.there.settings["timepicker:timeDefaults"] = "theirs"
    said = stack.up()
    assert stack.title(VIEW) == "Theirs"
    assert stack.there.settings["timepicker:timeDefaults"] == "theirs"
    assert f"{VIEW} is kept" in said


def test_a_newer_kibana_migrates_objects_which_is_nobodys_change(stack: Stack) -> None:
    stack.up()
    stack.there.upgrade()
    assert "somebody" not in stack.up(_newer(DASHBOARD))
    assert stack.title(DASHBOARD) == "Newer"


def test_what_discover_counts_is_nobodys_change(stack: Stack) -> None:
    stack.up()
    labels = json.loads(stack.there.objects[VIEW]["attributes"]["fieldAttrs"])
    stack.there.edit(VIEW, fieldAttrs=json.dumps(labels | {"people": labels.get("people", {}) | {"count": 3}}))
    counted = [*_newer(VIEW)]
    first = "somebody" in stack.up(counted)
    stack.there.edit(VIEW, fieldAttrs=json.dumps(labels | {"people": {"count": 4, "customLabel": "Persons"}}))
    assert (first, f"{VIEW} is kept" in stack.up()) == (False, True)


def test_a_delivery_that_was_cut_off_is_done_again(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    put = Client.put

    def cut(self: Client, objects: Any) -> None:
        put(self, objects)
        raise RefusedError("cut off")

    with monkeypatch.context() as cutting:
        cutting.setattr(Client, "put", cut)
        with pytest.raises(RefusedError):
            stack.up()
    assert "somebody" not in stack.up()
    assert "somebody" not in stack.up()


def test_anew_brings_everything_back(stack: Stack) -> None:
    stack.up()
    stack.there.edit(DASHBOARD, title="Theirs")
    del stack.there.objects[SEARCH]
    stack.up(anew=True)
    assert stack.title(DASHBOARD) == "Newsroom"
    assert SEARCH in stack.there.objects
    assert "somebody" not in stack.up()


def test_an_object_that_kibana_refuses_is_one_line_with_its_name(stack: Stack) -> None:
    broken = [one for one in OURS if one["type"] != "index-pattern"]
    with pytest.raises(RefusedError, match="search wirewatch-tomahawk") as refused:
        stack.up(broken)
    assert "\n" not in str(refused.value)
    assert not stack.there.objects


def test_another_key_of_kibana_is_told_once(stack: Stack) -> None:
    assert stack.key("first") == []
    assert stack.key("first") == []
    assert "KIBANA_OBJECTS_KEY" in stack.key("second")[0]
    assert stack.key("second") == []


def test_a_wrong_password_is_one_line(stack: Stack) -> None:
    client = Client(stack.there.address, "wrong")
    with pytest.raises(RefusedError, match="password"):
        client.wait(seconds=0)
    client.close()


def _named(name: str) -> Json:
    return next(one for one in OURS if f"{one['type']}:{one['id']}" == name)
