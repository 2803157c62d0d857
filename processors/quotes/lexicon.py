"""The lexicon of a language: its quotation marks and its words of reporting, read from languages/*.toml.

Knows the shape of a language file, and no language. A new file is a new language; no code is needed.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from processors.quotes.marks import Pairs

Forms = Mapping[str, str]
"""Word form in lower case -> base form."""


@dataclass(frozen=True)
class WordOrder:
    """The little words by which a sentence is read without a tree; all in lower case."""

    abbreviations: frozenset[str]
    """A point behind them ends no sentence."""
    fillers: frozenset[str]
    """Auxiliaries and adverbs that may stand between a name and its verb."""
    stops: frozenset[str]
    """Prepositions and other words that end a noun phrase, and never begin a subject."""
    bounds: frozenset[str]
    """Conjunctions, before which no noun phrase begins."""
    pronouns: frozenset[str]
    articles: frozenset[str]
    that: frozenset[str]
    """Words that open what was said: "that", "dass", "que"."""
    comma_opens: bool
    """Whether a comma behind the verb opens what was said, as in German."""
    verb_second: bool
    """Whether a pronoun behind the verb is its subject: "die Kanzlerin lobte er"."""
    capital_nouns: bool
    """Whether nouns are written with capitals: a small word behind one then ends the phrase."""
    joins: frozenset[str]
    """Small words that go on with a phrase all the same: "Sprecher der Polizei"."""
    bare_clause: frozenset[str]
    """Verbs behind which what was said may follow with nothing between: "said it rains"."""
    sources: frozenset[str]
    """ "according to", "laut", "selon": the source follows."""
    source_starts: frozenset[str]
    """First words of all of these, to look no further elsewhere."""
    source_openers: frozenset[str]
    """ "nach": a source only before one of `source_nouns`, which then belongs to the source."""
    source_nouns: frozenset[str]
    sources_closing: frozenset[str]
    """ "so": a source only behind a comma or a quotation."""
    sources_behind: frozenset[str]
    """ "zufolge": the source goes before."""
    days: frozenset[str]
    """Days of the week, which stand between a verb and its subject with a small word: "dijo este lunes …"."""
    reflexives: frozenset[str]
    """Pronouns before a verb of saying: "se quejó"."""
    views: frozenset[str]
    """ "pour", "für": before a name, a comma and a quotation, whose view it is."""
    mood: frozenset[str]
    """Verb forms that only report: a sentence with one goes on with what was said before."""


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


@dataclass(frozen=True)
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


@cache
def lexicon(language: str) -> Lexicon | None:
    """The words of a language (ISO 639-1), or None where we have none."""
    file = resources.files("processors.quotes") / "languages" / f"{language}.toml"
    if not file.is_file():
        return None
    return _lexicon(tomllib.loads(file.read_text(encoding="utf-8")))


def _lexicon(data: Mapping[str, Any]) -> Lexicon:
    verbs = {frame: _forms(lines) for frame, lines in data["verbs"].items()}
    reporting = {form: base for frame in verbs.values() for form, base in frame.items()}
    pairs = {opening: tuple(closing) for opening, closing in data["marks"].items()}
    parse = data.get("parse", {})
    weak = _words(parse, "weak")
    order = _order(data["order"])
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
        | _words(parse, "strong")
        | order.source_starts,
        leading=_words(parse, "leading"),
        determiners=_words(parse, "determiners"),
        pronouns=_words(parse, "pronouns"),
        persons=Persons(**{name: _words(data["persons"], name) for name in Persons.__dataclass_fields__}),
        unsaid=Unsaid(**{name: _words(data.get("unsaid", {}), name) for name in Unsaid.__dataclass_fields__}),
        addressing=_words(parse, "addressing"),
        telling=_words(parse, "telling"),
        thinking=_words(parse, "thinking"),
        naming=_words(parse, "naming"),
        owned=_words(parse, "owned"),
        citing=_words(parse, "citing"),
        order=order,
    )


def _order(data: Mapping[str, Any]) -> WordOrder:
    sources, closing = frozenset(data.get("sources", ())), frozenset(data.get("sources_closing", ()))
    openers = _words(data, "source_openers")
    return WordOrder(
        abbreviations=_words(data, "abbreviations"),
        fillers=_words(data, "fillers"),
        stops=_words(data, "stops"),
        bounds=_words(data, "bounds"),
        pronouns=_words(data, "pronouns"),
        articles=_words(data, "articles"),
        that=_words(data, "that"),
        comma_opens=data.get("comma_opens", False),
        verb_second=data.get("verb_second", False),
        capital_nouns=data.get("capital_nouns", False),
        joins=_words(data, "joins"),
        bare_clause=_words(data, "bare_clause"),
        sources=sources,
        source_starts=frozenset(source.split()[0] for source in sources | closing) | openers,
        source_openers=openers,
        source_nouns=_words(data, "source_nouns"),
        sources_closing=closing,
        sources_behind=_words(data, "sources_behind"),
        days=_words(data, "days"),
        reflexives=_words(data, "reflexives"),
        views=_words(data, "views"),
        mood=_words(data, "mood"),
    )


def _words(data: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(data.get(name, "").split())


def _forms(lines: str) -> Forms:
    """One verb a line, all its forms, the base form first."""
    return {form: line.split()[0] for line in lines.splitlines() for form in line.split()}


def _by_word(table: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """ "about": "ask joke" read the other way round: ask -> {about}."""
    said = {word for words in table.values() for word in words.split()}
    return {word: frozenset(lead for lead, words in table.items() if word in words.split()) for word in said}


def _any_of(marks: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(marks, key=lambda mark: (-len(mark), mark))
    return re.compile("|".join(map(re.escape, longest_first)))
