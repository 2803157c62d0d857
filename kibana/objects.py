"""One saved object as Kibana imports it. Kibana keeps JSON as text within JSON: here it is made text at the end."""

import json
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

# What every id begins with: Kibana replaces an object by the imported one of the same id, and touches no other.
OURS = "wirewatch-"
# The forms written here are of these versions. Kibana migrates what is older than itself and refuses what is newer,
# so each is the last before Kibana counted a type's versions apart ("10.N.0"): any 8.x since 8.9 and any 9.x reads it.
CORE = "8.8.0"
VERSIONS = {"index-pattern": "8.0.0", "search": "8.0.0", "lens": "8.9.0", "map": "8.4.0", "dashboard": "8.9.0"}

# Attributes that are text, by their names beside those that end in "JSON".
_TEXT = {"fieldAttrs", "fieldFormatMap", "sourceFilters"}
_INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index"


def saved(type: str, id: str, attributes: Json, references: Sequence[Json] = ()) -> Json:
    """An object of ours."""
    return {
        "type": type,
        "id": f"{OURS}{id}",
        "attributes": _with_text(attributes),
        "references": list(references),
        "coreMigrationVersion": CORE,
        "typeMigrationVersion": VERSIONS[type],
    }


def refer(name: str, type: str, id: str) -> Json:
    """A reference to an object of ours, under the name that the attributes have for it."""
    return {"name": name, "type": type, "id": f"{OURS}{id}"}


def data_view_of_search(view: str) -> Json:
    """The reference behind `searched(..., indexed=True)`."""
    return refer(_INDEX, "index-pattern", view)


def searched(query: str, *, indexed: bool) -> Json:
    """What is searched, as `kibanaSavedObjectMeta`; `indexed`: in a data view that is referred to."""
    found: Json = {"query": lucene(query), "filter": []}
    return {"searchSourceJSON": {**found, "indexRefName": _INDEX} if indexed else found}


def lucene(query: str) -> Json:
    """A query in Lucene's syntax, the language that wirewatch has too."""
    return {"query": query, "language": "lucene"}


def _with_text(attributes: Json) -> Json:
    """Attributes with all that Kibana keeps as text made text, one level into other objects."""
    return {
        name: json.dumps(value)
        if name.endswith("JSON") or name in _TEXT
        else _with_text(value)
        if isinstance(value, dict) and any(key.endswith("JSON") for key in value)
        else value
        for name, value in attributes.items()
    }
