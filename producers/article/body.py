"""A title and a text as they came -> as they are stored: repaired together, clean, and of bounded length."""

import re
from dataclasses import dataclass

from producers.parse.markup import clean
from producers.repair import repair
from producers.repair.compose import compose

# Of UTF-8; the longest articles have 100 KB, topics take 4 MiB, and enrich reads all of it.
MAX_BYTES = 256 * 1024
# A title of more is a paragraph in the wrong place; search and alerts show it whole.
_LONGEST_TITLE = 1_000
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*(?=\s|$)|[。！？]|\n")
# Apart, a headline is too short to tell damage from a foreign letter.
_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Body:
    """A text as it is stored; `original` only where repair or composing changed it."""

    text: str
    original: str | None
    repairs: int
    truncated: bool


def make_body(title: str, text: str, language: str | None) -> tuple[str, Body]:
    """The title and the body. Repair comes before composing, and before controls are taken out: it reads them."""
    title = " ".join(title.split())[:_LONGEST_TITLE]
    # Damage makes text longer, at most threefold; what is beyond that would be cut afterwards.
    beyond = len(text) > 3 * MAX_BYTES
    text = text[: 3 * MAX_BYTES].replace("\r\n", "\n").replace("\r", "\n").strip()
    fixed = repair(f"{title}{_BETWEEN}{text}", language)
    fixed_title, _, fixed_text = fixed.text.partition(_BETWEEN)
    composed = compose(fixed_text)
    shown, truncated = cut(clean(composed))
    original = cut(clean(text))[0] if composed != text else None
    return clean(compose(fixed_title)), Body(shown, original, fixed.repairs, truncated or beyond)


def cut(text: str) -> tuple[str, bool]:
    """At most MAX_BYTES of UTF-8, ended at a sentence where one ends in the last tenth; and whether it was cut."""
    encoded = text.encode("utf-8")
    if len(encoded) <= MAX_BYTES:
        return text, False
    kept = encoded[:MAX_BYTES].decode("utf-8", "ignore")
    ends = [match.end() for match in _SENTENCE_END.finditer(kept, len(kept) * 9 // 10)]
    return kept[: ends[-1]].rstrip() if ends else kept, True
