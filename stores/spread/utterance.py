"""Something said, as it is compared: its terms, those that carry meaning, and who said it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas.article import Factuality, QuoteKind
from stores.analysis.rewriting import END
from stores.analysis.tokens import name_terms, terms
from stores.spread.occasion import UNKNOWN, Occasion

_PIECE = re.compile(r"(?:[“\"«„]|(?<!\w)['‘])(.+?)(?:[”\"»“]|['’](?!\w))")
_ENDS = tuple(".!?…:")
# Who is told of first is the speaker: "that it filed", "its board declared".
_FIRST = 2
# Two letters are the initials of too many.
_INITIALS = 3
# Terms of so few letters are rarely more than grammar, in any of our languages; numbers tell much.
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have said it, as an article calls them."""

    last: str | None
    """The last telling word: a surname, "spokesman"."""
    names: frozenset[str]
    """The telling words with a capital; none of "The agency", "They"."""
    initials: str
    """Those of the words with a capital, in order: of what may be called by them."""

    @classmethod
    @cache
    def of(cls, called: str) -> "Speaker":
        """By the words for somebody; "" for nobody."""
        telling = [(term, word[0].isupper()) for word in called.split() for term in _told(word)]
        names = [term for term, capital in telling if capital]
        return cls(telling[-1][0] if telling else None, frozenset(names), "".join(term[0] for term in names))

    def agrees(self, other: "Speaker") -> bool:
        """Both have a name, and the same: one has all that the other has or is its initials, or the last is the same
        and no office of two: "a Norrail spokesman" is not "a Quay Foods spokesman".
        """
        mine, theirs = self.names, other.names
        if not (mine and theirs):
            return False
        if mine <= theirs or theirs <= mine or self.last in mine & theirs:
            return True
        if self._is_short_for(other) or other._is_short_for(self):
            return True
        return self.last == other.last and not (mine - {self.last} and theirs - {self.last} and mine.isdisjoint(theirs))

    def _is_short_for(self, other: "Speaker") -> bool:
        return len(other.initials) >= _INITIALS and other.initials in self.names

    def differs(self, other: "Speaker") -> bool:
        """Both have a name, and another one."""
        return bool(self.names and other.names) and self.names.isdisjoint(other.names) and not self.agrees(other)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One quote. `words` are as the article has them, `terms` its folded stems in order, `telling` those of them that
    carry meaning, `names` those that are written with a capital within the quote: they tell of whom, not of what."""

    words: str
    terms: tuple[str, ...]
    telling: tuple[str, ...]
    names: frozenset[str]
    figures: frozenset[str]
    """The terms that are numbers."""
    kind: QuoteKind
    pieces: tuple[tuple[str, ...], ...]
    """What stands in quote marks within the quote, where the rest is told: the speaker's own words."""
    of_itself: bool
    """Told, and of the speaker: "it filed …"."""
    speaker: Speaker
    occasion: Occasion
    """When and in what it stands."""
    denied: bool = False
    """Said not to be so."""

    @classmethod
    def of(
        cls,
        words: str,
        kind: QuoteKind,
        speaker: str | None,
        occasion: Occasion = UNKNOWN,
        factuality: Factuality = "said",
    ) -> "Utterance":
        """A quote by its words, its speaker as the article calls them, and the article."""
        found = _words(words)
        names = frozenset(terms(" ".join(_capitals(words.split()))))
        pieces = tuple(_words(piece[1]) for piece in _PIECE.finditer(words)) if kind == "mixed" else ()
        figures = frozenset(term for term in found if term[0].isdigit())
        of_itself = kind == "indirect" and not _itself().isdisjoint(found[:_FIRST])
        telling = tuple(filter(is_telling, found))
        return cls(
            words,
            found,
            telling,
            names,
            figures,
            kind,
            pieces,
            of_itself,
            Speaker.of(speaker or ""),
            occasion,
            factuality == "denied",
        )


def _capitals(words: list[str]) -> Iterator[str]:
    """Words with a capital; the first of a sentence only where the next has one too."""
    for before, word, following in zip([".", *words], words, [*words[1:], ""], strict=False):
        begins = before.rstrip("”\"’')")[-1:] in _ENDS
        if word[0].isupper() and (not begins or following[:1].isupper()):
            yield word


def is_telling(term: str) -> bool:
    """Whether a term says something: not "the", not "would"."""
    return term not in _grammar() and (len(term) > _SHORT or term[0].isdigit() or not term.isascii())


def _words(text: str) -> tuple[str, ...]:
    """The terms of a text, over the ends of its sentences."""
    return tuple(term for term in terms(text) if term != END)


def _told(word: str) -> Iterator[str]:
    return (term for term in name_terms(word) if term not in _grammar())


@cache
def _itself() -> frozenset[str]:
    """Words for a speaker that is not named."""
    return frozenset(terms("it its he his she her they their i my we our"))


@cache
def _grammar() -> frozenset[str]:
    """Words that every text has, and their stems."""
    words = files(__package__).joinpath("grammar.txt").read_text(encoding="utf-8")
    return frozenset((*terms(words), *name_terms(words.replace("\n", " "))))
