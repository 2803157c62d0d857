"""What a feed's memory keeps of an entry: short hashes of what it showed, and of what it was called.

Enough to tell the entries of one feed apart; ten thousand feeds' worth is kept.
"""

from hashlib import blake2b
from typing import NamedTuple, Self

from producers.parse import Entry

ID_CHARS, SHOWN_CHARS, GUID_CHARS = 16, 8, 8
# Link and title are compared only among entries under one address: few, so that 16 bits are enough.
LINK_CHARS, TITLE_CHARS = 4, 4
_NONE = "-" * GUID_CHARS


class Print(NamedTuple):
    """Of an entry as it was shown. All but the first are empty where an earlier version remembered it."""

    shown: str
    """Title, summary and content as the feed gave them, and whether it names a transcript; what we make of them may
    change with the code."""
    guid: str = ""
    """Empty where it has none that is its own."""
    link: str = ""
    title: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """From a feed's memory."""
        guid = text[SHOWN_CHARS : SHOWN_CHARS + GUID_CHARS]
        link = text[SHOWN_CHARS + GUID_CHARS :][:LINK_CHARS]
        return cls(text[:SHOWN_CHARS], "" if guid == _NONE else guid, link, text[-TITLE_CHARS:] if link else "")

    def __str__(self) -> str:
        return f"{self.shown}{self.guid or _NONE}{self.link}{self.title}"


def print_of(entry: Entry, guid: str | None, link: str) -> Print:
    """The print of an entry; `guid`: what it says of itself, without a version; `link`: the precise form."""
    # Transcripts come days after their episode; their addresses may change at every poll.
    transcript = ("transcript",) if entry.transcript else ()
    return Print(
        shown=_hash("\x00".join((entry.title, entry.summary, entry.content, *transcript)), SHOWN_CHARS),
        guid=_hash(guid, GUID_CHARS) if guid else "",
        link=_hash(link, LINK_CHARS),
        title=_hash(entry.title or entry.summary, TITLE_CHARS),
    )


def _hash(text: str, chars: int) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=chars // 2).hexdigest()
