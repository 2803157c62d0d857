"""Something said, as it is compared: its terms, those that carry meaning, and who said it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas.article import QuoteKind
from stores.analysis.rewriting import END
from stores.analysis.tokens import name_terms, terms

_PIECE = re.compile(r"(?:[“\"«„]|(?<!\w)['‘])(.+?)(?:[”\"»“]|['’](?!\w))")
_ENDS = tuple(".!?…:")
# Who is told of first is the speaker: "that it filed", "its board declared".
_FIRST = 2
# Terms of so few letters are rarely more than grammar, in any of our languages; numbers tell much.
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Utterance:
    """One quote. `terms` are its folded stems in order, `telling` those of them that carry meaning, `names` those that
    are written with a capital within the quote: they tell of whom, and little of what."""

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
    speaker: str | None
    """The last telling word for the speaker: a surname, "spokesman"; None for "he"."""
    named: bool
    """The speaker has a name."""

    @classmethod
    def of(cls, words: str, kind: QuoteKind, speaker: str | None) -> "Utterance":
        """A quote by its words, and its speaker as the article calls them."""
        found = tuple(term for term in terms(words) if term != END)
        names = frozenset(terms(" ".join(_capitals(words.split()))))
        pieces = tuple(tuple(terms(piece[1])) for piece in _PIECE.finditer(words)) if kind == "mixed" else ()
        figures = frozenset(term for term in found if term[0].isdigit())
        of_itself = kind == "indirect" and not _itself().isdisjoint(found[:_FIRST])
        telling = tuple(filter(is_telling, found))
        return cls(found, telling, names, figures, kind, pieces, of_itself, _called(speaker), _is_named(speaker))


def _capitals(words: list[str]) -> Iterator[str]:
    """Words with a capital; the first of a sentence only where the next has one too."""
    for before, word, following in zip([".", *words], words, [*words[1:], ""], strict=False):
        begins = before.rstrip("”\"’')")[-1:] in _ENDS
        if word[0].isupper() and (not begins or following[:1].isupper()):
            yield word


def is_telling(term: str) -> bool:
    """Whether a term says something: not "the", not "would"."""
    return term not in _grammar() and (len(term) > _SHORT or term[0].isdigit() or not term.isascii())


def _called(speaker: str | None) -> str | None:
    """The last telling word for a speaker: a surname, or "spokesman"; None for "he" and "who"."""
    found = [term for term in name_terms(speaker or "") if term not in _grammar()]
    return found[-1] if found else None


def _is_named(speaker: str | None) -> bool:
    """Whether a speaker has a name: not "The agency", not "They"."""
    capitals = (word for word in (speaker or "").split() if word[0].isupper())
    return any(term not in _grammar() for word in capitals for term in name_terms(word))


@cache
def _itself() -> frozenset[str]:
    """Words for a speaker that is not named."""
    return frozenset(terms("it its he his she her they their i my we our"))


@cache
def _grammar() -> frozenset[str]:
    """Words that every text has, and their stems."""
    words = files(__package__).joinpath("grammar.txt").read_text(encoding="utf-8")
    return frozenset((*terms(words), *name_terms(words.replace("\n", " "))))
