"""What Elasticsearch is told about our records: analysis, and the mappings of what is stored.

The files beside this are the whole of it. Every field of WireArticle is mapped, and mappings are strict: a
field that nobody thought of is refused, not guessed. Fields that only search needs (person, people, location …)
stand beside those of the record. A quote has its article's people, places … under the same names, so that one filter
in Kibana serves both; its `speakers` is its own speaker alone. Aliases carry the names of the query language, so that
Kibana knows them too.
"""

import json
from importlib.resources import files
from typing import Any

# Raise it when a mapping or the analysis changes: indexes of an older one are then rebuilt by `index upgrade`.
GENERATION = 3

MAPPINGS = ("articles", "quotes", "alerts", "operations")
DEFAULT_FIELDS = {
    "articles": ("title", "text", "name"),
    "quotes": ("text",),
    "alerts": ("title", "why"),
    "operations": ("title", "problem", "error"),
}
"""Where a word is looked for that names no field."""


def mapping(name: str) -> dict[str, Any]:
    """The mapping of an index: one of MAPPINGS."""
    return {**_read(name), "_meta": {"generation": GENERATION}}


def analysis() -> dict[str, Any]:
    """The analysers, the same as stores.analysis computes."""
    settings = _read("analysis")
    settings["filter"]["known_stems"]["rules"] = [f"{word} => {stem}" for word, stem in known_stems().items()]
    return settings


def known_stems() -> dict[str, str]:
    """Words whose stem is known (stems.txt), so that the stemmer is not asked."""
    lines = files(__package__).joinpath("stems.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[0]: row[-1] for row in rows}


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return loaded
