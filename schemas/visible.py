"""Text as it is shown to people: what would steer a terminal or turn words around is shown as what it is.

What is stored stays as its publisher wrote it; only what shows it calls this.
"""

import re

# Unicode's controls of direction (UAX #9: marks, embeddings, overrides, isolates), and those that it has withdrawn
# (U+206A to U+206F); controls of terminals, but for the ends of lines and tabs.
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\x7f-\x9f]")


def visible(text: str) -> str:
    """The text with each such character by its number: "<U+202E>"."""
    return _STEERING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def visible_json(text: str) -> str:
    """JSON with each such character escaped: the same value to whoever reads it, and harmless to who looks at it."""
    return _TURNING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
