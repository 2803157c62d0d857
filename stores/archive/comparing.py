"""Two revisions of one article compared: sentences, and quotes by what became of each. Knows no store.

A quote is told of only where the text bears it out: words that still stand in the text were not withdrawn, whatever the
model reads there now.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from schemas.answers import Change, QuoteChange, QuoteChangeKind, SentenceChange
from schemas.article import Quote, WireArticle
from stores.analysis.sentences import sentences

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# Of two wordings of one utterance at least this share of the words is the same; unlike quotes share a quarter.
ALIKE = 0.6
# Quotes that are compared pair by pair: more than this are changed only where an address got another article.
MOST = 200


class _Spoken:
    """A quote as it is compared."""

    def __init__(self, article: WireArticle, quote: Quote) -> None:
        self.content = article.text[quote.start : quote.end]
        self.words = _words(self.content)
        self.speaker = (quote.speaker.name or quote.speaker.text) if quote.speaker else None
        self.named = quote.speaker.name if quote.speaker else None


class _Text:
    """A text in which quotes are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = _words(text)

    def holds(self, one: _Spoken) -> bool:
        """Whether what was quoted stands there, between quote marks or not."""
        return one.content in self._text or _is_part(one.words, self._words)


def compare(old: WireArticle, new: WireArticle) -> Change:
    """What was changed from one revision to the next."""
    return Change(
        article_id=new.id,
        source=new.source,
        url=new.url,
        revision_before=old.revision,
        revision_after=new.revision,
        at=new.fetched_at,
        title_before=old.title,
        title_after=new.title,
        sentences=tuple(_sentences(old.text, new.text)),
        quotes=tuple(_quotes(old, new)),
    )


def _sentences(old: str, new: str) -> Iterator[SentenceChange]:
    before, after = ([text[start:end].strip() for start, end in sentences(text)] for text in (old, new))
    for kind, start, end, new_start, new_end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield SentenceChange(before=" ".join(before[start:end]), after=" ".join(after[new_start:new_end]))


def _quotes(old: WireArticle, new: WireArticle) -> Iterator[QuoteChange]:
    before, after = _spoken(old), _spoken(new)
    kept = {one.words for one in before} & {one.words for one in after}
    yield from _reattributed(before, after)
    left = [one for one in after if one.words not in kept]
    was, now = _Text(old.text), _Text(new.text)
    for gone in (one for one in before if one.words not in kept):
        found = max(left, key=lambda one: _likeness(gone, one), default=None)
        if found is not None and _likeness(gone, found) >= ALIKE:
            left.remove(found)
            yield _change(_kind(gone.words, found.words), gone, found)
        elif not now.holds(gone):
            yield _change("withdrawn", gone, None)
    yield from (_change("added", None, one) for one in left if not was.holds(one))


def _spoken(article: WireArticle) -> list[_Spoken]:
    return [_Spoken(article, quote) for quote in article.quotes[:MOST]]


def _reattributed(before: Sequence[_Spoken], after: Sequence[_Spoken]) -> Iterator[QuoteChange]:
    named = {one.words: one for one in after if one.named}
    for old in before:
        new = named.get(old.words)
        if new is not None and old.named and new.named != old.named:
            yield _change("reattributed", old, new)


def _likeness(old: _Spoken, new: _Spoken) -> float:
    """The share of words in common, in order; of words left out at an end it is whole."""
    if not old.words or not new.words:
        return 0.0
    if _is_part(old.words, new.words) or _is_part(new.words, old.words):
        return 1.0
    common = sum(
        block.size for block in SequenceMatcher(a=old.words, b=new.words, autojunk=False).get_matching_blocks()
    )
    return 2 * common / (len(old.words) + len(new.words))


def _kind(old: Sequence[str], new: Sequence[str]) -> QuoteChangeKind:
    if _is_part(new, old):
        return "cut"
    return "extended" if _is_part(old, new) else "altered"


def _words(text: str) -> tuple[str, ...]:
    """Without marks: a comma before a closing quote mark is the sentence's, not the speaker's."""
    return tuple(_WORD.findall(text.lower()))


def _is_part(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether the words stand in the others, next to each other."""
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _change(kind: QuoteChangeKind, old: _Spoken | None, new: _Spoken | None) -> QuoteChange:
    return QuoteChange(
        kind=kind,
        before=old.content if old else "",
        after=new.content if new else "",
        speaker_before=old.speaker if old else None,
        speaker_after=new.speaker if new else None,
    )
