"""The analysers as Elasticsearch is given them; what they say is also what stores.analysis computes.

settings.json has the rules, stems.txt the words whose stem the stemmer is not left to decide.
"""

import json
from importlib.resources import files
from typing import Any


def known_stems() -> dict[str, str]:
    """Words whose stem is known (stems.txt), so that the stemmer is not asked."""
    lines = files(__package__).joinpath("stems.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[0]: row[-1] for row in rows}


def _read() -> dict[str, Any]:
    settings: dict[str, Any] = json.loads(files(__package__).joinpath("settings.json").read_text(encoding="utf-8"))
    settings["filter"]["known_stems"]["rules"] = [f"{word} => {stem}" for word, stem in known_stems().items()]
    return settings


ANALYSIS = _read()
