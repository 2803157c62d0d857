"""The first one-shot against a real, secured Elasticsearch: again, over old volumes, on a full disk, and too early."""

from typing import Any

import httpx
import pytest
from composing import PASSWORDS, setup
from servers.composed_elasticsearch import ComposedElasticsearch
from servers.process import free_port

from oneshots.node import Node
from oneshots.refusing import RefusedError

pytestmark = pytest.mark.servers

OTHERS = {name: f"{password}-made-anew" for name, password in PASSWORDS.items()}
# What the default's 85, 90 and 95 % are to a disk at 95 %: shares that this machine's disk has passed.
PASSED = {f"cluster.routing.allocation.disk.watermark.{name}": "0.1%" for name in ("low", "high", "flood_stage")}


def _run(url: str, passwords: dict[str, str] = PASSWORDS) -> str:
    """What it says when all goes well."""
    running = setup(url, passwords)
    said, refused = running.communicate(timeout=180)
    assert running.returncode == 0, refused
    return said


def _refused(url: str, passwords: dict[str, str] = PASSWORDS) -> str:
    """Its one line when not."""
    running = setup(url, passwords)
    _, refused = running.communicate(timeout=300)
    assert running.returncode == 1
    assert refused.count("\n") == 1, refused
    return refused


def _put(server: ComposedElasticsearch, path: str, body: dict[str, Any]) -> None:
    httpx.put(f"{server.url}/{path}", json=body, auth=server.auth, timeout=60).raise_for_status()


def _lets_in(server: ComposedElasticsearch, user: str, password: str) -> bool:
    return httpx.get(f"{server.url}/_security/_authenticate", auth=(user, password), timeout=60).is_success


def test_what_a_person_changed_stays(fresh: ComposedElasticsearch) -> None:
    fresh.start()
    _run(fresh.url)
    assert _lets_in(fresh, "newsroom", PASSWORDS["NEWSROOM_PASSWORD"])
    assert "newsroom" not in _run(fresh.url)  # nothing to tell as long as nobody changed anything
    _put(fresh, "_security/user/newsroom/_password", {"password": "of-their-own"})
    role = {"indices": [{"names": ["articles*", "their-own"], "privileges": ["read"]}]}
    _put(fresh, "_security/role/newsroom", role)
    said = _run(fresh.url)
    assert _lets_in(fresh, "newsroom", "of-their-own")
    there = httpx.get(f"{fresh.url}/_security/role/newsroom", auth=fresh.auth, timeout=60).json()
    assert there["newsroom"]["indices"][0]["names"] == ["articles*", "their-own"]
    assert 'user "newsroom" keeps its password' in said
    assert 'role "newsroom" is kept' in said
    httpx.delete(f"{fresh.url}/_security/user/newsroom", auth=fresh.auth, timeout=60).raise_for_status()
    assert "stays away" in _run(fresh.url)
    assert not _lets_in(fresh, "newsroom", PASSWORDS["NEWSROOM_PASSWORD"])


def test_kibana_can_show_and_edit_the_role_of_the_newsroom(server: ComposedElasticsearch) -> None:
    _run(server.url)
    role = httpx.get(f"{server.url}/_security/role/newsroom", auth=server.auth, timeout=60).json()["newsroom"]
    assert [one["resources"] for one in role["applications"]] == [["space:default"]]
    assert set(role["indices"][0]["names"]) == {"articles*", "quotes*", "revisions*", "alerts*", "operations*"}


def test_a_lost_env_heals_over_old_volumes(fresh: ComposedElasticsearch) -> None:
    fresh.start()
    _run(fresh.url)
    fresh.stop()
    fresh.remember(OTHERS["ELASTIC_PASSWORD"])
    fresh.start()
    said = _run(fresh.url, OTHERS)
    assert _lets_in(fresh, "kibana_system", OTHERS["KIBANA_PASSWORD"])
    assert _lets_in(fresh, "wirewatch", OTHERS["WORKERS_PASSWORD"])
    # people's password cannot be known to be lost; they are told how to set it
    assert _lets_in(fresh, "newsroom", PASSWORDS["NEWSROOM_PASSWORD"])
    assert "ELASTIC_PASSWORD" in said
    assert "NEWSROOM_PASSWORD" in said


def test_a_changed_password_of_elastic_is_one_line(fresh: ComposedElasticsearch) -> None:
    fresh.start()
    _run(fresh.url)
    _put(fresh, "_security/user/elastic/_password", {"password": "changed-by-somebody"})
    line = _refused(fresh.url)
    assert "ELASTIC_PASSWORD of .env" in line
    assert "elasticsearch-reset-password" in line


def test_elasticsearch_that_starts_slowly_is_waited_for(fresh: ComposedElasticsearch) -> None:
    running = setup(fresh.url)
    fresh.start()
    _, refused = running.communicate(timeout=180)
    assert running.returncode == 0, refused


def test_elasticsearch_that_is_not_there_is_one_line() -> None:
    with pytest.raises(RefusedError, match=r"at http://127\.0\.0\.1:\d+ does not answer") as refused:
        Node(f"http://127.0.0.1:{free_port()}", "any").wait(seconds=0)
    assert "\n" not in str(refused.value)


def test_a_full_disk_is_one_line_and_one_that_is_not_full_in_bytes_starts(fresh: ComposedElasticsearch) -> None:
    fresh.configure(PASSED)
    fresh.start()
    assert "disk is full" in _refused(fresh.url)
    fresh.stop()
    fresh.configure(fresh.given)
    fresh.start()
    _run(fresh.url)


def test_the_thresholds_in_force_are_bytes(server: ComposedElasticsearch) -> None:
    answer = httpx.get(f"{server.url}/_cluster/settings?include_defaults&flat_settings", auth=server.auth, timeout=60)
    disk, in_force = "cluster.routing.allocation.disk", answer.json()["defaults"]
    assert in_force[f"{disk}.threshold_enabled"] == "true"
    assert [in_force[f"{disk}.watermark.{name}"] for name in ("low", "high", "flood_stage")] == ["2gb", "1gb", "512mb"]
