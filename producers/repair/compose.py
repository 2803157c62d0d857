"""Text in the one form in which everything after compares it: composed, without signs that nobody sees.

A decomposed "é", a soft hyphen or an "ﬁ" drawn as one letter makes another word of a name, for search, for entities and
for alerts. Knows nothing of damage: what is undone before, is undone by repair.encoding.
"""

import re
import unicodedata

# Soft hyphen, grapheme joiner, directions, word joiner, invisible operators, byte order mark: of layout, not of text.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
# Zero-width spaces part words in Thai, Lao, Tibetan, Burmese and Khmer, and nothing elsewhere.
_SPACED = "\u0e00-\u109f\u1780-\u17ff\u1980-\u19ff\u1a20-\u1aaf"
# Joiners are spelling in Arabic's, India's and Mongolia's scripts, and hold together emoji.
_JOINED = "\u0600-\u109f\u1780-\u18af\u1b00-\u1bff\u2190-\u2bff\ufb50-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U000e007f"
_DROPPED = re.compile(f"[{_UNSEEN}]|(?<![{_SPACED}])\u200b|(?<![{_JOINED}])[\u200c\u200d]")
# Letters drawn as one, and letters in the form of their place in the word; not what stands for a phrase (U+FDF0 on).
_DRAWN = re.compile("[\u0132\u0133\u01c4-\u01cc\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdcf\ufe70-\ufefc]+")


def compose(text: str) -> str:
    """The text in NFC, without what is not seen and with each letter by itself."""
    if text.isascii():
        return text
    text = _DRAWN.sub(lambda drawn: unicodedata.normalize("NFKC", drawn[0]), _DROPPED.sub("", text))
    return unicodedata.normalize("NFC", text)
