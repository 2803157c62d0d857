"""What a language brings: its quotation marks and its words of reporting, read from languages/*.toml.

Knows the shape of a language file, and no language.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Lexicon:
    """One language's marks and words, in lower case."""

    language: str
    pairs: dict[str, str]
    marks: re.Pattern[str]
    clause: frozenset[str]
    infinitive: frozenset[str]
    object: frozenset[str]
    reporting: frozenset[str]


@cache
def lexicon(language: str) -> Lexicon | None:
    """The words of a language (ISO 639-1), or None where we have none."""
    file = resources.files("processors.quotes") / "languages" / f"{language}.toml"
    if not file.is_file():
        return None
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    verbs = {frame: frozenset(words.split()) for frame, words in data["verbs"].items()}
    pairs = data["marks"]
    return Lexicon(
        language=data["language"],
        pairs=pairs,
        marks=_any_of(set(pairs) | set("".join(pairs.values()))),
        clause=verbs["clause"],
        infinitive=verbs["infinitive"],
        object=verbs["object"],
        reporting=frozenset().union(*verbs.values()),
    )


def _any_of(marks: set[str]) -> re.Pattern[str]:
    longest_first = sorted(marks, key=lambda mark: (-len(mark), mark))
    return re.compile("|".join(map(re.escape, longest_first)))
