"""Users and their rights. The services' passwords follow .env; people's are theirs once the user is there."""

from collections.abc import Mapping
from typing import Any

from oneshots.memory import Memory, There, Verdict, digest, verdict
from oneshots.node import Node

INDEXES = ["articles*", "quotes*", "revisions*", "alerts*", "operations*"]
# The workers' user can touch these indexes and nothing else.
WORKERS: dict[str, Any] = {
    "cluster": ["monitor", "manage_index_templates"],
    "indices": [{"names": INDEXES, "privileges": ["all"]}],
}
# By the name of the space: a right to all spaces cannot be shown or edited in Kibana.
NEWSROOM: dict[str, Any] = {
    "indices": [{"names": INDEXES, "privileges": ["read", "view_index_metadata"]}],
    "applications": [{"application": "kibana-.kibana", "privileges": ["space_all"], "resources": ["space:default"]}],
}
_NEW_PASSWORD = 'sign in to Kibana as "elastic" (ELASTIC_PASSWORD of .env): Stack Management, Users'


def put_users(node: Node, passwords: Mapping[str, str]) -> list[str]:
    """Users and roles; the lines that a person should read. `passwords` by their names in .env.

    Raises RefusedError.
    """
    node.put("_security/user/kibana_system/_password", {"password": passwords["KIBANA_PASSWORD"]})
    node.put("_security/role/wirewatch", WORKERS)
    node.put("_security/user/wirewatch", {"password": passwords["WORKERS_PASSWORD"], "roles": ["wirewatch"]})
    memory = Memory(node, "users")
    return [*_newsroom_role(node, memory), *_newsroom_user(node, memory, passwords["NEWSROOM_PASSWORD"])]


def _newsroom_role(node: Node, memory: Memory) -> list[str]:
    """Its rights, unless somebody changed them in Kibana."""
    name, ours = "role newsroom", digest(NEWSROOM)
    last = memory.things.get(name)
    # A role of which nothing is remembered is of an earlier version, which Kibana could not edit.
    found = verdict(ours, _there(node, "role", "newsroom") if last else None, last)
    if found is Verdict.DELIVER:
        memory.begin({name: ours})
        node.put("_security/role/newsroom", NEWSROOM)
        if there := _there(node, "role", "newsroom"):
            memory.done({name: there})
    return [f'role "newsroom" is {found.value}'] if found in (Verdict.KEPT, Verdict.REMOVED) else []


def _newsroom_user(node: Node, memory: Memory, password: str) -> list[str]:
    """Made once; from then on its password is the business of those who sign in with it."""
    name = "user newsroom"
    there = node.get("_security/user/newsroom")
    if there is None:
        if name in memory.things:
            return ['user "newsroom" stays away: somebody removed it']
        node.put("_security/user/newsroom", {"password": password, "roles": ["newsroom"]})
    if name not in memory.things:
        memory.begin({name: ""})
    if there is None or node.lets_in("newsroom", password):
        return []
    if not there["newsroom"]["enabled"]:
        return ['user "newsroom" stays switched off: somebody did that']
    return [f'user "newsroom" keeps its password, which is not NEWSROOM_PASSWORD of .env. For another, {_NEW_PASSWORD}']


def _there(node: Node, kind: str, name: str) -> There | None:
    found = node.get(f"_security/{kind}/{name}")
    return There(digest(found[name])) if found else None
