"""The lexicon of a language: its quotation marks and its words of reporting, read from languages/*.toml.

Knows the shape of a language file, and no language. A new file is a new language; no code is needed.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from processors.quotes.marks import Pairs, Quotation, quotations
from processors.quotes.word_order import WordOrder, word_order, word_sets, words_of

Forms = Mapping[str, str]
"""Word form in lower case -> base form."""
PARAGRAPHS = 256
"""Paragraphs whose quotations are kept: those of all but the longest articles."""


@dataclass(frozen=True)
class Persons:
    """Words that stand for a person, and titles that tell which."""

    he: frozenset[str]
    she: frozenset[str]
    who: frozenset[str]
    one: frozenset[str]
    """Words before a role of somebody not named so far: "a", "another"."""
    roles: frozenset[str]
    """What one person can be: "a spokesman", "an analyst at the bank"."""
    signing: frozenset[str]
    """Who signs a headline without a name: "Five dead in crash – police"."""
    titled: frozenset[str]
    """Titles in small letters that an office and a name follow: "il ministro dell'Interno Rocco Mele"."""
    he_titles: frozenset[str]
    she_titles: frozenset[str]


@dataclass(frozen=True)
class Unsaid:
    """Words by which a sentence tells that something was not said."""

    negations: frozenset[str]
    nobody: frozenset[str]
    """Subjects, and determiners of subjects, that are nobody: "none", "no"."""
    refusals: frozenset[str]
    """Words whose complement was not said: "refused to say", "without saying"."""
    affirming: frozenset[str]
    """Verbs whose negation affirms: "did not hesitate to say"."""
    asking: frozenset[str]
    """Base forms of verbs whose passive brings a question: "asked whether it rains"."""
    denying: frozenset[str]
    """Base forms of verbs whose subject says that what follows is not so: "denied that it rains"."""
    conditions: frozenset[str]
    """Words that open a clause of what may be or not: "if he says that it rains"."""
    modals: frozenset[str]
    """Auxiliaries that leave open, before a perfect, whether it was said: "would have said that it rains"."""
    ahead: frozenset[str]
    """Words behind which stands what is still to be said: "expected to announce"."""
    opinions: frozenset[str]
    """Base forms of verbs whose negation still tells an opinion: "does not think that it rains"."""


@dataclass(frozen=True, eq=False)  # there is one a language
class Lexicon:
    """One language's marks and words, in lower case."""

    language: str
    parsed: bool
    """Whether the rules for a tree know this language."""
    pairs: Pairs
    """Opening mark -> the marks that close it."""
    marks: re.Pattern[str]
    singles: Mapping[str, str]
    """Opening single mark -> the characters that close it; empty where the language quotes with double marks alone."""
    not_speakers: frozenset[str]
    """What stands before a colon without being a speaker."""
    clause: Forms
    """Verbs that take a clause, and stand beside quotations."""
    infinitive: Forms
    object: Forms
    reporting: Forms
    """All verbs, whatever they take."""
    prepositions: Mapping[str, frozenset[str]]
    """Base form -> prepositions that lead to what was said."""
    nouns: Mapping[str, frozenset[str]]
    """Noun of saying, singular or plural -> words that lead to what was said."""
    strong_words: frozenset[str]
    """Words of reporting that mean little else, and first words of a source: any of them calls for a parse."""
    leading: frozenset[str]
    """Words behind which any of the others calls for one, too: "ruled that", "points out"."""
    determiners: frozenset[str]
    """Words that make a noun of a word of reporting behind them."""
    pronouns: frozenset[str]
    """Of these, those that report as well: "some say", "that warn"."""
    persons: Persons
    unsaid: Unsaid
    addressing: frozenset[str]
    """Base forms of verbs whose object is whom one speaks to: "warned NATO"."""
    telling: frozenset[str]
    """Base forms of verbs that take whom one tells and a clause: "told a briefing that it rains"."""
    thinking: frozenset[str]
    """Base forms of verbs whose passive tells what the subject thinks: "was convinced that it rains"."""
    naming: frozenset[str]
    """Base forms of verbs that give a name: "doctors call it …"."""
    owned: frozenset[str]
    """Nouns of saying that report nothing where nobody is named whose they are: "the notion that …"."""
    citing: frozenset[str]
    """Base forms of verbs that pass on another's words: "quoted her as saying"."""
    order: WordOrder


@lru_cache(maxsize=PARAGRAPHS)
def quotations_of(text: str, words: Lexicon) -> Sequence[Quotation]:
    """The quotations of a paragraph by the marks of its language.

    Kept, as they are wanted twice: to see whether it wants a parse, and to read it.
    """
    return tuple(quotations(text, words.marks, words.pairs, words.singles, spaced=bool(words.order.dashes)))


@cache
def lexicon(language: str) -> Lexicon | None:
    """The words of a language (ISO 639-1), or None where we have none."""
    file = resources.files("processors.quotes") / "languages" / f"{language}.toml"
    if not file.is_file():
        return None
    return _lexicon(tomllib.loads(file.read_text(encoding="utf-8")))


def _lexicon(data: Mapping[str, Any]) -> Lexicon:
    order = word_order(data["order"])
    verbs = {frame: _forms(lines, whole=not order.finite) for frame, lines in data["verbs"].items()}
    reporting = {form: base for frame in verbs.values() for form, base in frame.items()}
    pairs = {opening: tuple(closing) for opening, closing in data["marks"].items()}
    parse = data.get("parse", {})
    weak = words_of(parse, "weak")
    return Lexicon(
        language=data["language"],
        parsed=bool(parse),
        pairs=pairs,
        marks=_any_of(set(pairs).union(*pairs.values())),
        singles=data.get("singles", {}),
        not_speakers=frozenset(data.get("not_speakers", ())),
        clause=verbs["clause"],
        infinitive=verbs.get("infinitive", {}),
        object=verbs.get("object", {}),
        reporting=reporting,
        prepositions=_by_word(data.get("prepositions", {})),
        nouns=_by_word(data.get("nouns", {})),
        strong_words=frozenset(form for form, base in reporting.items() if base not in weak)
        | words_of(parse, "strong")
        | order.source_starts,
        leading=words_of(parse, "leading"),
        determiners=words_of(parse, "determiners"),
        pronouns=words_of(parse, "pronouns"),
        persons=Persons(**word_sets(Persons, data["persons"])),
        unsaid=Unsaid(**word_sets(Unsaid, data.get("unsaid", {}))),
        addressing=words_of(parse, "addressing"),
        telling=words_of(parse, "telling"),
        thinking=words_of(parse, "thinking"),
        naming=words_of(parse, "naming"),
        owned=words_of(parse, "owned"),
        citing=words_of(parse, "citing"),
        order=order,
    )


def _forms(lines: str, *, whole: bool) -> Forms:
    """One verb a line, all its forms, the base form first, which counts where `whole`."""
    verbs = [line.split() for line in lines.splitlines() if line]
    return {form: forms[0] for forms in verbs for form in (forms if whole else forms[1:])}


def _by_word(table: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """ "about": "ask joke" read the other way round: ask -> {about}."""
    said = {word for words in table.values() for word in words.split()}
    return {word: frozenset(lead for lead, words in table.items() if word in words.split()) for word in said}


def _any_of(marks: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(marks, key=lambda mark: (-len(mark), mark))
    return re.compile("|".join(map(re.escape, longest_first)))
