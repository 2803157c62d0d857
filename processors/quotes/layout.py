"""What the layout of an article tells of its speech: labels, signatures, datelines, and the letters of an interview.

Knows the text of all paragraphs, the article's mentions, and who is the subject of a verb of reporting; no more of the
tree.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from processors.quotes.by_parse.noun_phrases import own_subject
from processors.quotes.datelines import dateline_end
from processors.quotes.labels import ANSWERS, announced, labels, letter
from processors.quotes.lexicon import Lexicon
from processors.quotes.quote_candidate import QuoteCandidate, Range
from processors.quotes.signatures import Signature, headline_signature, own_line, signature
from processors.quotes.token_table import TokenTable
from schemas.article import Entity, Speaker

SPEAKING = frozenset({"person", "organisation", "group"})
FIRST_PARAGRAPHS = 3
"""Where a dateline with a colon can stand: behind a headline and a summary."""
FEWEST_ANSWERS = 2
"""Quotations behind questions that show an interview without letters."""
FARTHEST_INTRODUCTION = 4
"""Code points between two paragraphs: blank lines."""
_WORD = re.compile(r"\w+")
_AGENTS = re.compile(r"(?:ers|ors|ists|ians|ants)$")
"""How nouns of those who do something end: "– engineers" is who says it."""


class Layout:
    """One article: its paragraphs, which of them begin with labels, and who is interviewed."""

    def __init__(self, text: str, paragraphs: Sequence[str], entities: Sequence[Entity], lexicon: Lexicon) -> None:
        self._text, self._paragraphs, self._lexicon = text, paragraphs, lexicon
        self._people = [one for one in entities if one.kind == "person"]
        self._places = {one.text.lower() for one in entities if one.kind == "place"}
        # Not of a single word in capitals, which is as well a dateline.
        named = [one.name.split()[-1] for one in self._people if " " in one.name or not one.text.isupper()]
        self._surnames = {name.lower() for name in named}
        self._labels = [labels(one, lexicon.not_speakers) for one in paragraphs]
        self._names = {word for one in entities if one.kind in SPEAKING for word in one.text.lower().split()}
        self._often = Counter(self._label_text(number) for number in range(len(paragraphs)))
        self._letters = [letter(one) for one in paragraphs]
        self._is_transcript = sum(map(self._has_capitals, range(len(paragraphs)))) > 1
        self._interviewed: Speaker | None = None
        self._is_interview = len({one[0] for one in self._letters if one}) > 1
        answers = {number for number in range(1, len(paragraphs)) if self._answers_before(number)}
        self._answers = answers if len(answers) >= FEWEST_ANSWERS else set()

    def text_of(self, number: int) -> str:
        """A paragraph's text."""
        return self._paragraphs[number]

    def begin(self, number: int) -> int:
        """Where a paragraph goes on behind its dateline (code points of it)."""
        own = self._paragraphs[number]
        return self._labels[number][0].content if self._is_dateline(number) else dateline_end(own)

    def labelled(self, number: int, table: TokenTable) -> list[QuoteCandidate] | None:
        """What a paragraph's labels label; None where it has none."""
        if self._is_interview and self._letters[number]:
            return self._by_letter(number, table)
        if not self._labels[number] or self._is_dateline(number) or not self._is_speaker(number):
            return None
        if self._is_told_by_another(number, table):
            return None
        found = []
        for one in self._labels[number]:
            start, end = _tokens(table, one.start, one.end)
            content, last = _tokens(table, one.content, one.content_end)
            if content < last:
                found.append(QuoteCandidate(content, last, (end, end + 1), (start, end)))
        return found or None

    def announced(self, number: int, offset: int) -> Speaker | None:
        """Who is to speak in the next paragraphs: the one interviewed, or "Statement by Mayor Holm:"."""
        if self._is_interview and self._letters[number]:
            return self._who_is_interviewed(number, offset)
        before = self._paragraphs[number - 1] if number else ""
        if number in self._answers:
            return self._who_is_interviewed(number - 1, self._text.rfind(before, 0, offset))
        found = announced(before)
        if found is None or before[slice(*found)].lower() in self._lexicon.not_speakers:
            return None
        start = self._text.rfind(before, 0, offset)
        return self._speaker(start + found[0], start + found[1])

    def signer_of_last(self, number: int, offset: int) -> Speaker | None:
        """The name behind a dash that is a paragraph of its own, behind one that ends with a quotation."""
        own = self._paragraphs[number]
        found = own_line(own) if number and own.lstrip()[:1] in ("-", "–", "—") else None
        if found is None or self._paragraphs[number - 1].rstrip()[-1:] not in ("”", '"', "’", "'"):
            return None
        return self._speaker(offset + found.start, offset + found.end)

    def signed(self, number: int, table: TokenTable, found: list[QuoteCandidate]) -> list[QuoteCandidate]:
        """The quotes with the signature that a paragraph ends with; a post, or a headline, is said as a whole."""
        own = self._paragraphs[number]
        if not any(dash in own for dash in ("—", "–", "-")):
            return found
        headline = headline_signature(own) if number == 0 else None
        if headline is not None and headline.start in table.starts and self._is_speaking(headline, table.offset):
            return [self._whole(table, headline)]
        signs = signature(own)
        if signs is None or signs.start not in table.starts:
            return found
        speaker, dash = _tokens(table, signs.start, signs.end), _tokens(table, signs.signed, signs.signed + 1)
        before = [one for one in found if one.end <= dash[0] + 1]
        if not before and "(@" in own[signs.end :]:
            return [self._whole(table, signs)]
        for one in before:
            if one.cue is None or one.speaker is None:
                one.cue, one.speaker = dash, speaker
        return before

    def _whole(self, table: TokenTable, signs: Signature) -> QuoteCandidate:
        dash = _tokens(table, signs.signed, signs.signed + 1)
        return QuoteCandidate(table.begin, dash[0], dash, _tokens(table, signs.start, signs.end))

    def _answers_before(self, number: int) -> bool:
        """Whether a paragraph that begins with a mark stands behind one that asks and has none."""
        asks = self._paragraphs[number - 1].strip()
        opens = self._paragraphs[number].lstrip()[:1]
        return asks.endswith("?") and asks[0] not in self._lexicon.pairs and opens in self._lexicon.pairs

    def _by_letter(self, number: int, table: TokenTable) -> list[QuoteCandidate]:
        """An answer is said by the one interviewed; who asks is not named."""
        found = self._letters[number]
        if found is None or found[0] not in ANSWERS:
            return []
        content = bisect_left(table.starts, found[1])
        return [QuoteCandidate(content, len(table), None, None)]

    def _who_is_interviewed(self, number: int, offset: int) -> Speaker | None:
        """The first person of the paragraph before the first letter; where it names none, the last one before."""
        if self._interviewed is None:
            last = offset - len(self._paragraphs[number - 1]) if number else offset
            before = [one for one in self._people if one.end <= offset]
            near = [one for one in before if one.start >= last - FARTHEST_INTRODUCTION]
            if before:
                one = near[0] if near else before[-1]
                self._interviewed = self._speaker(one.start, one.end)
        return self._interviewed

    def _is_dateline(self, number: int) -> bool:
        """A single label of one place, or in capitals, before a sentence that reports: "DORN: The mayor said …"."""
        if number >= FIRST_PARAGRAPHS or len(self._labels[number]) != 1 or self._is_transcript:
            return False
        one = self._labels[number][0]
        own = self._paragraphs[number]
        name = own[one.start : one.end].lower()
        if name not in self._places and (not own[one.start : one.end].isupper() or self._is_surname(name)):
            return False
        return any(word.lower() in self._lexicon.reporting for word in _WORD.findall(own[one.content :]))

    def _label_text(self, number: int) -> str:
        """The words of a paragraph's first label."""
        return next((self._paragraphs[number][one.start : one.end] for one in self._labels[number]), "")

    def _is_speaker(self, number: int) -> bool:
        """Whether anything else says that a label is somebody: "Left: the old bridge" is no speech.

        In a headline, everything does: "Poll: …", "Historians: …".
        """
        if number == 0:
            return True
        name, own = self._label_text(number), self._paragraphs[number]
        if name.isupper() or self._often[name] > 1 or not self._names.isdisjoint(name.lower().split()):
            return True
        return own[self._labels[number][0].content] in self._lexicon.pairs or len(name.split()) > 1

    def _is_told_by_another(self, number: int, table: TokenTable) -> bool:
        """Whether what a label labels begins with its own speaker, and the label names nobody known: "The Latest:
        Mourners say the bridge is old"; not "Historians: I say it is old"."""
        one, name = self._labels[number][0], self._label_text(number)
        if len(self._labels[number]) > 1 or name.isupper() or self._often[name] > 1:
            return False
        if not table.heads or not self._names.isdisjoint(name.lower().split()):
            return False
        content = bisect_left(table.starts, one.content)
        subjects = (own_subject(table, cue) for cue in table.cues if cue > content)
        told = (noun for noun in subjects if noun is not None and table.left[noun] == content)
        return any(table.tags[noun] != "PRP" for noun in told)

    def _has_capitals(self, number: int) -> bool:
        return any(self._paragraphs[number][one.start : one.end].isupper() for one in self._labels[number])

    def _is_speaking(self, signs: Signature, offset: int) -> bool:
        name = self._text[offset + signs.start : offset + signs.end]
        if name.islower():
            return name in self._lexicon.persons.signing or _AGENTS.search(name) is not None
        return self._is_surname(name.lower())

    def _is_surname(self, name: str) -> bool:
        return name.split()[-1].removesuffix("’s").removesuffix("'s") in self._surnames

    def _speaker(self, start: int, end: int) -> Speaker:
        return Speaker(start=start, end=end, text=self._text[start:end])


def _tokens(table: TokenTable, start: int, end: int) -> Range:
    """The tokens that a stretch of the paragraph lies in, at least one."""
    first = max(0, bisect_right(table.starts, start) - 1)
    return first, max(first + 1, bisect_left(table.starts, end))
