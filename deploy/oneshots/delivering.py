"""Kibana's objects and settings, brought in without touching what a person made of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from oneshots.kibana import Json, Kibana, name
from oneshots.memory import Memory, There, Verdict, digest, verdict

# What a newsroom meets first: the dashboard, the articles, the language and the time of wirewatch's own searches.
SETTINGS: dict[str, Any] = {
    "defaultRoute": "/app/dashboards#/view/wirewatch-newsroom",
    "defaultIndex": "wirewatch-articles",
    "search:queryLanguage": "lucene",
    "timepicker:timeDefaults": '{"from": "now-30d", "to": "now"}',
    # A click on a person filters the panels that know people, and empties no other.
    "courier:ignoreFilterIfFieldNotInIndex": True,
}


def deliver_objects(kibana: Kibana, memory: Memory, objects: Sequence[Json], *, anew: bool = False) -> list[str]:
    """Bring in what may be; the lines that say what was done and what was not.

    `anew`: over everything, as if nothing had been there. Raises RefusedError.
    """
    types = {one["type"] for one in objects}
    ours = {name(one): digest(one) for one in objects}
    found = _verdicts(ours, kibana.objects(types), memory, anew)
    needed = _with_what_they_need(objects, found)
    chosen = [one for one in objects if name(one) in needed]
    if chosen:
        memory.begin({name(one): ours[name(one)] for one in chosen})
        kibana.put(chosen)
        now = kibana.objects(types)
        memory.done({name(one): now[name(one)] for one in chosen})
    return [f"{len(chosen)} of {len(objects)} objects are delivered", *_remarks(found, needed)]


def deliver_settings(kibana: Kibana, memory: Memory, settings: Json = SETTINGS, *, anew: bool = False) -> list[str]:
    """Set what nobody has set; the lines that say what was left. `anew` as above. Raises RefusedError."""
    there = {key: There(digest(value)) for key, value in kibana.settings().items()}
    ours = {key: digest(value) for key, value in settings.items()}
    found = _verdicts(ours, there, memory, anew)
    changes = {key: settings[key] for key, one in found.items() if one is Verdict.DELIVER}
    if changes:
        memory.begin({key: ours[key] for key in changes})
        kibana.set(changes)
        now = kibana.settings()
        memory.done({key: There(digest(now.get(key))) for key in changes})
    return [f"{len(changes)} of {len(settings)} settings are set", *_remarks(found, set(changes))]


def other_key(memory: Memory, key: str) -> list[str]:
    """A line where Kibana's key for objects is another than before: what it encrypted is lost. Raises RefusedError."""
    last, ours = memory.things.get("key"), digest(key)
    if last is None or last.ours != ours:
        memory.begin({"key": ours})
    if last is None or last.ours == ours:
        return []
    return [
        "KIBANA_OBJECTS_KEY of .env is another than before: rules and connectors that people made in Kibana cannot be "
        "read with it; put the old key back, or make them anew"
    ]


def _verdicts(ours: Mapping[str, str], there: Mapping[str, There], memory: Memory, anew: bool) -> dict[str, Verdict]:
    """By the name of a thing, of whose digest `ours` has what this version delivers."""
    return {
        key: Verdict.DELIVER if anew else verdict(mine, there.get(key), memory.things.get(key))
        for key, mine in ours.items()
    }


def _with_what_they_need(objects: Sequence[Json], found: Mapping[str, Verdict]) -> set[str]:
    """The names of what is to be delivered, and of what was removed but is referred to by it: Kibana wants that."""
    ours = {name(one): one for one in objects}
    chosen: set[str] = set()
    waiting = [key for key, one in found.items() if one is Verdict.DELIVER]
    while waiting:
        key = waiting.pop()
        chosen.add(key)
        needed = {name(reference) for reference in ours[key].get("references", ())}
        waiting += [need for need in needed - chosen if found.get(need) is Verdict.REMOVED]
    return chosen


def _remarks(found: Mapping[str, Verdict], chosen: set[str]) -> Iterator[str]:
    for key, one in found.items():
        if one in (Verdict.KEPT, Verdict.REMOVED) and key not in chosen:
            yield f"{key} is {one.value}"
