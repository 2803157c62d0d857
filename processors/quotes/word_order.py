"""The little words of a language by which a sentence is read without a tree, read from the table `order` of a file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any


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
    determiners: frozenset[str]
    """Words that make a noun, or a number, of the word behind them: "la denuncia", "o segundo"."""
    glued: frozenset[str]
    """Parts of words that are words of their own: "dell'Interno", "queixou-se"."""
    addressed: frozenset[str]
    """Prepositions before whom one speaks to: "ha detto all'Ansa il sindaco"."""
    of: frozenset[str]
    """Prepositions behind which stands whose somebody is, and not who speaks: "l'avvocato di Anna Rossi"."""
    leads: frozenset[str]
    """Prepositions between the words for a source and its name: "secondo quanto riferito dalla polizia"."""
    finite: bool
    """Whether base forms are infinitives, which report nothing alone: "per spiegare che"."""
    close: bool
    """Whether an attribution stands close to what was said: `that` right behind the verb or behind a preposition's
    phrase, the subject behind a verb that closes a sentence, a quotation without one right behind the last one."""
    relative: frozenset[str]
    """Relative pronouns, subjects of a verb right behind them: "Anna Rossi, che ha detto"."""
    coordinating: frozenset[str]
    """Behind it a verb has its sentence's subject: "Rocha fechou a ponte e disse que"."""
    gerund: str
    """How verb forms end that have the sentence's subject behind a comma: "Rocha fechou a ponte, alegando que"."""
    dashes: frozenset[str]
    """Dashes between spaces that set off an attribution: "— Não sei — disse ela", «Non so - ha detto lei - chi è»."""
    sources_verbal: frozenset[str]
    """ "come": a source only before a verb of saying: "come ha detto il sindaco"."""
    mood: frozenset[str]
    """Verb forms that only report: a sentence with one goes on with what was said before."""


def word_order(data: Mapping[str, Any]) -> WordOrder:
    """The words of a language file's table `order`."""
    sources, closing = frozenset(data.get("sources", ())), frozenset(data.get("sources_closing", ()))
    words = word_sets(WordOrder, data, but=("sources", "sources_closing", "source_starts"))
    starts = frozenset(source.split()[0] for source in sources | closing)
    return WordOrder(
        **words,
        sources=sources,
        sources_closing=closing,
        source_starts=starts | words["source_openers"] | words["sources_verbal"],
        comma_opens=data.get("comma_opens", False),
        verb_second=data.get("verb_second", False),
        capital_nouns=data.get("capital_nouns", False),
        finite=data.get("finite", False),
        close=data.get("close", False),
        gerund=data.get("gerund", ""),
    )


def word_sets(kind: type, data: Mapping[str, Any], but: Collection[str] = ()) -> dict[str, frozenset[str]]:
    """The words of all fields of a dataclass that are sets of words, each read from the key of its name."""
    sets = (one.name for one in fields(kind) if one.type == frozenset[str] and one.name not in but)
    return {name: words_of(data, name) for name in sets}


def words_of(data: Mapping[str, str], name: str) -> frozenset[str]:
    """The words of a key, blanks between them; none where the file has no such key."""
    return frozenset(data.get(name, "").split())
