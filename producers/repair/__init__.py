"""Damaged text -> the text that was meant, with a count of what was put right.

Two kinds of damage: a whole wrong decoding, which can be undone, and its ruin, in which every quote mark
and dash has become one U+00E2, which can only be inferred. Knows nothing of pages, feeds or articles.
"""

from dataclasses import dataclass

from producers.repair.encoding import undo_decodings
from producers.repair.stray_bytes import infer_marks


@dataclass(frozen=True, slots=True)
class Repaired:
    """The text, and how many places were put right."""

    text: str
    repairs: int = 0


def repair(text: str, language: str | None = None) -> Repaired:
    """Put right what can be put right; text that is whole comes back as it is.

    `language` (ISO 639-1, any region) is what a publisher claims; the text itself must agree before
    anything is inferred from English.
    """
    if text.isascii() and "&" not in text:
        return Repaired(text)
    decoded, undone = undo_decodings(text)
    whole, inferred = infer_marks(decoded, language)
    return Repaired(whole, undone + inferred)
