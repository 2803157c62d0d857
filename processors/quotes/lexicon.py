"""What a language brings: its quotation marks and its words of reporting, read from languages/*.toml.

Knows the shape of a language file, and no language.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

Forms = Mapping[str, str]
"""Word form in lower case -> base form."""


@dataclass(frozen=True)
class Lexicon:
    """One language's marks and words, in lower case."""

    language: str
    pairs: Mapping[str, frozenset[str]]
    """Opening mark -> the marks that close it."""
    marks: re.Pattern[str]
    clause: Forms
    infinitive: Forms
    object: Forms
    prepositions: Mapping[str, frozenset[str]]
    """Base form -> prepositions that lead to what was said."""
    nouns: Mapping[str, frozenset[str]]
    """Noun of saying, singular or plural -> words that lead to what was said."""
    not_speakers: frozenset[str]
    """What stands before a colon without being a speaker."""
    worth_parsing: frozenset[str]
    """Words that alone make a paragraph worth a parse."""
    determiners: frozenset[str]
    """Words that make a noun of a word of reporting behind them."""
    reporting: Forms
    """All verbs, whatever they take."""


@cache
def lexicon(language: str) -> Lexicon | None:
    """The words of a language (ISO 639-1), or None where we have none."""
    file = resources.files("processors.quotes") / "languages" / f"{language}.toml"
    if not file.is_file():
        return None
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    verbs = {frame: _forms(lines) for frame, lines in data["verbs"].items()}
    pairs = {opening: frozenset(closing) for opening, closing in data["marks"].items()}
    reporting = {form: base for frame in verbs.values() for form, base in frame.items()}
    weak = frozenset(data["parse"]["weak"].split())
    return Lexicon(
        language=data["language"],
        pairs=pairs,
        marks=_any_of(set(pairs).union(*pairs.values())),
        clause=verbs["clause"],
        infinitive=verbs["infinitive"],
        object=verbs["object"],
        prepositions=_by_word(data["prepositions"]),
        nouns=_by_word(data["nouns"]),
        not_speakers=frozenset(data["not_speakers"]),
        worth_parsing=frozenset(form for form, base in reporting.items() if base not in weak) | {"according"},
        determiners=frozenset(data["parse"]["determiners"].split()),
        reporting=reporting,
    )


def _forms(lines: str) -> Forms:
    return {form: line.split()[0] for line in lines.splitlines() for form in line.split()}


def _by_word(table: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """"about": "ask joke" read the other way round: ask -> {about}."""
    said = {word for words in table.values() for word in words.split()}
    return {word: frozenset(lead for lead, words in table.items() if word in words.split()) for word in said}


def _any_of(marks: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(marks, key=lambda mark: (-len(mark), mark))
    return re.compile("|".join(map(re.escape, longest_first)))
