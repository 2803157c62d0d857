"""What a rule finds: a stretch of a paragraph that somebody is reported to have said.

Knows token ranges only; code points, names and groups come later.
"""

from dataclasses import dataclass

Range = tuple[int, int]
"""Tokens of one paragraph, half-open."""


@dataclass(slots=True)
class Said:
    """A stretch of reported speech with the words that report it."""

    start: int
    end: int
    cue: Range | None
    speaker: Range | None
    group: int
    """Stretches with one number are pieces of one utterance."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words of reporting, and the words for who speaks."""

    cue: Range
    speaker: Range
