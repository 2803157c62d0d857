"""A bottom-k MinHash sketch of an article's words, by which near-duplicates are found; packed, it is the signature.

Bottom-k (Broder 1997), not k permutations: of the hashes of all runs of three words the lowest are kept, so that not
only resemblance (Jaccard) but also containment can be estimated, which a copy of only the lead needs. Beside it stand
a sketch of the opening alone and the particulars (names and numbers), by which two texts of one template differ. Pure:
knows no other article and no story.
"""

import base64
import re
import struct
import sys
import unicodedata
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from processors.particulars import MOST, particulars_of

BODY = 40
"""Hashes kept of the whole text: 160 bytes; with the opening's, 56 find hardly more (F1 .985 for .984)."""
LEAD = 8
"""Hashes kept of the opening: 32 bytes."""
TITLE = 4
"""Hashes kept of the headline's longer words: 16 bytes."""
LEAD_WORDS = 40
"""The opening: the title and the first sentence or two."""
SHINGLE = 3
"""Words in a run: with 5, a copy with every tenth word changed is lost (F1 .935 instead of .980)."""

# Shorter words are in most headlines.
_TITLE_WORD = 4
# A run of letters and digits; scripts written without spaces count by the character, or a sentence were one word.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+"
)
_APOSTROPHES = "'’‘ʼ"
# Spreads crc32 over all 32 bits (Knuth's multiplier): the lowest hashes must be a fair draw of the runs.
_SPREAD = 2_654_435_761
_LIMIT = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Sketch:
    """A signature unpacked: the lowest hashes, ascending; all of them where a text has fewer than are kept."""

    body: tuple[int, ...]
    lead: tuple[int, ...]
    title: tuple[int, ...]
    particulars: tuple[int, ...] = ()
    """See processors/particulars.py; none in a signature of before they were kept."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A sketch as it stands in its signature: how many hashes each part has, and all of them one after the other."""

    sizes: bytes
    hashes: "array[int]"

    @property
    def sketch(self) -> Sketch:
        """It unpacked."""
        ends = accumulate(self.sizes)
        return Sketch(*(tuple(self.hashes[end - part : end]) for end, part in zip(ends, self.sizes, strict=True)))


def signature_of(title: str, text: str) -> str:
    """The signature of an article, base64 of at most 311 bytes; empty where there is no word at all."""
    words = _words(f"{title}\n{text}")
    if not words:
        return ""
    body = _lowest(_runs(words), BODY)
    lead = _lowest(_runs(words[:LEAD_WORDS]), LEAD)
    heading = _lowest((word.encode() for word in _words(title) if len(word) >= _TITLE_WORD), TITLE)
    hashes = [*body, *lead, *heading, *particulars_of(text)]
    packed = struct.pack(f"<BBB{len(hashes)}I", len(body), len(lead), len(heading), *hashes)
    return base64.b64encode(packed).decode("ascii")


def packed_of(signature: str) -> Packed:
    """What a signature holds. Raises ValueError where it is none."""
    packed = base64.b64decode(signature, validate=True)
    if len(packed) % 4 not in (2, 3):
        raise ValueError(f"a signature has two or three bytes and then whole numbers, not {len(packed)} bytes")
    sizes, hashes = packed[: len(packed) % 4], array("I", packed[len(packed) % 4 :])
    if sys.byteorder == "big":
        hashes.byteswap()
    body, lead = sizes[:2]
    # Before there were particulars, the headline's hashes were the rest.
    title = sizes[2] if len(sizes) == 3 else len(hashes) - body - lead
    rest = len(hashes) - body - lead - title
    if not (0 < body <= BODY and lead <= LEAD and 0 <= title <= TITLE and 0 <= rest <= MOST):
        raise ValueError("a signature of another make")
    return Packed(bytes((body, lead, title, rest)), hashes)


def sketch_of(signature: str) -> Sketch:
    """Unpack a signature. Raises ValueError where it is none."""
    return packed_of(signature).sketch


def _words(text: str) -> list[str]:
    plain = text.lower()
    for apostrophe in _APOSTROPHES:  # `translate` would look each character of the text up
        plain = plain.replace(apostrophe, "")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        accents = [char for char in set(plain) if unicodedata.combining(char)]
        plain = plain.translate(dict.fromkeys(map(ord, accents))) if accents else plain
    return _WORD.findall(plain)


def _runs(words: Sequence[str]) -> Iterator[bytes]:
    encoded = " ".join(words).encode().split(b" ")
    if len(encoded) < SHINGLE:
        return iter([b" ".join(encoded)])
    return map(b" ".join, zip(*(encoded[start:] for start in range(SHINGLE)), strict=False))


def _lowest(pieces: Iterable[bytes], count: int) -> list[int]:
    return sorted([crc * _SPREAD & _LIMIT for crc in set(map(zlib.crc32, pieces))])[:count]
