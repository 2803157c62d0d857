"""What a quote stands in: when its article was published, and whom and what that names. Pure.

Two reports of one utterance are of about the same time and name much the same; two notices of one wording, or one
saying in two mouths, are and do not. What is not known says nothing.
"""

from collections.abc import Iterator, Set
from datetime import datetime, timedelta
from functools import cached_property

from schemas.article import WireArticle

# What is told of one day is told for so long: the papers of Monday tell of Friday.
_TOLD_FOR = timedelta(days=3)
# After so long, the same words are more probably a saying than a quote.
_REMEMBERED = timedelta(days=365)
# Of an article with fewer names nothing can be said.
_ENOUGH = 4
# Of the names of the article that has fewer: with less than so many in the other, they are of two matters; with so many
# they are of one; with so many, of so many, one is made of the other, whenever that was. Chosen on pairs judged by hand
# (benchmarks/spread.py).
_OTHER, _SAME, _FORM = 0.25, 0.4, 0.8
# The first, for what is in quote marks in two articles of one day: long articles of one event name many others.
_OTHER_OF_A_DAY = 0.15
_DAY = timedelta(days=1)
# A later report names so many things beside what is quoted, and who says it.
_BESIDE = 2
# An initial and "I" are no names.
_SHORTEST = 3
_SIGNS = ".,;:!?…\"“”„«»‘’'()[]<>-–—*"
_ENDS = tuple(".!?…:")


class Occasion:
    """An article, as far as quotes are compared by it. Its names are read when they are first asked for."""

    def __init__(self, published: datetime | None = None, text: str = "") -> None:
        self._published = published
        self._text = text

    @classmethod
    def of(cls, article: WireArticle) -> "Occasion":
        """The one of all quotes of an article."""
        return cls(article.published, article.text)

    def is_another_day(self, other: "Occasion") -> bool:
        """Whether they are too far apart for what is told of one day."""
        return self._is_apart(other, _TOLD_FOR)

    def is_later_report(self, other: "Occasion") -> bool:
        """Whether one may tell again what the other told: of one matter, and no notice of the same form."""
        return _SAME <= self._kin(other, if_unknown=0.0) < _FORM

    def names_beside(self, quoted: Set[str]) -> bool:
        """Whether the article names more than is quoted, in small letters; a form that is filled in does not."""
        return len(self._names - quoted) >= _BESIDE

    def has_names_of(self, words: str) -> bool:
        """Whether all that these words name is in the article, a first word with a capital with it."""
        return named_in(f"a {words}") <= self._words

    def is_unrelated(self, other: "Occasion", *, in_marks: bool) -> bool:
        """Whether they are of two matters, or of two times; `in_marks`: what is compared is in quote marks."""
        least = _OTHER_OF_A_DAY if in_marks and self._is_of_one_day(other) else _OTHER
        return self._is_apart(other, _REMEMBERED) or self._kin(other, if_unknown=1.0) < least

    def is_kin(self, other: "Occasion") -> bool:
        """Whether they are of one matter, whenever."""
        return self._kin(other, if_unknown=0.0) >= _SAME

    def is_one_matter(self, other: "Occasion") -> bool:
        """Whether they are of one matter, at one time."""
        return self.is_kin(other) and not self._is_apart(other, _TOLD_FOR)

    def _is_of_one_day(self, other: "Occasion") -> bool:
        known = self._published is not None and other._published is not None
        return known and not self._is_apart(other, _DAY)

    def _is_apart(self, other: "Occasion", most: timedelta) -> bool:
        if self._published is None or other._published is None:
            return False
        return abs(self._published - other._published) > most

    def _kin(self, other: "Occasion", if_unknown: float) -> float:
        """Which part of the names of the one that has fewer the other has too."""
        fewer = min(len(self._names), len(other._names))
        return len(self._names & other._names) / fewer if fewer >= _ENOUGH else if_unknown

    @cached_property
    def _names(self) -> frozenset[str]:
        return named_in(self._text)

    @cached_property
    def _words(self) -> frozenset[str]:
        return bare_words(self._text)


UNKNOWN = Occasion()
"""Nothing is known."""


def named_in(text: str) -> frozenset[str]:
    """What is written with a capital within the sentences of a text, in small letters."""
    return frozenset(name for name in _capitals(text) if len(name) >= _SHORTEST)


def bare_words(text: str) -> frozenset[str]:
    """The words of a text in the form of those names."""
    return frozenset(map(_bare, text.split()))


def _bare(word: str) -> str:
    return word.strip(_SIGNS).removesuffix("’s").removesuffix("'s").casefold()


def _capitals(text: str) -> Iterator[str]:
    begins = True
    for word in text.split():
        if word[0].isupper() and not begins:
            yield _bare(word)
        begins = word.rstrip("”\"’')")[-1:] in _ENDS
