"""A quote candidate: a stretch of a paragraph that a rule takes for reported speech, with its cue and its speaker.

Holds token ranges only; code points, names and groups come later (assemble.py, coreference.py). The terms are those of
quotation extraction: cue (the words that report), speaker (the source), content.
"""

from dataclasses import dataclass
from typing import NamedTuple

from schemas.article import Factuality

Range = tuple[int, int]
"""Tokens of one paragraph, half-open."""
SAID: frozenset[Factuality] = frozenset({"said", "denied"})
"""Of what somebody said it: that it is so, or that it is not."""


class Attribution(NamedTuple):
    """Words of reporting, and the words for who speaks."""

    cue: Range
    speaker: Range


NOBODY = (None, None)
"""In place of an attribution, for a quotation without one."""


@dataclass(slots=True)
class QuoteCandidate:
    """A stretch of reported speech with the words that report it. Pieces of one utterance share their cue."""

    start: int
    end: int
    cue: Range | None
    speaker: Range | None
    factuality: Factuality = "said"

    @property
    def tokens(self) -> range:
        """The tokens of what was said."""
        return range(self.start, self.end)

    @property
    def attribution(self) -> Attribution | None:
        """Cue and speaker, where both are known."""
        return Attribution(self.cue, self.speaker) if self.cue and self.speaker else None
