"""What an article is recognised by when it comes again: a small sketch of its words, the same for every copy.

A bottom-k sketch (Broder 1997) and not k permutations: of the hashes of all runs of three words the lowest are
kept, so that not only likeness but also containment can be estimated, which a lead-only copy needs. Beside it
a sketch of the opening alone. Pure: knows no other article and no story.
"""

import base64
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BODY = 48
"""Hashes kept of the whole text: 192 bytes; 32 lose lead-only copies, 64 find no more than 48 and the opening."""
LEAD = 12
"""Hashes kept of the opening: 48 bytes."""
LEAD_WORDS = 40
"""The opening: the title and the first sentence or two."""
SHINGLE = 3
"""Words in a run: with 5, a copy with every tenth word changed is lost (F1 .935 instead of .980)."""

# A run of letters and digits; scripts written without spaces count by the character, or a sentence were one word.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+"
)
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ")
# Spreads crc32 over all 32 bits (Knuth's multiplier): the lowest hashes must be a fair draw of the runs.
_SPREAD = 2_654_435_761
_LIMIT = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Sketch:
    """A signature unpacked: the lowest hashes, ascending; all of them where a text has fewer than are kept."""

    body: tuple[int, ...]
    lead: tuple[int, ...]


def sign(title: str, text: str) -> str:
    """The signature of an article, base64 of at most 241 bytes; empty where there is no word at all."""
    words = _words(f"{title}\n{text}")
    if not words:
        return ""
    body = _lowest(words, BODY)
    lead = _lowest(words[:LEAD_WORDS], LEAD)
    packed = struct.pack(f"<B{len(body)}I{len(lead)}I", len(body), *body, *lead)
    return base64.b64encode(packed).decode("ascii")


def read(signature: str) -> Sketch:
    """Unpack a signature. Raises ValueError where it is none."""
    packed = base64.b64decode(signature, validate=True)
    if len(packed) % 4 != 1:
        raise ValueError(f"a signature has one byte and then whole numbers, not {len(packed)} bytes")
    count = packed[0]
    hashes = struct.unpack(f"<{len(packed) // 4}I", packed[1:])
    return Sketch(hashes[:count], hashes[count:])


def _words(text: str) -> list[str]:
    plain = text.lower().translate(_APOSTROPHES)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _WORD.findall(plain)


def _lowest(words: Sequence[str], count: int) -> list[int]:
    runs: Iterable[tuple[str, ...]] = zip(*(words[start:] for start in range(SHINGLE)), strict=False)
    if len(words) < SHINGLE:
        runs = [tuple(words)]
    hashes = {zlib.crc32(" ".join(run).encode()) * _SPREAD & _LIMIT for run in runs}
    return sorted(hashes)[:count]
